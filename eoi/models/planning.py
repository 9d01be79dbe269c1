"""The way to opening: dated guidance that plans are made from, school terms, and the milestones of a case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.rules.guidance import Key
from eoi.rules.milestones import Mark


class Guidance(Base):
    """A figure of law or guidance that holds from a day on, with its source. Insert-only: a new figure is a new row."""

    __tablename__ = "guidance"
    __table_args__ = (UniqueConstraint("key", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[Key] = mapped_column(enum_column(Key))
    value: Mapped[int]
    from_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Closure(Base):
    """A span in which the council's schools are closed, each end included: what plans step over."""

    __tablename__ = "closure"
    __table_args__ = (UniqueConstraint("starts_on", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    illustrative: Mapped[bool]


class Milestone(Base):
    """A step of delivery: the day first planned, the day expected now, the day it happened."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("submission_id", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    mark: Mapped[Mark] = mapped_column(enum_column(Mark))
    planned_on: Mapped[date]
    expected_on: Mapped[date]
    actual_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(300), default="")


class Renewal(Base):
    """A school that was asked to renew an earlier expression of interest in a round."""

    __tablename__ = "renewal"
    __table_args__ = (UniqueConstraint("submission_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
