"""From approval to opening: conditions are met, not met, given more time or chased; the school sends evidence."""

from datetime import date

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Condition, Evidence, Submission
from eoi.queries import condition_board as board
from eoi.rules import workdays
from eoi.rules.errors import Invalid, Refused, WrongStage
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Actor, Permission
from eoi.rules.stages import Stage
from eoi.workflow import audit, letters, notices
from eoi.workflow.stages import compare, require, touch

CHASE = (10, 2)  # working days before a condition is due


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
    condition.not_met_on, condition.not_met_note = None, ""
    detail = {"number": condition.number, "met_on": met_on.isoformat(), "note": note}
    audit.record(submission.case, "meet_condition", by=by, detail=detail)
    if all(one.met_on for one in condition.decision.conditions):
        letters.draft_after(submission, LetterKind.DISCHARGED, condition.decision_id, by=by)


def find_not_met(submission: Submission, condition: Condition, reason: str, *, seen: int, by: Actor) -> None:
    """Record that what the school sent does not meet a condition, and why; the school is told. The caller commits."""
    _begin(submission, condition, seen, by)
    if not reason.strip():
        raise Invalid({"reason": "Enter why it is not met"})
    if condition.not_met_note == reason.strip():
        raise Refused("This is recorded already, in these words.")
    condition.not_met_on, condition.not_met_note = today(), reason.strip()
    detail = {"number": condition.number, "reason": reason.strip()}
    seq = audit.record(submission.case, "condition_not_met", by=by, detail=detail)
    notices.tell_school("condition_not_met", submission, f"condition {condition.id} not met {seq}",
                        path=_page(submission), number=condition.number, text=reason.strip(),
                        due_on=condition.due_on)  # fmt: skip


def add_evidence(
    submission: Submission, condition: Condition, *, name: str, kind: str, size: int, key: str, by: Actor
) -> Evidence:
    """Keep a file, checked and stored under `key`, as evidence for a condition. The caller commits."""
    require(by, Permission.ANSWER, submission)
    if condition.met_on:
        raise Refused("This condition is recorded as met.")
    if submission.stage not in (Stage.CONDITIONS, Stage.PRE_STATUTORY) or not submission.letter_issued:
        raise WrongStage("Evidence for conditions is not asked at this stage.")
    touch(submission)
    row = Evidence(condition_id=condition.id, name=name, kind=kind, size=size, key=key, added_at=now(),
                   added_by_id=by.id)  # fmt: skip
    db.session.add(row)
    db.session.flush()
    detail = {"number": condition.number, "name": name, "evidence_sha256": key}
    audit.record(submission.case, "add_evidence", by=by, detail=detail)
    return row


def chase_conditions() -> None:
    """Remind schools 10 and 2 working days before a condition is due, and once when it is overdue. Once for each day
    that it is due, so that more time brings new ones. The caller commits."""
    for condition, submission in board.open_conditions():
        days = workdays.between(today(), condition.due_on, bank_holidays())
        overdue = condition.due_on < today()
        if overdue or days in CHASE:
            key = f"condition {condition.id} {condition.due_on.isoformat()} {'over' if overdue else days}"
            notices.tell_school("condition_due", submission, key, path=_page(submission), number=condition.number,
                                due_on=condition.due_on, overdue=overdue)  # fmt: skip


def _page(submission: Submission) -> str:
    return f"/apply/{submission.public_id}/conditions"


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
