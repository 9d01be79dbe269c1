"""What is written down during a site visit, before it is recorded."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime
from eoi.models.user import User


class Visit(Base):
    """The notes of the visit of one case, kept as they are typed; what is refused stands in `unfinished`.

    Recording the visit copies them into a `Record`; the notes stay with the case.
    """

    __tablename__ = "visit"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    unfinished: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    changed_by: Mapped[User | None] = relationship(lazy="joined")
    __mapper_args__ = {"version_id_col": version}
