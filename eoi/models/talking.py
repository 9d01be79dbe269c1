"""What is said about a case: messages with the school, comments of the council, what a school asks for, flags, pauses.

A message is read by the school, a comment never is: they stand in tables of their own.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column, new_public_id
from eoi.models.submission import Submission
from eoi.models.user import User
from eoi.rules.talking import Audience, Ground, Wish

UNREAD = text("read_at IS NULL")


class Message(Base):
    """One message between the school and its case officer, numbered from 1 in its case: two at once meet there."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        Index("ix_message_unread", "submission_id", "from_school", sqlite_where=UNREAD, postgresql_where=UNREAD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    number: Mapped[int]
    from_school: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by somebody of the other side, who said so
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    sender: Mapped[User | None] = relationship(foreign_keys=[sent_by_id], lazy="joined")
    attachments: Mapped[list["Attachment"]] = relationship(
        lazy="selectin", order_by="Attachment.id", foreign_keys="Attachment.message_id"
    )


class Comment(Base):
    """What somebody of the council says to the case team or the panel. Numbered in its case as messages are."""

    __tablename__ = "comment"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    number: Mapped[int]
    audience: Mapped[Audience] = mapped_column(enum_column(Audience))  # never the school
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    author: Mapped[User | None] = relationship(lazy="joined")
    attachments: Mapped[list["Attachment"]] = relationship(
        lazy="selectin", order_by="Attachment.id", foreign_keys="Attachment.comment_id"
    )


class Attachment(Base):
    """A file beside a message or a comment. Its bytes are in `outbound/files` under `key`, its SHA-256."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    scanned: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SchoolRequest(Base):
    """What a school told or asked for after its letter; and, of a feedback call, when it was held."""

    __tablename__ = "school_request"
    __table_args__ = (Index(None, "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    wish: Mapped[Wish] = mapped_column(enum_column(Wish))
    ground: Mapped[Ground | None] = mapped_column(enum_column(Ground))  # of a review of process
    text: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    done_on: Mapped[date | None]  # the call was held, the reply seen, the review recorded
    done_note: Mapped[str] = mapped_column(Text, default="")
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    asker: Mapped[User | None] = relationship(foreign_keys=[asked_by_id], lazy="joined")


class Flag(Base):
    """Something about a case that nobody should overlook, with the reason, until somebody clears it."""

    __tablename__ = "flag"
    __table_args__ = (Index(None, "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    cleared_why: Mapped[str] = mapped_column(Text, default="")

    raiser: Mapped[User | None] = relationship(foreign_keys=[raised_by_id], lazy="joined")


class Pause(Base):
    """A time in which the council put its work on a case off, with the reason. Its clock stands still meanwhile."""

    __tablename__ = "pause"
    __table_args__ = (Index(None, "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    began_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_why: Mapped[str] = mapped_column(Text, default="")

    submission: Mapped[Submission] = relationship()
