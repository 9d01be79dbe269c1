"""What cases are searched by: the words of a case, apart for each audience.

On SQLite the table `case_text_index` (FTS5) follows this one by triggers; on PostgreSQL an index over its words does.
"""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eoi.models.base import Base, enum_column
from eoi.rules.searching import Readers


class CaseText(Base):
    """The words that one audience may read of one case, each once. Written by `workflow/facts.refresh_search`."""

    __tablename__ = "case_text"
    __table_args__ = (UniqueConstraint("submission_id", "readers"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    readers: Mapped[Readers] = mapped_column(enum_column(Readers))
    body: Mapped[str] = mapped_column(Text)
