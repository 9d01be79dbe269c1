"""Rounds, for everybody: the council's calls are public."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from eoi.extensions import db
from eoi.models import Round


def open_at(moment: datetime) -> Sequence[Round]:
    """The rounds that take expressions of interest at this moment, the first to close first."""
    taking = select(Round).where(Round.opens_at <= moment, or_(Round.closes_at.is_(None), Round.closes_at > moment))
    return db.session.scalars(taking.order_by(Round.closes_at.is_(None), Round.closes_at, Round.name)).all()


def called(slug: str, moment: datetime) -> Round | None:
    """The round of this name, once it has opened: one that officers still write is not for everybody."""
    return db.session.scalars(select(Round).where(Round.slug == slug, Round.opens_at <= moment)).one_or_none()
