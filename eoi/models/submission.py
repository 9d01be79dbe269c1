"""One school's expression of interest, from the first minute of its draft to the opening of what came of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column, new_public_id
from eoi.models.round import Round
from eoi.models.school import School
from eoi.models.user import User
from eoi.rules.facts import Facts
from eoi.rules.scanning import Verdict, words
from eoi.rules.stages import STAGES, Stage, public_label
from eoi.rules.statutory import Route, route_of
from eoi.rules.words import Need, Path, Phase

ENDED = tuple(stage.value for stage in Stage if STAGES[stage].ended)
LIVE = f"stage NOT IN ({', '.join(repr(stage) for stage in ENDED)})"
COUNTS = f"{LIVE} AND held_by_id IS NULL AND NOT beside"
HELD = f"{LIVE} AND held_by_id IS NOT NULL"


class Exception_(StrEnum):
    """Where a strand is open by exception only: the case comes first, then an officer's answer, then the form."""

    NOT_NEEDED = "not_needed"
    TO_ASK = "to_ask"
    ASKED = "asked"
    ALLOWED = "allowed"
    REFUSED = "refused"


class Channel(StrEnum):
    """How it reached the council."""

    FORM = "form"
    EMAIL = "email"
    PHONE = "phone"


class Submission(Base):
    """The case. Facts that lists filter and sort on are columns, written by `workflow/facts.refresh_facts`.

    `held_by_id` is who began it before an officer confirmed that they work at the school: it is theirs alone until
    then. `beside` says that it became the school's beside another one for the same offer, which counts.
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    reference: Mapped[str | None] = mapped_column(String(20), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    urn: Mapped[int] = mapped_column(ForeignKey("school.urn"), index=True)
    path: Mapped[Path] = mapped_column(enum_column(Path))
    need: Mapped[Need] = mapped_column(enum_column(Need))
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    district_code: Mapped[str] = mapped_column(String(9))
    places: Mapped[int | None]
    opening: Mapped[date | None]
    partner_urn: Mapped[int | None] = mapped_column(ForeignKey("school.urn"))
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), default=Stage.DRAFT)
    stage_before: Mapped[Stage | None] = mapped_column(enum_column(Stage))
    stage_since: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)  # working days that do not count: with the school, or on hold
    on_hold_since: Mapped[date | None]  # the day the council put it on hold; None while it goes on
    hold_days: Mapped[int] = mapped_column(default=0, server_default="0")  # working days on hold at this stage
    letter_issued: Mapped[bool] = mapped_column(default=False)  # of the present outcome
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  # the case officer
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # at the school
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    beside: Mapped[bool] = mapped_column(default=False, server_default=false())
    channel: Mapped[Channel] = mapped_column(enum_column(Channel), default=Channel.FORM)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the school, where an officer logged it
    exception: Mapped[Exception_] = mapped_column(enum_column(Exception_), default=Exception_.NOT_NEEDED)
    exception_case: Mapped[str] = mapped_column(Text, default="")
    exception_answer: Mapped[str] = mapped_column(Text, default="")
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[float | None]  # weighted total of the locked scores, 0 to 100
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[Round] = relationship(lazy="joined", innerjoin=True)
    school: Mapped[School] = relationship(lazy="joined", innerjoin=True, foreign_keys=[urn])
    partner: Mapped[School | None] = relationship(foreign_keys=[partner_urn])
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    lead: Mapped[User | None] = relationship(foreign_keys=[lead_id])
    held_by: Mapped[User | None] = relationship(foreign_keys=[held_by_id])
    sections: Mapped[list["SectionAnswers"]] = relationship(back_populates="submission")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_submission_stage_due", "stage", "due_on"),
        Index("ix_submission_district", "district_code"),
        Index(  # one live expression of interest per school, round, path, need and phase
            "uq_submission_live",
            "round_id",
            "urn",
            "path",
            "need",
            "phase",
            unique=True,
            sqlite_where=text(COUNTS),
            postgresql_where=text(COUNTS),
        ),
        Index(  # and one of each person who waits to be confirmed there
            "uq_submission_held",
            "round_id",
            "urn",
            "path",
            "need",
            "phase",
            "held_by_id",
            unique=True,
            sqlite_where=text(HELD),
            postgresql_where=text(HELD),
        ),
        Index("ix_submission_submitted", "submitted_at"),
    )

    @property
    def case(self) -> str:
        """The name of this case in the audit record."""
        return f"submission:{self.id}"

    @property
    def name(self) -> str:
        """What people call it: its reference, or the school while it is a draft."""
        return self.reference or f"Draft of {self.school.name}"

    @property
    def public_stage(self) -> str:
        """What the school reads of where it stands."""
        return public_label(self.stage, self.letter_issued)

    @property
    def is_draft(self) -> bool:
        return self.stage is Stage.DRAFT

    @property
    def is_held(self) -> bool:
        """It is still the person's alone who began it: nobody has confirmed that they work at the school."""
        return self.held_by_id is not None

    @property
    def has_ended(self) -> bool:
        return STAGES[self.stage].ended

    @property
    def awaits_confirmation(self) -> bool:
        """An officer wrote it down for the school, which has not confirmed it yet."""
        return self.channel is not Channel.FORM and self.confirmed_at is None and not self.has_ended

    @property
    def is_being_logged(self) -> bool:
        """It is still the officer's to fill in and correct: nobody has confirmed it, and its check has not begun."""
        return self.awaits_confirmation and self.stage in (Stage.DRAFT, Stage.SUBMITTED)

    @property
    def may_be_filled(self) -> bool:
        """A strand open by exception takes the form only once an officer has allowed the case."""
        return self.exception in (Exception_.NOT_NEEDED, Exception_.ALLOWED)

    @property
    def changes_academy(self) -> bool | None:
        """Whether the school that changes is an academy; None for a satellite without a recorded partner."""
        changing = self.school if self.path is Path.SRP else self.partner
        return changing.facts().is_academy if changing else None

    @property
    def changing_route(self) -> Route:
        """The statutory road, by the school that changes."""
        return route_of(self.path, self.changes_academy)

    def facts(self) -> Facts:
        """What the form's questions look at."""
        return Facts(self.school.facts(), self.path, self.need, self.phase, self.round.detail_with_eoi)


