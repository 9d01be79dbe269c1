"""People who sign in, the roles they hold at the council, and the schools they act for."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.delegation import Delegation
from eoi.rules.permissions import SCHOOL_ROLES as SCHOOL_ROLES
from eoi.rules.permissions import Actor, Role

if TYPE_CHECKING:
    from eoi.models.sign_in import Identity, SecondFactor


class User(UserMixin, Base):
    """Somebody who can sign in. Nobody is deleted while a case names them: they are made inactive."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    job_title: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]  # none until an invitation is accepted
    active: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last sign-in: reading writes nothing
    read_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # what changed was read up to here, they said

    role_rows: Mapped[list["UserRole"]] = relationship(back_populates="user", cascade="all, delete-orphan")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", foreign_keys="Membership.user_id"
    )
    delegations: Mapped[list[Delegation]] = relationship(back_populates="user", foreign_keys=Delegation.user_id)
    second_factor: Mapped["SecondFactor | None"] = relationship(back_populates="user", cascade="all, delete-orphan")
    identity: Mapped["Identity | None"] = relationship(back_populates="user", cascade="all, delete-orphan")

    @validates("email")
    def _lower(self, _: str, email: str) -> str:
        return email.strip().lower()

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def roles(self) -> frozenset[Role]:
        """The council roles; a school's people hold theirs through memberships."""
        return frozenset(row.role for row in self.role_rows)

    def actor(self, today: date) -> Actor:
        """The person as permissions see them on this day. Costs no query after `queries.users.signed_in`."""
        return Actor(
            kind="user",
            id=self.id,
            name=self.name,
            email=self.email,
            roles=self.roles,
            schools=tuple(sorted((m.urn, m.role) for m in self.memberships if m.confirmed_at)),
            asked=frozenset(m.urn for m in self.memberships if not m.confirmed_at),
            delegated=frozenset(d.submission_id or 0 for d in self.delegations if d.is_live(today)),
        )


class UserRole(Base):
    """One council role of one person."""

    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(enum_column(Role), primary_key=True)

    user: Mapped[User] = relationship(back_populates="role_rows")


class Membership(Base):
    """A person's place at a school. Until somebody confirms it, it opens nothing."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "urn"), Index(None, "urn"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    urn: Mapped[int] = mapped_column(ForeignKey("school.urn"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none where a command did it

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])
