"""What somebody asked for many cases at once: to assign, ask, move or export them. Done at once, or bit by bit."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column, new_public_id
from eoi.models.submission import Submission
from eoi.models.user import User


class ErrandKind(StrEnum):
    ASSIGN = "assign"
    ASK = "ask"
    MOVE = "move"
    FLAG = "flag"
    EXPORT = "export"


class ErrandState(StrEnum):
    UNDER_WAY = "under_way"
    DONE = "done"
    STOPPED = "stopped"  # a case of it was erased or redacted meanwhile, or it failed


class Errand(Base):
    """One such piece of work. `asked` holds what was chosen for it; `key` the file of an export, while it is kept."""

    __tablename__ = "errand"
    __table_args__ = (Index(None, "user_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[ErrandKind] = mapped_column(enum_column(ErrandKind))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[ErrandState] = mapped_column(enum_column(ErrandState), default=ErrandState.UNDER_WAY)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    key: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


class ErrandCase(Base):
    """One case of an errand, in its order, at the version that was shown; why it could not be done, if it could not."""

    __tablename__ = "errand_case"
    __table_args__ = (UniqueConstraint("errand_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    errand_id: Mapped[int] = mapped_column(ForeignKey("errand.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    seen: Mapped[int]
    done: Mapped[bool] = mapped_column(default=False, server_default=false())
    refused: Mapped[str] = mapped_column(Text, default="")

    submission: Mapped[Submission] = relationship()
