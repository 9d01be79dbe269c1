"""Views of the list that a person saves for themselves. They tell nothing of a case, so the audit record is silent."""

from sqlalchemy import update

from eoi.extensions import db
from eoi.models import SavedView
from eoi.queries import saved_views
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.permissions import Actor

MOST = 30
LONGEST_NAME = 60


def save(query: str, name: str, opens_first: bool, *, by: Actor) -> SavedView:
    """Save this list under a name; one of that name is replaced. The caller commits. Raises Invalid, Refused."""
    kept = saved_views.of(by)
    view = next((one for one in kept if one.name.casefold() == name.strip().casefold()), None)
    if view is None and len(kept) >= MOST:
        raise Refused(f"You have {MOST} views, which is the most. Remove one first.")
    _named(name)
    _clear_the_way(opens_first, by)
    if view is None:
        view = SavedView(user_id=by.id)
        db.session.add(view)
    view.query, view.name, view.opens_first = query, name.strip(), opens_first
    return view


def change(view: SavedView, name: str, opens_first: bool, *, by: Actor) -> None:
    """Rename one's own view, or have it open first. The caller commits. Raises Invalid, NotAllowed."""
    _own(view, by)
    _named(name)
    if any(one.id != view.id and one.name.casefold() == name.strip().casefold() for one in saved_views.of(by)):
        raise Invalid({"name": "Enter a name that none of your views has"})
    _clear_the_way(opens_first, by)
    view.name, view.opens_first = name.strip(), opens_first


def remove(view: SavedView, *, by: Actor) -> None:
    """The caller commits. Raises NotAllowed."""
    _own(view, by)
    db.session.delete(view)


def _named(name: str) -> None:
    if not name.strip():
        raise Invalid({"name": "Enter a name for this view"})
    if len(name.strip()) > LONGEST_NAME:
        raise Invalid({"name": f"Enter a name of at most {LONGEST_NAME} characters"})


def _own(view: SavedView, by: Actor) -> None:
    if view.user_id != by.id:
        raise NotAllowed


def _clear_the_way(opens_first: bool, by: Actor) -> None:
    """One view opens first, at most."""
    if opens_first:
        others = update(SavedView).where(SavedView.user_id == by.id, SavedView.opens_first)
        db.session.execute(others.values(opens_first=False))
