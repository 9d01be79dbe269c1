"""What an officer wrote down for a school that sent its expression of interest by email or told it by phone."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base
from eoi.models.submission import Submission
from eoi.models.user import User


class Logged(Base):
    """Who sent it, when it came, who wrote it down, and what the school said is wrong with that.

    How it came is the submission's channel; `Submission.confirmed_at` is set when the school confirms it.
    """

    __tablename__ = "logged"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    received_on: Mapped[date]
    sender_name: Mapped[str] = mapped_column(String(200))
    sender_role: Mapped[str] = mapped_column(String(200))
    sender_email: Mapped[str] = mapped_column(String(254))
    wrong: Mapped[str] = mapped_column(Text, default="")  # until it is submitted again

    submission: Mapped[Submission] = relationship(lazy="joined", innerjoin=True)
    officer: Mapped[User] = relationship()
