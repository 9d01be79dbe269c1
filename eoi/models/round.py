"""A round: the council's call to schools, with its dates, what it takes, its form and its rubric."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.rules.facts import AreaRange, Event, RoundFacts, StrandFacts
from eoi.rules.scoring import Criterion
from eoi.rules.words import Need, Openness, Path, Phase


class Round(Base):
    """`rubric` is a list of criteria; `closures` a list of [first, last] ISO dates of school closure weeks.

    `events` are briefings and `areas` the square metres a place that the council plans with, by path: both as
    `rules/round_lists` reads them, and empty where the council has not said.

    Form and rubric are frozen once `opens_at` has passed; dates change only with a reason that schools are told.
    """

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decisions_by: Mapped[date | None]
    form: Mapped[str] = mapped_column(String(20), default="y2026")
    rubric: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    detail_with_eoi: Mapped[bool] = mapped_column(default=False)
    scorers: Mapped[int] = mapped_column(default=3)
    quorum: Mapped[int] = mapped_column(default=3)
    one_assessor: Mapped[bool] = mapped_column(default=False, server_default=false())  # while one case is in it
    introduction: Mapped[str] = mapped_column(Text, default="")
    closures: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    events: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    areas: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    illustrative: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    strands: Mapped[list["Strand"]] = relationship(
        back_populates="round", lazy="selectin", order_by="Strand.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(Criterion(**row) for row in self.rubric)

    @property
    def closed_spans(self) -> tuple[tuple[date, date], ...]:
        """School closure weeks, each end included."""
        return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.closures)

    @property
    def briefings(self) -> tuple[Event, ...]:
        return tuple(Event(**one) for one in self.events)

    @property
    def area_ranges(self) -> tuple[AreaRange, ...]:
        return tuple(AreaRange(Path(path), **one) for path, one in self.areas.items())

    def has_opened(self, now: datetime) -> bool:
        return self.opens_at <= now

    def is_open(self, now: datetime) -> bool:
        return self.facts().is_open(now)

    def is_closed(self, now: datetime) -> bool:
        return self.closes_at is not None and now >= self.closes_at

    def facts(self) -> RoundFacts:
        return RoundFacts(
            self.name, self.opens_at, self.closes_at, self.decisions_by, self.form, self.detail_with_eoi,
            tuple(s.facts() for s in self.strands),
        )  # fmt: skip


class Strand(Base):
    """One combination of path, need and phase in a round, with the policy note that schools read."""

    __tablename__ = "strand"
    __table_args__ = (UniqueConstraint("round_id", "path", "need", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    path: Mapped[Path] = mapped_column(enum_column(Path))
    need: Mapped[Need] = mapped_column(enum_column(Need))
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    openness: Mapped[Openness] = mapped_column(enum_column(Openness))
    note: Mapped[str] = mapped_column(Text, default="")
    decision_reference: Mapped[str] = mapped_column(String(200), default="")

    round: Mapped[Round] = relationship(back_populates="strands")

    def facts(self) -> StrandFacts:
        return StrandFacts(self.path, self.need, self.phase, self.openness, self.note, self.decision_reference)
