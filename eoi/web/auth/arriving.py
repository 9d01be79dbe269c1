"""Where somebody goes who has proven who they are: to the second step, to what was kept, to `next`, or home."""

from typing import Any
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now, today
from eoi.models import User
from eoi.models.sign_in import How
from eoi.queries import users
from eoi.rules.permissions import Permission, may
from eoi.web.auth import session as sessions
from eoi.web.auth.kept import given_back

SECOND_STEP_WITHIN = 10 * 60  # seconds

#: Where people begin, by the first permission that they hold.
HOMES = ((Permission.READ_OWN, "/apply"), (Permission.REVIEW, "/review"), (Permission.MANAGE_USERS, "/admin/people"))


def welcome(user: User, how: How = How.PASSWORD) -> Response:
    """The password was right, or the link was theirs: on to the code of the app where there is one, else in."""
    wanted = request.args.get("next", "")
    if user.second_factor is None:
        return arrive(user, how, wanted)
    db.session.commit()
    both = How.LINK_AND_CODE if how is How.LINK else How.BOTH
    session["proven"] = {"user": user.id, "at": int(now().timestamp()), "next": wanted, "how": both}
    return redirect(url_for("auth.second_step"))


def half_way() -> tuple[User, How, str] | None:
    """The person whose password was right a moment ago, what the code will make of it, and where they were going."""
    proven: dict[str, Any] = session.get("proven", {})
    if not proven or now().timestamp() - proven["at"] >= SECOND_STEP_WITHIN:
        return None
    user = users.with_factor(proven["user"])
    if user is None or not user.active or user.second_factor is None:
        return None
    return user, How(proven.get("how", How.BOTH)), proven["next"]


def arrive(user: User, how: How, wanted: str = "") -> Response:
    """Start the session and go where the person was going."""
    token = session.get("kept")
    sessions.start(user, how)
    page = given_back(token, user) or safe(wanted) or home(user)
    db.session.commit()
    return redirect(page)


def home(user: User) -> str:
    """The page where this person begins."""
    actor = user.actor(today())
    nowhere = "/account/access" if user.memberships else "/"
    return next((path for permission, path in HOMES if may(actor, permission)), nowhere)


def safe(page: str) -> str:
    """`page` if it is a path of this site, else "": nobody is sent elsewhere by a link to our sign-in page."""
    parts = urlsplit(page)
    plain = page.isprintable() and "\\" not in page
    inside = page.startswith("/") and not page.startswith("//") and not parts.scheme and not parts.netloc
    return page if plain and inside else ""
