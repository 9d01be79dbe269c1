"""Every move of the table, walked by the right role on its page, and refused to everybody else."""

from random import Random

import pytest

from eoi.cli.seed.records import believable
from eoi.extensions import today
from eoi.models import AuditEntry, Record
from eoi.queries import review
from eoi.rules.permissions import GRANTS, Role
from eoi.rules.records import RECORDS
from eoi.rules.stages import STAGES, Stage
from eoi.rules.statutory import Route
from eoi.rules.transitions import TRANSITIONS
from eoi.workflow import delivery
from tests.people import RIVERSIDE, STAFF
from tests.web.review.browsing import at, record_form, refused, send

BY = {step.action: step for step in TRANSITIONS}
PAGED = [step for step in TRANSITIONS if not step.own_page]
WHO = {role: name for name, roles in reversed(STAFF.items()) for role in roles}


def person_for(step):
    """The first of the examples whose role makes this move."""
    return next(WHO[role] for role in Role if role in GRANTS[step.needs] and role in WHO)


def start(cases, step):
    """A case at a stage where the move starts, with what its guard asks for."""
    source = step.sources[0]
    if step.action == "apply_to_dfe" or source is Stage.DFE:
        return ready(cases, cases.road(urn=RIVERSIDE), source, step)  # an academy's road leads to the DfE
    return ready(cases, cases.road(), source, step)


def ready(cases, road, source, step):
    submission = road.to(source)
    if step.action in ("visit", "skip_visit"):
        road.score()
    if step.action in ("consult", "apply_to_dfe"):
        meet_conditions(cases, submission)
    if step.action in ("start_delivery", "ask_review", "lapse") and not submission.letter_issued:
        road.cast.issue(submission)
    if step.action in ("shortlist", "start_check"):
        cases.clock.travel("2027-01-06 10:00")
    submission.round.detail_with_eoi = step.action == "assess"
    submission.round.one_assessor = step.action == "skip_panel"
    return submission


def meet_conditions(cases, submission):
    for condition in review.conditions(submission):
        seen, by = submission.version, cases.people.actor("aisha")
        delivery.meet_condition(submission, condition, today(), "Seen and agreed.", seen=seen, by=by)


def fill(step, submission):
    """The move's record as somebody might write it."""
    if not step.record:
        return {}
    return record_form(
        step.record, {**believable(step.record, Random(1)), "moderation": "Settled by talking it through."}
    )


@pytest.mark.parametrize("step", PAGED, ids=lambda step: step.action)
def test_move_is_made_on_its_page_by_the_right_role(cases, db, as_, step):
    submission = start(cases, step)
    db.session.commit()
    path, browser = at(submission, f"/move/{step.action}"), as_(person_for(step))
    assert STAGES[submission.stage].label in browser.get(path).text
    form = {"version": submission.version, **fill(step, submission)}
    assert send(browser, path, form).location == at(submission)
    expected = step.target or submission.stage
    db.session.expire_all()
    assert submission.stage in step.targets
    assert submission.stage is expected or step.target is None
    last = db.session.query(AuditEntry).filter_by(case=submission.case, action=step.action).one()
    assert last.to_stage == submission.stage
    assert bool(db.session.query(Record).filter_by(action=step.action).count()) is bool(step.record)


@pytest.mark.parametrize("step", PAGED, ids=lambda step: step.action)
def test_move_is_refused_to_everybody_else(cases, db, as_, step):
    submission = start(cases, step)
    form = {"version": submission.version, **fill(step, submission)}
    stage = submission.stage
    db.session.commit()
    path = at(submission, f"/move/{step.action}")
    for name, roles in STAFF.items():
        if not any(role in GRANTS[step.needs] for role in roles):
            assigned = name in ("priya", "pete", "pam") and review.assignments(submission)
            reads = assigned or not set(roles) & {Role.SCORER, Role.ESTATES, Role.FINANCE}
            expected = 403 if reads or name == "ada" else 404
            assert send(as_(name), path, form, status=expected)
    assert send(as_("sam"), path, form, status=403)
    db.session.expire_all()
    assert submission.stage is stage


@pytest.mark.parametrize("step", [s for s in PAGED if s.record], ids=lambda step: step.action)
def test_move_without_its_record_says_what_is_missing(cases, db, as_, step):
    submission = start(cases, step)
    db.session.commit()
    stage = submission.stage
    page = refused(as_(person_for(step)), at(submission, f"/move/{step.action}"), {"version": submission.version})
    first = next(q for q in RECORDS[step.record].questions if q.required)
    assert first.missing in page
    db.session.expire_all()
    assert submission.stage is stage


