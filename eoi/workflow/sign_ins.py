"""Sessions: begun, used, ended. The only code that writes `SignIn`. The caller commits."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from eoi.extensions import db, now
from eoi.models import SignIn, User
from eoi.models.sign_in import How, token_hash
from eoi.rules.devices import device_of
from eoi.rules.permissions import Actor
from eoi.workflow import audit

ADDRESS_KEPT = timedelta(days=90)
ROW_KEPT = timedelta(days=365)


def begin(user: User, *, how: How, user_agent: str, address: str | None) -> str:
    """A session of this person: the token for its cookie, which is not kept."""
    token, moment = secrets.token_urlsafe(32), now()
    row = SignIn(user_id=user.id, token_hash=token_hash(token), how=how, began_at=moment, used_at=moment)
    row.device, row.address = device_of(user_agent), address
    db.session.add(row)
    return token


def note_use(sign_in_id: int) -> None:
    """Say that the session is in use: the one thing beside `Access` that reading may write, and not often."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(used_at=now()))


def end(row: SignIn, *, by: Actor) -> None:
    """End one session of a person, at their own wish or an administrator's."""
    if row.ended_at is None:
        row.ended_at = now()
        audit.record(f"user:{row.user_id}", "ended a session", by=by, detail={"device": row.device})


def sign_out(token: str) -> None:
    """End the session with this token, if there is one."""
    theirs = update(SignIn).where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None))
    db.session.execute(theirs.values(ended_at=now()))


def end_all(user: User, *, but: int | None = None) -> None:
    """End every session of the person, `but` the one with this id. The verb that calls this writes the audit row."""
    theirs = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
    db.session.execute(theirs.values(ended_at=now()))


def tidy() -> None:
    """Erase addresses after 90 days, and the whole row after a year."""
    moment = now()
    old = update(SignIn).where(SignIn.began_at <= moment - ADDRESS_KEPT, SignIn.address.is_not(None))
    db.session.execute(old.values(address=None))
    db.session.execute(delete(SignIn).where(SignIn.began_at <= moment - ROW_KEPT))
