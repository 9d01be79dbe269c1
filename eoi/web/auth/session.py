"""The session of a signed-in person: it ends when unused for an hour, and when the account says so.

The cookie outlives the hour, so that text which arrives too late is given back to the person who typed it, and to
nobody else.
"""

from datetime import timedelta

from flask import current_app, session
from flask_login import current_user, login_user

from eoi.extensions import now
from eoi.models import User
from eoi.queries import users

NOTED_EVERY = 60  # seconds; a cookie on every answer is not needed to know the hour


def load(name: str) -> User | None:
    """The person of a session cookie, if the session is still theirs to use (Flask-Login's user loader)."""
    user_id, _, epoch = name.partition(":")
    if not (user_id.isdigit() and epoch.isdigit()) or _is_over():
        return None
    return users.signed_in(int(user_id), int(epoch))


def start(user: User) -> None:
    """Sign the person in, in a session with nothing of an earlier one in it."""
    session.clear()
    login_user(user)
    session["used_at"] = _seconds()


def note_use() -> None:
    """Before each request: put the end of the session off."""
    if current_user.is_authenticated and _seconds() - session.get("used_at", 0) >= NOTED_EVERY:
        session["used_at"] = _seconds()


def owner_id() -> int | None:
    """Whose session this is or was before it ended, from the signed cookie."""
    user_id = str(session.get("_user_id", "")).partition(":")[0]
    return int(user_id) if user_id.isdigit() else None


def _is_over() -> bool:
    idle: timedelta = current_app.config["SESSION_IDLE"]
    return _seconds() - session.get("used_at", 0) >= idle.total_seconds()


def _seconds() -> int:
    return int(now().timestamp())
