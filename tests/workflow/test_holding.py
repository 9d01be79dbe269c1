"""A case on hold: its clock stands still and goes on where it stood. Flags with their reasons."""

from datetime import date

import pytest

from eoi.extensions import bank_holidays
from eoi.extensions import db as database
from eoi.models import Pause
from eoi.outbound import files
from eoi.queries import talking
from eoi.rules import workdays
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.stages import Stage
from eoi.web.review.opening import clock_of
from eoi.workflow import holding, stages, submitting
from eoi.workflow.verifying import Verification


def hold(submission, people, reason="The building is surveyed.", by="olu", seen=None):
    seen = submission.version if seen is None else seen
    made = holding.hold(submission, reason, seen=seen, by=people.actor(by))
    database.session.commit()
    return made


def clock_now(submission):
    return clock_of(submission, submission.round.closures)


def test_clock_stands_still_on_hold_and_goes_on_after_it(app, db, cases, people, clock):
    submission = cases.at(Stage.ASSESSMENT)
    clock.travel("2027-01-11 10:00")
    before, due, paused = clock_now(submission), submission.due_on, submission.paused_days
    hold(submission, people)
    clock.travel("2027-01-18 10:00")
    assert (clock_now(submission).days, submission.due_on) == (before.days, due)
    days = holding.resume(submission, "It is done.", seen=submission.version, by=people.actor("harriet"))
    db.session.commit()
    after = clock_now(submission)
    assert (days, after.days, after.target) == (5, before.days, before.target)
    assert workdays.between(due, submission.due_on, bank_holidays()) == 5
    assert submission.paused_days == paused + 5
    assert list(Verification(files.open_store(app.config["FILES_URL"])).faults()) == []


def test_nothing_moves_on_hold_but_a_withdrawal(db, cases, people):
    submission = cases.at(Stage.CHECK)
    hold(submission, people)
    with pytest.raises(Refused, match="on hold"):
        stages.move(submission, "propose_decline", by=people.actor("olu"), record={})
    submitting.withdraw(submission, "We cannot wait.", seen=submission.version, by=people.actor("alice"))
    db.session.commit()
    assert (submission.stage, submission.on_hold_since) == (Stage.WITHDRAWN, None)
    assert [pause.ended_at is None for pause in talking.pauses(submission)] == [False]


@pytest.mark.parametrize("name", ["alice", "sam", "priya", "audrey", "aisha"])
def test_hold_is_for_officers_and_the_head(cases, people, name):
    with pytest.raises(NotAllowed):
        hold(cases.at(Stage.CHECK), people, by=name)


def test_hold_needs_a_reason_the_ball_and_the_latest_page(db, cases, people):
    submission = cases.at(Stage.CHECK)
    with pytest.raises(Invalid):
        hold(submission, people, " ")
    seen = submission.version
    hold(submission, people)
    with pytest.raises(MovedOn):
        hold(submission, people, by="oscar", seen=seen)
    with pytest.raises(Refused):
        hold(submission, people)
    with pytest.raises(WrongStage):
        hold(cases.at(Stage.DETAIL, urn=900004), people)
    assert db.session.query(Pause).count() == 1


def test_flag_stands_until_somebody_takes_it_down(db, cases, people):
    submission = cases.at(Stage.CHECK)
    raised = holding.flag(submission, "PFI building", by=people.actor("aisha"))
    with pytest.raises(Refused):
        holding.flag(submission, "PFI building", by=people.actor("olu"))
    holding.clear(submission, raised, "The lender agrees.", by=people.actor("olu"))
    db.session.commit()
    assert talking.flags(submission) == []
    for name in ("alice", "priya", "audrey"):
        with pytest.raises(NotAllowed):
            holding.flag(submission, "x", by=people.actor(name))
    assert raised.cleared_at.date() >= date(2026, 11, 1)
