"""What the council puts on a case, with its reason: a hold that stops its own clock, and flags. The caller commits."""

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Flag, Pause, Submission
from eoi.queries import talking
from eoi.rules import workdays
from eoi.rules.errors import Invalid, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.talking import may_be_held
from eoi.workflow import audit
from eoi.workflow.stages import compare, end_hold, require, touch


def hold(submission: Submission, reason: str, *, seen: int, by: Actor) -> Pause:
    """Put the case on hold: its clock stands still, and no move of the review is made until it is taken up again.

    Raises NotAllowed, MovedOn, WrongStage where the council has nothing to do, Refused on hold, Invalid.
    """
    require(by, Permission.HOLD, submission)
    compare(submission, seen)
    if submission.on_hold_since:
        raise Refused("This is on hold already.")
    if not may_be_held(submission.stage):
        raise WrongStage("Only work of the council can be put on hold, and none is due now.")
    if not reason.strip():
        raise Invalid({"reason": "Enter why it is put on hold"})
    submission.on_hold_since = today()
    touch(submission)
    pause = Pause(submission_id=submission.id, reason=reason.strip(), began_at=now(), began_by_id=by.id)
    db.session.add(pause)
    audit.record(submission.case, "hold", by=by, detail={"reason": reason.strip()})
    return pause


def resume(submission: Submission, why: str, *, seen: int, by: Actor) -> int:
    """Take the case up again. Its due day moves on by the working days on hold, which are returned.

    Raises as `hold` does.
    """
    require(by, Permission.HOLD, submission)
    compare(submission, seen)
    if submission.on_hold_since is None:
        raise Refused("This is not on hold.")
    if not why.strip():
        raise Invalid({"reason": "Enter why it goes on"})
    touch(submission)
    days = end_hold(submission, why.strip(), by)
    submission.hold_days += days
    if submission.due_on:
        submission.due_on = workdays.add(submission.due_on, days, bank_holidays())
    audit.record(submission.case, "resume", by=by, detail={"reason": why.strip(), "days": days})
    return days


def flag(submission: Submission, reason: str, *, by: Actor) -> Flag:
    """Flag the case. Raises NotAllowed, Invalid without a reason, Refused where the same flag is up."""
    require(by, Permission.FLAG, submission)
    if not reason.strip():
        raise Invalid({"reason": "Enter what nobody should overlook"})
    if any(one.reason == reason.strip() for one in talking.flags(submission)):
        raise Refused("This flag is up already.")
    made = Flag(submission_id=submission.id, reason=reason.strip(), raised_at=now(), raised_by_id=by.id)
    db.session.add(made)
    audit.record(submission.case, "flag", by=by, detail={"reason": reason.strip()})
    return made


def clear(submission: Submission, flag: Flag, why: str, *, by: Actor) -> None:
    """Take a flag down. Raises NotAllowed, Invalid without a reason, Refused where somebody did so before."""
    require(by, Permission.FLAG, submission)
    if not why.strip():
        raise Invalid({"reason": "Enter why the flag comes down"})
    if flag.cleared_at:
        raise Refused("Somebody has taken this flag down already.")
    flag.cleared_at, flag.cleared_by_id, flag.cleared_why = now(), by.id, why.strip()
    audit.record(submission.case, "clear_flag", by=by, detail={"reason": why.strip()})
