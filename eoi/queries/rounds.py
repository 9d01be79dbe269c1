"""Rounds: the council's calls are public once they open; before that, officers who edit rounds see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from eoi.extensions import db
from eoi.models import Round, Submission
from eoi.rules.stages import Stage


def open_at(moment: datetime) -> Sequence[Round]:
    """The rounds that take expressions of interest at this moment, the first to close first."""
    taking = select(Round).where(Round.opens_at <= moment, or_(Round.closes_at.is_(None), Round.closes_at > moment))
    return db.session.scalars(taking.order_by(Round.closes_at.is_(None), Round.closes_at, Round.name)).all()


def called(slug: str, moment: datetime) -> Round | None:
    """The round of this name, once it has opened: one that officers still write is not for everybody."""
    return db.session.scalars(select(Round).where(Round.slug == slug, Round.opens_at <= moment)).one_or_none()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many drafts exist in a round, and how many expressions of interest have been sent."""

    drafts: int = 0
    sent: int = 0


def every() -> Sequence[Round]:
    """Every round, also those to come, the last to open first. For those who edit rounds."""
    return db.session.scalars(select(Round).order_by(Round.opens_at.desc(), Round.id.desc())).all()


def by_slug(slug: str) -> Round | None:
    """The round of this name, opened or not. For those who edit rounds."""
    return db.session.scalars(select(Round).where(Round.slug == slug)).one_or_none()


def counts() -> dict[int, Counts]:
    """Drafts and sent ones of each round that has any, by its id."""
    drafts = func.count().filter(Submission.stage == Stage.DRAFT)
    rows = select(Submission.round_id, drafts, func.count() - drafts).where(Submission.held_by_id.is_(None))
    rows = rows.group_by(Submission.round_id)
    return {round_id: Counts(some, sent) for round_id, some, sent in db.session.execute(rows)}
