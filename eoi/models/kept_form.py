"""Forms that arrived from somebody who had been signed out meanwhile."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eoi.models.base import Base, UtcDateTime


class KeptForm(Base):
    """What was typed, until its owner has signed in again. Only the hash of the session's token is here."""

    __tablename__ = "kept_form"
    __table_args__ = (Index(None, "expires_at"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256, hexadecimal
    path: Mapped[str]
    pairs: Mapped[list[list[str]]] = mapped_column(JSON)  # [name, value] in the order of the form, files left out
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))  # whose session it was
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
