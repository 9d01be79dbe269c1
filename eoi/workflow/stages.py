"""The only code that writes `Submission.stage`. Every move is checked against the table and leaves its trace."""

from collections.abc import Container, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Record, Submission
from eoi.queries import submissions
from eoi.rules import clocks, workdays
from eoi.rules.errors import MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.stages import OUTCOMES, STAGES, Court, Stage
from eoi.rules.transitions import Transition, transition
from eoi.rules.words import LONDON
from eoi.workflow import audit
from eoi.workflow.guards import GUARDS

MOVED = "Somebody else changed this while you had it open. Look at what it says now, then try again."


def require(by: Actor, permission: Permission, submission: Submission) -> None:
    """Raise NotAllowed unless the actor may do this on this case."""
    if not may(by, permission, submissions.case_facts(submission)):
        raise NotAllowed


def compare(submission: Submission, seen: int | None) -> None:
    """Raise MovedOn where the page was drawn from an older version. None: the caller has compared something finer."""
    if seen is not None and seen != submission.version:
        raise MovedOn(MOVED)


def touch(submission: Submission) -> None:
    """Bump the version first, so that two who decide from the same child rows meet. Raises MovedOn."""
    submission.changed_at = now()
    try:
        db.session.flush()
    except StaleDataError:
        raise MovedOn(MOVED) from None


def move(
    submission: Submission,
    action: str,
    *,
    by: Actor,
    seen: int | None = None,
    record: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
    due: date | None = None,
    to: Stage | None = None,
) -> Transition:
    """Make one move of the table. The caller commits.

    `record` holds the valid answers of the move's record, `detail` what else the audit keeps, `due` a day that
    replaces the stage's target, `to` the stage to go back to. Raises WrongStage, NotAllowed, MovedOn, or what the
    move's guard refuses.
    """
    step = transition(submission.stage, action)
    require(by, step.needs, submission)
    compare(submission, seen)
    if step.record and record is None:
        raise Refused("Fill in the record first.")
    target = _target(submission, step, to)
    touch(submission)
    if guard := GUARDS.get(action):
        guard(submission, record or {})
    if step.record:
        db.session.add(
            Record(
                submission_id=submission.id,
                kind=step.record,
                action=action,
                answers=dict(record or {}),
                made_at=now(),
                made_by_id=by.id,
                made_by_role=by.role_label,
            )  # fmt: skip
        )
    _enter(submission, step, target, due, by, {**(record or {}), **(detail or {})})
    return step


def _target(submission: Submission, step: Transition, to: Stage | None) -> Stage:
    """Where the move leads: as the table says, or back to where the case came from or was chosen to go."""
    if step.target:
        return step.target
    back = to or submission.stage_before
    if back not in step.back_to:
        raise WrongStage("This cannot go back to that stage.")
    return back


def _enter(
    submission: Submission, step: Transition, target: Stage, due: date | None, by: Actor, detail: dict[str, Any]
) -> None:
    source, day = submission.stage, today()
    if STAGES[source].court is Court.SCHOOL and source is not Stage.DRAFT:
        since = submission.stage_since.astimezone(LONDON).date()
        submission.paused_days += workdays.between(since, day, bank_holidays())
    if target in OUTCOMES | {Stage.INELIGIBLE} and step.action != "review_stands":
        submission.letter_issued = False
    submission.stage = target
    submission.stage_before = source
    submission.stage_since = now()
    submission.due_on = due or clocks.due_on(target, day, closed_days(submission, target))
    audit.record(submission.case, step.action, by=by, detail=detail, from_stage=source, to_stage=target)


def closed_days(submission: Submission, stage: Stage) -> Container[date]:
    """The days that do not count: bank holidays, and the school's closure weeks while the school has the ball."""
    if STAGES[stage].court is Court.SCHOOL:
        return workdays.Closed(bank_holidays(), submission.round.closed_spans)
    return bank_holidays()
