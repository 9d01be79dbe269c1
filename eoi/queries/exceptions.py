"""Cases for an exception that wait for an officer: the school's case, and nothing of what it has answered."""

from collections.abc import Sequence

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Submission
from eoi.models.submission import Exception_
from eoi.rules.stages import Stage

_WAITING = (Submission.stage == Stage.DRAFT, Submission.exception == Exception_.ASKED)


def waiting() -> Sequence[Submission]:
    """The cases that nobody has answered, the oldest first. Their `changed_at` is when they were sent."""
    rows = select(Submission).where(*_WAITING).order_by(Submission.changed_at, Submission.id)
    return db.session.scalars(rows).all()


def find(public_id: str) -> Submission | None:
    """The case with this public id, while it waits for an answer."""
    return db.session.scalars(select(Submission).where(*_WAITING, Submission.public_id == public_id)).one_or_none()