def test_move_that_starts_elsewhere_is_409_and_an_unknown_one_404(cases, as_):
    submission = cases.at(Stage.CHECK)
    as_("cleo").get(at(submission, "/move/recommend"), status=409)
    as_("olu").get(at(submission, "/move/fly"), status=404)
    as_("olu").get(at(submission, "/move/return"), status=404)
    as_("olu").get("/review/submissions/EOI-2026-9999/move/assess", status=404)


def test_second_of_two_officers_gets_409_with_what_they_typed(cases, db, as_):
    submission = cases.at(Stage.CHECK)
    seen = submission.version
    form = {"version": seen, "reason": "The district has enough places.", "would_help": ""}
    send(as_("olu"), at(submission, "/move/propose_decline"), form)
    late = {"version": seen, "reason": "Pupil data in an answer."}
    late_page = send(as_("oscar"), at(submission, "/move/propose_ineligible"), late, status=409)
    assert late_page.status_code == 409
    db.session.expire_all()
    assert submission.stage is Stage.DECLINE_PROPOSED


def test_stale_version_at_the_same_stage_gives_both_texts(cases, db, as_):
    submission = cases.at(Stage.CHECK)
    stale = submission.version - 1
    form = {"version": stale, "reason": "The district has enough places."}
    page = as_("oscar").post(at(submission, "/move/propose_decline"), form, status=409).text
    assert "Somebody else changed this first" in page
    assert "The district has enough places." in page
    db.session.expire_all()
    assert submission.stage is Stage.CHECK


@pytest.mark.parametrize("version", ["", "-1", "abc", "99999999999999", "1e3", "٣"])
def test_forged_version_changes_nothing(cases, db, as_, version):
    submission = cases.at(Stage.CHECK)
    form = {"version": version, "reason": "The district has enough places."}
    as_("olu").post(at(submission, "/move/propose_decline"), form, status=409)
    db.session.expire_all()
    assert submission.stage is Stage.CHECK


def test_failed_gate_is_told_at_its_question(cases, as_):
    submission = cases.at(Stage.CHECK)
    form = {"version": submission.version, **fill(BY["shortlist"], submission), "no_pupil_data": "no"}
    page = refused(as_("olu"), at(submission, "/move/shortlist"), form)
    assert 'href="#no_pupil_data"' in page
    assert "You answered no: return it, or propose it as ineligible" in page


def test_refusal_without_a_field_stands_in_the_summary(cases, as_):
    submission = cases.at(Stage.ASSESSMENT)
    form = {"version": submission.version, "summary": "Sound throughout."}
    page = refused(as_("olu"), at(submission, "/move/visit"), form)
    assert "0 of 3 scorers have locked their scores" in page
    assert "Sound throughout." in page


def test_rows_are_added_without_script_and_nothing_is_lost(cases, db, as_):
    submission = cases.at(Stage.PANEL)
    form = {"version": submission.version, "members-0-name": "Cleo Marsh", "minute": "Kept", "add-row": "members"}
    page = as_("cleo").post(at(submission, "/move/recommend"), form, status=200).text
    assert "members-1-name" in page
    assert "Cleo Marsh" in page
    assert "Kept" in page
    assert "There is a problem" not in page


def test_repeated_fields_and_odd_text_are_told_kindly(cases, db, as_):
    submission = cases.at(Stage.CHECK)
    form = {"version": [submission.version, "7"], "reason": ["\u202e\x00\x07", "b"], "would_help": "x " * 400}
    page = refused(as_("olu"), at(submission, "/move/propose_decline"), form)
    assert "must be 150 words or fewer" in page
    huge = {"version": submission.version, "reason": "words " * 1_800_000}
    assert as_("olu").client.post(at(submission, "/move/propose_decline"), data=huge).status_code == 413
    db.session.expire_all()
    assert submission.stage is Stage.CHECK


def test_offers_follow_the_guards(cases, db, as_):
    submission = cases.at(Stage.CHECK)
    page = as_("olu").get(at(submission)).text
    assert "Shortlist and ask for the detail" in page
    assert "Send to assessment" not in page
    assert "Put a wrong move right" not in page
    assert "No step here is yours now" in as_("audrey").get(at(submission)).text
    assert submission.changing_route is Route.PROPOSAL
