"""A list that somebody comes back to, under a name of their own."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from eoi.models.base import Base


class SavedView(Base):
    """The filters and the order of the list of submissions, as its address says them. One may be what opens first."""

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("user_id", "name"),
        Index("uq_saved_view_first", "user_id", unique=True, sqlite_where=text("opens_first"),
              postgresql_where=text("opens_first")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(600))  # "stage=check&sort=due"
    opens_first: Mapped[bool] = mapped_column(default=False, server_default=false())
