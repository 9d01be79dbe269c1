"""Work that a transaction promised, and the calendar of tasks that come round by themselves."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eoi.models.base import Base, UtcDateTime, enum_column


class State(StrEnum):
    """Where a piece of work stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"  # until `leased_until`; after it, anybody may claim it again
    DONE = "done"
    FAILED = "failed"  # tried as often as allowed; `last_error` says why


class Outgoing(Base):
    """A mail, letter, pack or export to be made after the commit that promised it; one a `key`, however often asked."""

    __tablename__ = "outgoing"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "submission_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    state: Mapped[State] = mapped_column(enum_column(State), default=State.WAITING)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Calendar(Base):
    """When a scheduled task last ran and runs next. Whoever moves `next_run` on runs it: two workers never both."""

    __tablename__ = "calendar"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_run: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_run: Mapped[datetime] = mapped_column(UtcDateTime)
