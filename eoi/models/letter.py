"""Letters, the wording they are drafted from, the releases that send many together, and the signature they bear."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column, new_public_id
from eoi.models.decision import Decision
from eoi.models.round import Round
from eoi.models.submission import Submission
from eoi.models.user import User
from eoi.rules.papers.ends import End


class Letter(Base):
    """A letter, drafted from the record, handed over by one person, issued once by another.

    `facts` is the frozen letter paper (`rules/papers`); `key` the SHA-256 of the PDF in `outbound/files`, once issued.
    Issued, it is the school's to read from `released_at` on. `overruled` lists findings of the guard that a person
    overruled: finding, words, reason, by, at. One that `ended` stays as it is, marked.
    """

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(String(40))  # of rules/papers
    paragraph: Mapped[str] = mapped_column(Text, default="")  # the officer's own words, between the facts
    closing: Mapped[str] = mapped_column(Text, default="", server_default="")  # and before the signature
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    overruled: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # handed over to be issued
    ready_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the school is told
    release_id: Mapped[int | None] = mapped_column(ForeignKey("letter_release.id"), index=True)
    trouble: Mapped[str] = mapped_column(Text, default="", server_default="")  # why its release could not issue it
    key: Mapped[str | None] = mapped_column(String(64))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    ended: Mapped[End | None] = mapped_column(enum_column(End))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    submission: Mapped[Submission] = relationship()
    decision: Mapped[Decision | None] = relationship()
    replaces: Mapped["Letter | None"] = relationship(remote_side=[id])
    release: Mapped["Release | None"] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None


class LetterTemplate(Base):
    """Insert-only: one version of the wording of a kind of letter in a round; the latest holds.

    `route` is the path and type of school (`rules/statutory.Route`), "" for a kind with one wording for all.
    """

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("round_id", "kind", "route", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    route: Mapped[str] = mapped_column(String(30), default="")
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    made_by: Mapped[User] = relationship()


class Release(Base):
    """Letters of a round that one person issued together. Nothing of them is told before `goes_out_at`."""

    __tablename__ = "letter_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    goes_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # none: each as soon as it is issued
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    round: Mapped[Round] = relationship()
    made_by: Mapped[User] = relationship()


class Pen(Base):
    """The picture of a person's signature: placed on the letters that this person issues, and nowhere else."""

    __tablename__ = "pen"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))  # a PNG in `outbound/files`
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
