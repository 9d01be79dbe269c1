"""What the review leaves behind: questions to the school, records of each move, assignments, conflicts and scores."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.submission import Submission
from eoi.models.user import User


class Asking(StrEnum):
    """Why the council asks: an incomplete EOI returned for information, or a clarification during assessment."""

    INFORMATION = "information"
    CLARIFICATION = "clarification"


class Clarification(Base):
    """A question to the school, pinned to questions of its form. Only those reopen; before and after are kept."""

    __tablename__ = "clarification"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Asking] = mapped_column(enum_column(Asking))
    text: Mapped[str] = mapped_column(Text)
    keys: Mapped[list[str]] = mapped_column(JSON, default=list)  # of the form's questions
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reply: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date]
    extended: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by an officer, without an answer
    closed_why: Mapped[str] = mapped_column(Text, default="", server_default="")

    submission: Mapped[Submission] = relationship()

    @property
    def is_open(self) -> bool:
        """Neither answered nor closed."""
        return self.answered_at is None and self.closed_at is None


class Record(Base):
    """The record that a move left: see `rules/records.py`. Insert-only."""

    __tablename__ = "record"
    __table_args__ = (Index("ix_record_submission", "submission_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_by_role: Mapped[str] = mapped_column(String(60))


class Assignment(Base):
    """A scorer (or estates, finance) who is to read and score this case."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("submission_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # own scores locked

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    submission: Mapped[Submission] = relationship()


class Conflict(Base):
    """A person's declaration on a case, made before it opens: yes or no, and its handling. Nothing about families."""

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("submission_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    conflicted: Mapped[bool]
    handling: Mapped[str] = mapped_column(String(200), default="")
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Score(Base):
    """One scorer's score of one criterion, 0 to 4, with the required comment."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("submission_id", "user_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    criterion: Mapped[str] = mapped_column(String(10))
    value: Mapped[int | None]
    abstained: Mapped[bool] = mapped_column(default=False, server_default=false())  # nothing to judge it by
    comment: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
