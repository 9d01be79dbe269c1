"""Conditions of an approval: evidence, met or not, chased; and the letters that follow."""

import pytest
from sqlalchemy import select

from eoi.models import Outgoing
from eoi.queries import condition_board, papers, review
from eoi.rules.errors import Invalid, NotAllowed, Refused, WrongStage
from eoi.rules.papers import LetterKind
from eoi.rules.stages import Stage
from eoi.workflow import delivery, following

FILE = {"name": "Minute.pdf", "kind": "application/pdf", "size": 9, "key": "a" * 64}


@pytest.fixture
def submission(cases):
    return cases.at(Stage.PRE_STATUTORY)


@pytest.fixture
def conditions(submission):
    return review.conditions(submission)


def test_school_sends_evidence_and_officers_see_it(db, submission, conditions, people):
    with pytest.raises(NotAllowed):
        delivery.add_evidence(submission, conditions[0], **FILE, by=people.actor("sam"))
    row = delivery.add_evidence(submission, conditions[0], **FILE, by=people.actor("alice"))
    assert condition_board.evidence(conditions)[conditions[0].id] == [row]
    assert condition_board.piece(submission, row.public_id) == row


def test_no_evidence_before_the_letter_is_told(cases, people):
    submission = cases.at(Stage.CONDITIONS)
    with pytest.raises(WrongStage):
        delivery.add_evidence(submission, review.conditions(submission)[0], **FILE, by=people.actor("alice"))


def test_not_met_needs_a_reason_and_tells_the_school(db, submission, conditions, people):
    one, aisha = conditions[0], people.actor("aisha")
    with pytest.raises(Invalid):
        delivery.find_not_met(submission, one, " ", seen=submission.version, by=aisha)
    delivery.find_not_met(submission, one, "It is not signed.", seen=submission.version, by=aisha)
    assert one.not_met_note == "It is not signed."
    assert any("not met" in key for key in db.session.scalars(select(Outgoing.key)))


def test_last_condition_met_drafts_the_letter_that_says_so(submission, conditions, people, clock):
    for one in conditions:
        assert review.letters(submission)[-1].kind == LetterKind.CONDITIONS
        delivery.meet_condition(
            submission, one, clock().date(), "Seen.", seen=submission.version, by=people.actor("aisha")
        )
    letter = review.letters(submission)[-1]
    assert letter.kind == LetterKind.DISCHARGED
    assert len(papers.letter(letter).body.conditions) == len(conditions)
    with pytest.raises(Refused):
        delivery.find_not_met(submission, conditions[0], "Late.", seen=submission.version, by=people.actor("aisha"))


def test_lapse_drafts_its_letter(submission, people):
    record = {"notice_on": "2027-01-01", "reason": "The plan was not agreed."}
    following.move(submission, "lapse", by=people.actor("aisha"), seen=submission.version, record=record)
    letter = review.letters(submission)[-1]
    assert letter.kind == LetterKind.LAPSED
    assert papers.letter(letter).body.reason == "The plan was not agreed."


def test_condition_is_chased_before_its_day_and_once_after(db, submission, conditions, people, clock):
    one = min(conditions, key=lambda c: c.due_on)
    clock.travel(f"{one.due_on.isoformat()} 09:00")
    clock.advance(days=1)
    for _ in range(2):
        delivery.chase_conditions()
    keys = [key for key in db.session.scalars(select(Outgoing.key)) if key.startswith(f"mail condition {one.id} ")]
    assert keys == [f"mail condition {one.id} {one.due_on.isoformat()} over"]
    assert next(row[0].id for row in condition_board.open_conditions(people.actor("aisha"))) == one.id
