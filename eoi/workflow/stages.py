"""The only code that writes `Submission.stage`. Every move is checked against the table and leaves its trace."""

from collections.abc import Container, Mapping
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Pause, Record, Submission
from eoi.queries import review, submissions
from eoi.rules import clocks, workdays
from eoi.rules.editing import ASKED
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.stages import BEFORE_DECISION, OUTCOMES, STAGES, Court, Stage
from eoi.rules.transitions import BY_ACTION, Transition, transition
from eoi.rules.words import LONDON
from eoi.workflow import audit, notices, provisions
from eoi.workflow.facts import refresh_search
from eoi.workflow.guards import GUARDS, not_behind_a_letter

#: What may be done with a case on hold: the school may always withdraw, and a wrong move be put right.
GOES_ON_HOLD = frozenset({"withdraw", "reopen"})
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
    step = _step(submission, action, by)
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
            )
        )
    _enter(submission, step, target, due, by, {**(record or {}), **(detail or {})})
    return step


def _step(submission: Submission, action: str, by: Actor) -> Transition:
    """The move of the table, unless the case is on hold. A school that cannot make it learns no more of the stage than
    it may read."""
    if submission.on_hold_since and action not in GOES_ON_HOLD:
        raise Refused("This is on hold, so its clock stands still. Take it up again first.")
    try:
        return transition(submission.stage, action)
    except WrongStage:
        if by.is_staff or by.kind == "system":
            raise
    raise WrongStage(f"This is at “{submission.public_stage}” now, so that step is not possible.")


def put_right(submission: Submission, to: Stage | None, reason: str, *, seen: int, by: Actor) -> Transition:
    """Put a wrong move right: back to a stage that the case has been in, with the reason. Nothing is erased.

    The caller commits. Raises Invalid without a stage or a reason, NotAllowed, MovedOn, WrongStage, Refused.
    """
    require(by, Permission.REOPEN, submission)
    errors = {}
    if to not in ways_back(submission):
        errors["to"] = "Choose the stage to go back to"
    if not reason.strip():
        errors["reason"] = "Enter what was wrong with the move"
    if errors:
        raise Invalid(errors)
    return move(submission, "reopen", by=by, seen=seen, detail={"reason": reason.strip()}, to=to)


def ways_back(submission: Submission) -> list[Stage]:
    """The stages that a wrong move can be put right to: those it has been in, in the order it reached them.

    Not those at which the school is to answer: ask it again. Not before the decision, once its letter is issued.
    """
    step = BY_ACTION["reopen"]
    if submission.stage not in step.sources:
        return []
    barred = {submission.stage, *ASKED, *(BEFORE_DECISION if submission.letter_issued else ())}
    return [stage for stage in review.visited_stages(submission) if stage in step.back_to and stage not in barred]


def _target(submission: Submission, step: Transition, to: Stage | None) -> Stage:
    """Where the move leads: as the table says, or back to where the case came from or was chosen to go."""
    if step.target:
        return step.target
    back = to or submission.stage_before
    if back not in step.back_to:
        raise WrongStage("This cannot go back to that stage.")
    if step.action == "reopen":
        not_behind_a_letter(submission, back)
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
    end_hold(submission, STAGES[target].label, by)
    submission.stage, submission.hold_days = target, 0
    submission.stage_before = source
    submission.stage_since = now()
    submission.due_on = due or clocks.due_on(target, day, closed_days(submission, target))
    audit.record(submission.case, step.action, by=by, detail=detail, from_stage=source, to_stage=target)
    refresh_search(submission)
    if step.action == "shortlist":
        _ask_for_detail(submission)
    if step.action == "open":
        provisions.opened(submission, detail, by=by)


def _ask_for_detail(submission: Submission) -> None:
    """Tell the school that it is shortlisted, and by when its detail is due."""
    key = f"detail {submission.id} {submission.stage_since.isoformat()}"
    notices.tell_school("detail_asked", submission, key, due_on=submission.due_on)


def end_hold(submission: Submission, why: str, by: Actor) -> int:
    """End the hold that goes on, if one does; how many working days it took, which do not count."""
    if submission.on_hold_since is None:
        return 0
    days = workdays.between(submission.on_hold_since, today(), bank_holidays())
    submission.on_hold_since = None
    submission.paused_days += days
    going_on = update(Pause).where(Pause.submission_id == submission.id, Pause.ended_at.is_(None))
    db.session.execute(going_on.values(ended_at=now(), ended_by_id=by.id, ended_why=why))
    return days


def closed_days(submission: Submission, stage: Stage) -> Container[date]:
    """The days that do not count: bank holidays, and the school's closure weeks while the school has the ball."""
    if STAGES[stage].court is Court.SCHOOL:
        return workdays.Closed(bank_holidays(), submission.round.closed_spans)
    return bank_holidays()
