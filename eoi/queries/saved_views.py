"""The views that a person has saved of the list of submissions."""

from collections.abc import Sequence

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import SavedView
from eoi.rules.permissions import Actor


def of(actor: Actor) -> Sequence[SavedView]:
    """The person's own, by name."""
    return db.session.scalars(select(SavedView).where(SavedView.user_id == actor.id).order_by(SavedView.name)).all()


def find(number: int, actor: Actor) -> SavedView | None:
    """One of the person's own."""
    return db.session.scalar(select(SavedView).where(SavedView.id == number, SavedView.user_id == actor.id))
