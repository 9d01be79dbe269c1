"""The session of a signed-in person: its row can be ended from elsewhere, and its time runs out by itself.

It ends when unused for an hour, and after twelve hours in any case. The cookie outlives both, so that text which
arrives too late is given back to the person who typed it, and to nobody else.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db, now
from eoi.models import User
from eoi.models.sign_in import How
from eoi.queries import users
from eoi.workflow import accounts, second_factor, sign_ins

NOTED_EVERY = 60  # seconds; a cookie on every answer is not needed to know the hour
WRITTEN_EVERY = timedelta(minutes=10)
CONFIRMED_FOR = timedelta(minutes=10)
#: Where somebody may go who has yet to set up a second factor.
ON_THE_WAY = {"auth.set_up", "auth.stay", "auth.confirm_it_is_you", "auth.kept", "auth.discard", "static"}


def load(name: str) -> User | None:
    """The person of a session cookie, if the session is still theirs to use (Flask-Login's user loader)."""
    token = session.get("sign_in", "")
    found = users.signed_in(int(name), token) if name.isdigit() and token and seconds_left() > 0 else None
    if found is None:
        return None
    user, row = found
    g.sign_in_id, g.sign_in_used_at = row.id, row.used_at
    return user


def start(user: User, how: How) -> None:
    """Sign the person in, in a session with nothing of an earlier one in it. The caller commits."""
    end()
    address = request.remote_addr
    token = accounts.signed_in(user, how=how, user_agent=request.user_agent.string, address=address)
    login_user(user)
    moment = _seconds()
    session.update(sign_in=token, how=how, began_at=moment, used_at=moment, confirmed_at=moment)


def end() -> None:
    """End the session of this browser, its row too. The caller commits."""
    if token := session.get("sign_in"):
        sign_ins.sign_out(token)
    logout_user()
    session.clear()


def seconds_left(*, used: bool = False) -> int:
    """How long the session goes on if nothing more is asked of it; as if it were `used` now, at the most."""
    moment = _seconds()
    idle, longest = (int(current_app.config[name].total_seconds()) for name in ("SESSION_IDLE", "SESSION_LONGEST"))
    used_at = moment if used else session.get("used_at", 0)
    return min(used_at + idle, session.get("began_at", 0) + longest) - moment


def oldest_alive() -> datetime:
    """A session that began before this has run out."""
    longest: timedelta = current_app.config["SESSION_LONGEST"]
    return now() - longest


def is_confirmed() -> bool:
    """Whether the person has shown within ten minutes that it is still them."""
    return _seconds() - session.get("confirmed_at", 0) < CONFIRMED_FOR.total_seconds()


def confirm() -> None:
    """The person has just shown that it is them."""
    session["confirmed_at"] = _seconds()


def owner_id() -> int | None:
    """Whose session this is or was before it ended, from the signed cookie."""
    user_id = str(session.get("_user_id", ""))
    return int(user_id) if user_id.isdigit() else None


def note_use() -> None:
    """Before each request: put the end of the session off."""
    known = request.endpoint != "static" and current_user.is_authenticated
    if known and _seconds() - session.get("used_at", 0) >= NOTED_EVERY:
        session["used_at"] = _seconds()


def lead_to_second_factor() -> AnyResponse | None:
    """Before each request: who has to have a second factor sets it up first. The council's own sign-in has its own."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "public", False) or request.endpoint in ON_THE_WAY or not current_user.is_authenticated:
        return None
    if current_user.second_factor or session.get("how") == How.COUNCIL or not second_factor.is_needed(current_user):
        return None
    return redirect(url_for("auth.set_up", next=request.full_path.rstrip("?") if request.method == "GET" else None))


def note_last_use(response: Response) -> Response:
    """After a request: the row says, to ten minutes, when the session was last used. Refused requests say nothing."""
    used_at = g.get("sign_in_used_at")
    if used_at and now() - used_at >= WRITTEN_EVERY and response.status_code < 400:
        db.session.rollback()
        sign_ins.note_use(g.sign_in_id)
        db.session.commit()
    return response


def about() -> dict[str, Any]:
    """For templates: when to warn, and whether staying is possible."""
    if not current_user.is_authenticated:
        return {}
    return {"session_seconds": seconds_left(used=True), "session_most": seconds_at_most()}


def seconds_at_most() -> int:
    """How long the session can go on however it is used."""
    longest: timedelta = current_app.config["SESSION_LONGEST"]
    return int(session.get("began_at", 0) + longest.total_seconds()) - _seconds()


def _seconds() -> int:
    return int(now().timestamp())
