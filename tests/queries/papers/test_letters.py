"""What a letter takes from the record: people, days, the statutory road, the round around it."""

from datetime import date

import pytest

from eoi.models import Decision, NeedLine
from eoi.queries import drafts, papers, review
from eoi.rules.papers import Approval, Contact, Return, Signatory, freeze
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase
from eoi.workflow import letters


def paper(submission):
    return papers.letter(review.letters(submission)[-1])


def test_letter_goes_to_the_headteacher_that_the_school_named(cases):
    submission = cases.at(Stage.APPROVED)
    answers = drafts.answers(submission)
    told = paper(submission)
    assert told.addressee.name == answers["head_name"]
    assert told.addressee.address == ("School Lane", "Maidstone", "ME14 1XQ")
    assert told.copies == (f"{answers['chair_name']}, chair of governors",)


def test_satellite_names_its_partner_and_the_trust(cases):
    submission = cases.at(Stage.APPROVED, path=Path.SATELLITE)
    told = paper(submission)
    assert told.partner == "Meadow View School"
    assert told.academy is False
    assert told.host_is_academy is True
    assert told.copies[0].endswith(", chief executive of the trust")
    assert told.copies[1] == "The headteacher of Meadow View School"


def test_contact_is_the_case_officer_or_else_the_team(app, db, cases, people):
    submission = cases.at(Stage.APPROVED)
    assert paper(submission).contact == Contact("Olu Example", "case officer", "olu@example.org", "03000 000000")
    submission.owner = None
    assert paper(submission).contact.name == app.config["COUNCIL_SEN_TEAM"]
    db.session.rollback()


def test_head_of_sen_signs_unless_a_delegate_decided(db, cases, people):
    submission = cases.at(Stage.APPROVED)
    assert paper(submission).signatory == Signatory("Harriet Lane", "Head of SEN")
    decision = db.session.query(Decision).one()
    decision.delegated, decision.decided_by = True, people.dev
    assert paper(submission).signatory == Signatory("Dev Example", "Director", "Harriet Lane, Head of SEN")
    db.session.rollback()


def test_days_are_working_days_without_bank_holidays(cases, clock):
    submission = cases.at(Stage.DECLINED)
    clock.travel("2026-12-22 10:00")
    told = paper(submission)
    assert (told.on, told.body.feedback_by, told.review.by) == (date(2026, 12, 22), date(2027, 1, 8), date(2027, 1, 8))


def test_approval_lapses_with_its_last_condition(cases):
    submission = cases.at(Stage.CONDITIONS)
    body = paper(submission).body
    assert isinstance(body, Approval)
    assert body.lapses_on == max(condition.due_on for condition in body.conditions)
    assert [step.what for step in body.next_steps][:2] == [
        "First meeting at your school",
        "Feasibility study of the rooms",
    ]


@pytest.mark.parametrize(("places", "illustrative", "shown"), [(30, False, 30), (4, False, None), (30, True, None)])
def test_places_sought_are_told_from_five_on_and_only_published_ones(db, cases, places, illustrative, shown):
    db.session.add(
        NeedLine(
            year=2027, district_code="E07000105", district_name="Ashford", need=Need.ASD, phase=Phase.PRIMARY,
            path=Path.SRP, places=places, source="Our plan", as_at=date(2026, 9, 1), illustrative=illustrative,
        )
    )  # fmt: skip
    context = paper(cases.at(Stage.DECLINED)).body.context
    assert (context.places_sought if context else None) == shown


def test_reason_for_departing_from_the_advice_stays_inside(cases):
    told = paper(cases.at(Stage.DECLINED))
    assert "The panel’s words weigh more." not in str(told)


def test_ineligible_tells_the_policy_of_a_strand_by_exception(cases, db):
    submission = cases.at(Stage.INELIGIBLE)
    assert paper(submission).body.policy_note == ""
    submission.need = Need.SEMH
    assert paper(submission).body.policy_note == "The council does not commission SEMH resourced provision"
    db.session.rollback()


def test_return_names_the_questions_asked(cases):
    submission = cases.at(Stage.RETURNED)
    body = paper(submission).body
    assert isinstance(body, Return)
    (query,) = body.queries
    assert query.asked == "Tell us more about this."
    assert body.reply_by == review.clarifications(submission)[-1].due_on


def test_issued_letter_says_what_was_frozen_with_it(db, cases, people, clock):
    submission = cases.at(Stage.APPROVED)
    letter = review.letters(submission)[-1]
    told = papers.letter(letter)
    letters.issue(letter, facts=freeze(told), key="0" * 64, seen=letter.version, by=people.actor("harriet"))
    db.session.commit()
    clock.advance(days=30)
    submission.owner = None
    assert papers.letter(letter) == told
    db.session.rollback()


def test_demonstration_stands_on_the_paper(app, cases):
    app.config["DEMONSTRATION"] = True
    assert paper(cases.at(Stage.APPROVED)).demonstration
