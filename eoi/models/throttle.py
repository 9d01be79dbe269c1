"""Counts of tries: who knocks too often waits."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from eoi.models.base import Base, UtcDateTime


class Throttle(Base):
    """How often something was tried since `started_at`. In the database, so that every worker counts the same."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
