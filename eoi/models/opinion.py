"""What an expert was asked about a case, by link, and what they said."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.link import Link
from eoi.rules.opinions import Expert, Shared, View


class Opinion(Base):
    """One expert's opinion on one case. Name and address stand on its link, which can be replaced."""

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), unique=True)
    expert: Mapped[Expert] = mapped_column(enum_column(Expert))
    question: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    shared: Mapped[Shared] = mapped_column(enum_column(Shared))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(200))
    view: Mapped[View | None] = mapped_column(enum_column(View))
    text: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    link: Mapped[Link] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_open(self) -> bool:
        """Whether it is still waited for."""
        return self.answered_at is None and self.link.revoked_at is None
