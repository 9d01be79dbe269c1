"""The audit record: insert-only rows, chained per case; and who opened or downloaded what.

A trigger on both engines refuses to change or delete an entry (migration 1).
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime
from eoi.rules.chain import Json


class AuditHead(Base):
    """The last link of a case's chain. `case` names it: "submission:12", "round:3", "register"."""

    __tablename__ = "audit_head"

    case: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """Who did what, when, from where to where. Holds only a digest of its detail: erasing that keeps the chain."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("case", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(String(60))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    action: Mapped[str] = mapped_column(String(60))
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int | None]
    actor_role: Mapped[str] = mapped_column(String(60))
    from_stage: Mapped[str | None] = mapped_column(String(40))
    to_stage: Mapped[str | None] = mapped_column(String(40))
    detail_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    detail: Mapped["AuditDetail | None"] = relationship(back_populates="entry", uselist=False)


class AuditDetail(Base):
    """The free text and values of an entry, which may one day have to be erased."""

    __tablename__ = "audit_detail"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    actor_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[Json] = mapped_column(JSON)

    entry: Mapped[AuditEntry] = relationship(back_populates="detail")


class Access(Base):
    """Who opened or downloaded what. The only trace that reading leaves."""

    __tablename__ = "access"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(200))


class Counter(Base):
    """Gapless numbers: `UPDATE … RETURNING` as the last write of the transaction that needs one."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int] = mapped_column(default=0)
