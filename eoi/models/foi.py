"""Requests under the Freedom of Information Act 2000, the cases they reach, and what is withheld of each."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.submission import Submission
from eoi.rules.foi import Exemption


class Answer(StrEnum):
    """How a request ended."""

    DISCLOSED = "disclosed"
    PARTLY = "partly"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    WITHDRAWN = "withdrawn"


class FoiRequest(Base):
    """One request, with its clock of 20 working days."""

    __tablename__ = "foi_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    received_on: Mapped[date]
    due_on: Mapped[date]
    requester: Mapped[str] = mapped_column(String(200))
    asked: Mapped[str] = mapped_column(Text)
    answer: Mapped[Answer | None] = mapped_column(enum_column(Answer))
    answered_on: Mapped[date | None]
    logged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    cases: Mapped[list["FoiCase"]] = relationship(order_by="FoiCase.submission_id", lazy="selectin")


class FoiCase(Base):
    """A case that a request reaches."""

    __tablename__ = "foi_case"

    request_id: Mapped[int] = mapped_column(ForeignKey("foi_request.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)

    submission: Mapped[Submission] = relationship(lazy="joined", innerjoin=True)


class FoiMark(Base):
    """What an officer decided on one item of a case for one request; without a row the proposal stands."""

    __tablename__ = "foi_mark"
    __table_args__ = (UniqueConstraint("request_id", "submission_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("foi_request.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    item: Mapped[str] = mapped_column(String(80))
    withheld: Mapped[bool]
    exemption: Mapped[Exemption | None] = mapped_column(enum_column(Exemption))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
