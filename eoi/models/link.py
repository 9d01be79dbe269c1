"""Links sent by email that let one person do one thing once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.user import User
from eoi.rules.permissions import Actor


class Purpose(StrEnum):
    """What a link is for; it opens nothing else."""

    INVITE = "invite"  # choose a password for the first time
    RESET = "reset"  # choose a new password
    SIGN_IN = "sign_in"  # sign in once without a password
    ACCESS = "access"  # confirm the address of a request for access to a school
    CONFIRM_LOGGED = "confirm_logged_eoi"  # the school confirms what an officer logged for it
    SIGN = "sign"  # a chair or trust confirms a declaration
    PARTNER = "partner"  # the partner special school makes its statement
    ADVISE = "advise"  # estates, finance or an expert answers


class Link(Base):
    """A one-time link, used up by a POST, never by opening it.

    The token stands nowhere: `workflow.links` derives it from the nonce and the service's secret key when the mail
    is sent, so that a copy of the database opens nothing.
    """

    __tablename__ = "link"
    __table_args__ = (Index(None, "user_id"), Index(None, "submission_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256, hexadecimal
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User | None] = relationship()

    def is_live(self, now: datetime) -> bool:
        """Whether it can still be used: not used up, not withdrawn, not out of date."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at

    def actor(self) -> Actor:
        """The person behind the link, as the audit names them."""
        return Actor(kind="link", id=self.id, name=self.name or self.email, email=self.email)
