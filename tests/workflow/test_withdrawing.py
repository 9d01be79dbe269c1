"""The school withdraws: until its provision opens, with a reason, but not between a decision and its letter."""

import pytest

from eoi.extensions import db
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, WrongStage
from eoi.rules.stages import AFTER_APPROVAL, BEFORE_DECISION, SILENT_UNTIL_LETTER, Stage
from eoi.workflow import submitting
from tests.people import RIVERSIDE

ENDED = (Stage.OPEN, Stage.WITHDRAWN, Stage.LAPSED, Stage.NOT_ESTABLISHED, Stage.DRAFT, Stage.PROCESS_REVIEW)


def withdraw(submission, people, reason="Our roll has grown.", by="", seen=None):
    head = by or ("rita" if submission.urn == RIVERSIDE else "alice")
    submitting.withdraw(submission, reason, seen=seen or submission.version, by=people.actor(head))
    db.session.commit()


def case(cases, stage):
    return cases.at(stage, urn=RIVERSIDE) if stage is Stage.DFE else cases.at(stage)


@pytest.mark.parametrize("stage", [s for s in (*BEFORE_DECISION, *AFTER_APPROVAL) if s not in SILENT_UNTIL_LETTER])
def test_withdraw_ends_the_case_with_its_reason(cases, people, stage):
    submission = case(cases, stage)
    withdraw(submission, people)
    assert (submission.stage, submission.withdrawn_reason) == (Stage.WITHDRAWN, "Our roll has grown.")


@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.CONDITIONS, Stage.DECLINED, Stage.DEFERRED])
def test_withdraw_waits_for_the_letter_and_tells_no_outcome(cases, people, stage):
    submission = cases.at(stage)
    submission.letter_issued = False
    db.session.commit()
    with pytest.raises(WrongStage, match="The decision is made and its letter is on the way"):
        withdraw(submission, people)
    assert submission.stage is stage


@pytest.mark.parametrize("stage", ENDED)
def test_withdraw_is_no_move_from_elsewhere(cases, people, stage):
    submission = cases.at(stage)
    with pytest.raises(WrongStage):
        withdraw(submission, people)
    assert submission.stage is stage


@pytest.mark.parametrize("name", ["ed", "sam", "olu", "harriet"])
def test_withdraw_is_the_headteachers(cases, people, name):
    with pytest.raises(NotAllowed):
        withdraw(cases.at(Stage.CHECK), people, by=name)


def test_withdraw_needs_a_reason_and_what_was_seen(cases, people):
    submission = cases.at(Stage.CHECK)
    with pytest.raises(Invalid):
        withdraw(submission, people, "  ")
    with pytest.raises(MovedOn):
        withdraw(submission, people, seen=submission.version + 1)
