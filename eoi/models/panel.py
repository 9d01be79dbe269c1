"""The panel: its meetings, what it says of each case there, and the packs that its members read before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, new_public_id
from eoi.models.submission import Submission
from eoi.models.user import User


class PanelMeeting(Base):
    """A meeting with its agenda. `members` are those present: name, role, voice, and user_id of who has an account."""

    __tablename__ = "panel_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    members: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    items: Mapped[list["PanelItem"]] = relationship(back_populates="meeting", order_by="PanelItem.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def case(self) -> str:
        """The name of this meeting in the audit record."""
        return f"panel:{self.id}"


class PanelItem(Base):
    """A case on the agenda, and what the panel says of it: answers by the keys of `rules/minutes.section`.

    `agreed` among them maps criteria to the scores that the panel agreed where scorers differed.
    """

    __tablename__ = "panel_item"
    __table_args__ = (UniqueConstraint("meeting_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("panel_meeting.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    notes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the recommendation stands
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[PanelMeeting] = relationship(back_populates="items")
    submission: Mapped[Submission] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Pack(Base):
    """The papers of a meeting as one PDF, made by a job for one reader: `key` in `outbound/files` once it is ready."""

    __tablename__ = "pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("panel_meeting.id", ondelete="CASCADE"), index=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cases: Mapped[list[int]] = mapped_column(JSON, default=list)  # those that the reader may read in it
    gathered: Mapped[int] = mapped_column(default=0)  # how many cases are gathered so far
    of: Mapped[int] = mapped_column(default=0)
    key: Mapped[str | None] = mapped_column(String(64))
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    meeting: Mapped[PanelMeeting] = relationship()
    reader: Mapped[User] = relationship()
