"""Who decides in place of the Head of SEN: recorded, and ended. The only code that writes `Delegation`.

The caller commits.
"""

from datetime import date

from sqlalchemy import select

from eoi.extensions import db, now, today
from eoi.models import Delegation, User
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.permissions import Actor, Permission, may
from eoi.workflow import audit


def delegate(
    to: User, *, starts_on: date, ends_on: date | None, submission_id: int | None, reason: str, by: Actor
) -> Delegation:
    """Record that `to` decides and issues letters in place of the Head of SEN: for one case, or for all between dates.

    Raises NotAllowed, or Invalid with a message a field.
    """
    _require_right(by)
    if errors := _wrong(to, starts_on, ends_on, submission_id, reason, by):
        raise Invalid(errors)
    delegation = Delegation(
        user=to,
        starts_on=starts_on,
        ends_on=ends_on,
        submission_id=submission_id,
        reason=reason.strip(),
        made_by=by.id,
        made_at=now(),
    )
    db.session.add(delegation)
    db.session.flush()
    audit.record(
        f"user:{to.id}",
        "given the delegation",
        by=by,
        detail={
            "delegation": delegation.id,
            "from": starts_on.isoformat(),
            "to": ends_on.isoformat() if ends_on else None,
            "submission": submission_id,
            "reason": delegation.reason,
        },
    )
    return delegation


def _wrong(
    to: User, starts_on: date, ends_on: date | None, submission_id: int | None, reason: str, by: Actor
) -> dict[str, str]:
    errors = {}
    if not to.active or not to.roles or to.id == by.id:
        errors["to"] = "Choose a colleague of the council, other than yourself"
    if submission_id is None and ends_on is None:
        errors["ends_on"] = "Enter the last day, or name one case"
    if ends_on is not None and ends_on < max(starts_on, today()):
        errors["ends_on"] = "The last day must be today or later, and not before the first day"
    if not reason.strip():
        errors["reason"] = "Enter the reason"
    same = select(Delegation.id).where(
        Delegation.user_id == to.id, Delegation.starts_on == starts_on, Delegation.ends_on == ends_on,
        Delegation.submission_id == submission_id, Delegation.revoked_at.is_(None),
    )  # fmt: skip
    if not errors and db.session.scalar(same):
        errors["to"] = f"{to.name} has this delegation already"
    return errors


def revoke(delegation: Delegation, *, by: Actor) -> None:
    """End a delegation now. What was decided under it stands."""
    _require_right(by)
    if delegation.revoked_at:
        raise Refused("This delegation has already ended.")
    delegation.revoked_at = now()
    audit.record(f"user:{delegation.user_id}", "lost the delegation", by=by, detail={"delegation": delegation.id})


def _require_right(by: Actor) -> None:
    """The Head of SEN or the director, by their own role: a delegate does not delegate."""
    if not may(by, Permission.DELEGATE):
        raise NotAllowed
