"""The Head of SEN's decision on an expression of interest, its reasons and conditions.

The decision on the EOI, the statutory or DfE decision and the opening are three records, never one.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column, new_public_id
from eoi.models.submission import Submission
from eoi.models.user import User
from eoi.rules.words import Outcome


class Decision(Base):
    """Insert-only; a fresh decision after a review of process is another row, the latest holds."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    not_shortlisted: Mapped[bool] = mapped_column(default=False)
    strengths: Mapped[str] = mapped_column(Text, default="")
    would_help: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")  # of a deferral, or of departing from the advice
    needed: Mapped[str] = mapped_column(
        Text, default=""
    )  # what the school need do: before a date, or to be looked at again
    needed_by: Mapped[date | None]
    review_on: Mapped[date | None]  # of a deferral
    equality: Mapped[str] = mapped_column(Text)  # considerations under the Equality Act 2010 s149
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    delegated: Mapped[bool] = mapped_column(default=False)

    submission: Mapped[Submission] = relationship()
    decided_by: Mapped[User] = relationship()
    reasons: Mapped[list["Reason"]] = relationship(order_by="Reason.id", lazy="selectin")
    conditions: Mapped[list["Condition"]] = relationship(order_by="Condition.number", lazy="selectin")


class Reason(Base):
    """Why it was declined, by criterion."""

    __tablename__ = "reason"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    criterion: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)


class Condition(Base):
    """What must be met for an approval to stand: text, owner, evidence, due date."""

    __tablename__ = "condition"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    met_on: Mapped[date | None]
    met_note: Mapped[str] = mapped_column(Text, default="")
    not_met_on: Mapped[date | None]
    not_met_note: Mapped[str] = mapped_column(Text, default="", server_default="")

    decision: Mapped[Decision] = relationship(overlaps="conditions")


class Evidence(Base):
    """A file that the school sent for a condition. `key` is its SHA-256 in `outbound/files`."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    condition_id: Mapped[int] = mapped_column(ForeignKey("condition.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    key: Mapped[str] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
