"""What was erased and what is held back: all that stays of a case or a person once their period has ended."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.submission import Submission
from eoi.rules.retention import Kept


class Tombstone(Base):
    """A case that was erased: its reference, its outcome, when and why. Its chain of audit entries goes on.

    `case` names the chain. A case whose decision and letters stay a while longer has a second row later.
    """

    __tablename__ = "tombstone"
    __table_args__ = (UniqueConstraint("case", "letters_stay"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(60))
    kept: Mapped[Kept | None] = mapped_column(enum_column(Kept))  # the line of the schedule; none where it went early
    reason: Mapped[str] = mapped_column(Text, default="")  # of going early
    letters_stay: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[int]
    files: Mapped[int]
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none where the calendar did it


class Hold(Base):
    """A case that is kept beyond its day, for a reason that is looked at again on `review_on`."""

    __tablename__ = "hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date]
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    submission: Mapped[Submission] = relationship()


class Warned(Base):
    """Somebody was told that a case or an account goes on `due_on`. Nothing goes without it."""

    __tablename__ = "warned"
    __table_args__ = (UniqueConstraint("submission_id", "due_on"), UniqueConstraint("user_id", "due_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    due_on: Mapped[date]
    warned_on: Mapped[date]


class ProvisionEnd(Base):
    """The day on which a provision closed or its agreement ended: the period of an approved case begins with it."""

    __tablename__ = "provision_end"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    ended_on: Mapped[date]
    by_deed: Mapped[bool]
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class PersonErased(Base):
    """A person whose data were erased, under the name that took the place of theirs. Kept as proof that it was done."""

    __tablename__ = "person_erased"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none where the person had no account
    known_as: Mapped[str] = mapped_column(String(60))  # "Former user 12"
    reason: Mapped[str] = mapped_column(Text)
    places: Mapped[int]  # rows in which a name or an address was replaced
    letters: Mapped[int]  # issued letters that still name the person, until their cases go
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Redaction(Base):
    """Words that an officer took out of a case, because they told of a pupil or of somebody else's private life.

    `place` names where they stood: "answer summary_100", "reply 3", "document 12". `digest` is the SHA-256 of what
    stood there. A snapshot whose words were taken out keeps its digest, and one row here with its id.
    """

    __tablename__ = "redaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    place: Mapped[str] = mapped_column(String(80))
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    redacted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    redacted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    report_by: Mapped[date | None]  # to the data protection officer, one working day
