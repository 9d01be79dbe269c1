"""Who decides in place of the Head of SEN, when, and on which cases."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime

if TYPE_CHECKING:
    from eoi.models.user import User


class Delegation(Base):
    """A recorded delegation of the Head of SEN: between dates for every case, or for one case only.

    One that names a case may have no last day; one for every case always has.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("submission_id IS NOT NULL OR ends_on IS NOT NULL", name="every_case_has_a_last_day"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day on which it holds
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    reason: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped["User"] = relationship(back_populates="delegations", foreign_keys=[user_id])

    def is_live(self, today: date) -> bool:
        """Whether it holds on this day in Kent, first and last day included."""
        if self.revoked_at or today < self.starts_on:
            return False
        return self.ends_on is None or today <= self.ends_on
