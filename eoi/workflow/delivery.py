"""From approval to opening: conditions are met, or given more time."""

from datetime import date

from eoi.extensions import today
from eoi.models import Condition, Submission
from eoi.rules.errors import Invalid, Refused
from eoi.rules.permissions import Actor, Permission
from eoi.workflow import audit
from eoi.workflow.stages import compare, require, touch


def meet_condition(
    submission: Submission, condition: Condition, met_on: date | None, note: str, *, seen: int, by: Actor
) -> None:
    """Record that a condition is met, and on what evidence. The caller commits."""
    _begin(submission, condition, seen, by)
    errors = {}
    if met_on is None or met_on > today():
        errors["met_on"] = "Enter the date it was met, today or in the past"
    if not note.strip():
        errors["note"] = "Enter the evidence you saw"
    if met_on is None or errors:
        raise Invalid(errors)
    condition.met_on, condition.met_note = met_on, note.strip()
    detail = {"number": condition.number, "met_on": met_on.isoformat(), "note": note}
    audit.record(submission.case, "meet_condition", by=by, detail=detail)


def extend_condition(
    submission: Submission, condition: Condition, due_on: date | None, reason: str, *, seen: int, by: Actor
) -> None:
    """Give a condition more time, with the reason. The caller commits."""
    _begin(submission, condition, seen, by)
    errors = {}
    if due_on is None or due_on <= condition.due_on:
        errors["due_on"] = "Enter a date later than the present one"
    if not reason.strip():
        errors["reason"] = "Enter why more time is given"
    if due_on is None or errors:
        raise Invalid(errors)
    detail = {
        "number": condition.number,
        "from": condition.due_on.isoformat(),
        "to": due_on.isoformat(),
        "reason": reason,
    }
    condition.due_on = due_on
    audit.record(submission.case, "extend_condition", by=by, detail=detail)


def _begin(submission: Submission, condition: Condition, seen: int, by: Actor) -> None:
    require(by, Permission.DELIVER, submission)
    compare(submission, seen)
    if condition.met_on:
        raise Refused("This condition is recorded as met.")
    touch(submission)
