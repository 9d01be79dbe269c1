"""How people prove who they are: the sessions they began, their second factor, their account at the council."""

import hashlib
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.user import User


class How(StrEnum):
    """What a sign-in was proven by."""

    PASSWORD = "password"  # nosec B105 - a way of signing in
    BOTH = "password and code"
    LINK = "email link"
    LINK_AND_CODE = "email link and code"
    COUNCIL = "council account"


class SignIn(Base):
    """One session of one person, from sign-in to its end. The cookie holds its token; here is only the hash."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "user_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256, hexadecimal
    how: Mapped[How] = mapped_column(enum_column(How))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)  # to ten minutes or so
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    device: Mapped[str]  # "Firefox on Windows"
    address: Mapped[str | None]  # erased after 90 days


class SecondFactor(Base):
    """A person's authenticator app. The secret is encrypted with a key that follows from SECRET_KEY."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    last_step: Mapped[int]  # the half-minute of the code that was taken last: no code is taken twice
    set_up_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(back_populates="second_factor")


class RecoveryCode(Base):
    """One way in without the app, once. 120 random bits, so a plain hash keeps them (ASVS 5, 6.5.2)."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Identity(Base):
    """Who a person is at the council's own sign-in: its issuer and the name that it never gives to anybody else."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(back_populates="identity")


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()