class SectionAnswers(Base):
    """The answers of one section of the form.

    `unfinished` holds refused text that comes back to be mended, never a small number; `explained` says of an answer
    that seems to tell of a pupil why it does not (by question key).
    """

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("submission_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    unfinished: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    explained: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    submission: Mapped[Submission] = relationship(back_populates="sections")
    changed_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Snapshot(Base):
    """What was sent, frozen: answers with their wording, the register row, and the SHA-256 of it all.

    Insert-only. An old one needs no old code to be read or printed.
    """

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(20))  # a Step, or "information", "clarification"
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    pdf_key: Mapped[str | None] = mapped_column(String(64))  # of outbound/files, once the job has rendered it
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    submission: Mapped[Submission] = relationship()


class Declaration(Base):
    """Who stands behind the expression of interest: the headteacher who submits, and those who agreed.

    The others confirm by a link sent to `email`; where that is empty, an officer recorded what the school told.
    """

    __tablename__ = "declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    minute_date: Mapped[date | None]
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    email: Mapped[str] = mapped_column(String(254), default="", server_default="")

    @property
    def verified(self) -> str:
        """How we know that it was they."""
        if self.email:
            return f"by a link sent to {self.email}"
        return "signed in to this service" if self.declared_by_id and not self.minute_date else "as told to the council"


class Document(Base):
    """A file that the school sent. Its bytes are in `outbound/files` under `key`, its SHA-256.

    A new version is a row of its own, which names the one it `replaces_id`; that one has its `removed_at`.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    scanned: Mapped[str] = mapped_column(String(20), default="not scanned")
    no_pupil_data: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    added_by: Mapped[User | None] = relationship()
    submission: Mapped[Submission] = relationship()

    @property
    def is_held(self) -> bool:
        """The scanner has not answered yet, so nobody opens it: neither the school nor the council."""
        return self.scanned == Verdict.HELD

    @property
    def is_infected(self) -> bool:
        return self.scanned == Verdict.INFECTED

    @property
    def scanned_words(self) -> str:
        return words(self.scanned)
