"""Every read of promised work."""

from sqlalchemy import func, select

from eoi.extensions import db
from eoi.models.outgoing import Outgoing, State

_by_state = select(Outgoing.state, func.count()).group_by(Outgoing.state)


def failed() -> list[Outgoing]:
    """The work that was given up, the latest first, at most 100."""
    rows = select(Outgoing).where(Outgoing.state == State.FAILED).order_by(Outgoing.id.desc()).limit(100)
    return list(db.session.scalars(rows))


def counts() -> dict[State, int]:
    """How much work stands in each state."""
    return dict.fromkeys(State, 0) | dict(db.session.execute(_by_state).all())
