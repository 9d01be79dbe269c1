"""Errands of a person: how far each is, and what could not be done."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eoi.extensions import db
from eoi.models import Errand, ErrandCase, Round, Submission
from eoi.models.errand import ErrandState
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import Actor

MOST = 50


def find(public_id: str, actor: Actor) -> Errand | None:
    """One of the person's own."""
    return db.session.scalar(select(Errand).where(Errand.public_id == public_id, Errand.user_id == actor.id))


def of(actor: Actor) -> Sequence[Errand]:
    """The person's own, the latest first."""
    found = select(Errand).where(Errand.user_id == actor.id).order_by(Errand.created_at.desc(), Errand.id.desc())
    return db.session.scalars(found.limit(MOST)).all()


def next_cases(errand: Errand, limit: int) -> Sequence[ErrandCase]:
    """The cases that wait, in their order."""
    waiting = select(ErrandCase).where(ErrandCase.errand_id == errand.id, ErrandCase.done.is_(False))
    return db.session.scalars(waiting.order_by(ErrandCase.number).limit(limit)).all()


def refused(errand: Errand) -> Sequence[ErrandCase]:
    """What could not be done, in the order of the list."""
    found = select(ErrandCase).where(ErrandCase.errand_id == errand.id, ErrandCase.refused != "")
    case = joinedload(ErrandCase.submission)
    return db.session.scalars(
        found.options(case.joinedload(Submission.round).lazyload(Round.strands)).order_by(ErrandCase.number)
    ).all()


def case_ids(errand: Errand) -> Sequence[int]:
    """In their order."""
    found = select(ErrandCase.submission_id).where(ErrandCase.errand_id == errand.id)
    return db.session.scalars(found.order_by(ErrandCase.number)).all()


def is_under_way(public_id: str) -> bool:
    under_way = (Errand.public_id == public_id, Errand.state == ErrandState.UNDER_WAY)
    return db.session.scalar(select(Errand.id).where(*under_way)) is not None


def closed_cases(errand: Errand, actor: Actor) -> int:
    """How many cases of its file the person may not see any more."""
    inside = select(ErrandCase.submission_id).where(ErrandCase.errand_id == errand.id, ErrandCase.refused == "")
    hidden = select(func.count()).select_from(Submission).where(Submission.id.in_(inside), ~visible_to(actor))
    return db.session.scalar(hidden) or 0
