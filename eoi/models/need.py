"""What the council knows and publishes: places it looks for, what it holds about a school, whom it invited."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column
from eoi.models.school import School
from eoi.rules import figures, need
from eoi.rules.figures import Figure, Kind
from eoi.rules.need import Line
from eoi.rules.words import Need, Path, Phase


class NeedLine(Base):
    """Places sought in a district, for one school year, need, phase and path. Published, or marked illustrative."""

    __tablename__ = "need_line"
    __table_args__ = (UniqueConstraint("year", "district_code", "need", "phase", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]  # the school year that begins in September of this year
    district_code: Mapped[str] = mapped_column(String(9))
    district_name: Mapped[str] = mapped_column(String(100))
    need: Mapped[Need] = mapped_column(enum_column(Need))
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    path: Mapped[Path] = mapped_column(enum_column(Path))
    places: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    as_at: Mapped[date]
    illustrative: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}

    def row(self) -> Line:
        """The line as rules compare it."""
        return Line(**{name: getattr(self, name) for name in Line.__slots__})

    @property
    def school_year(self) -> str:
        """2027 to 2028."""
        return need.school_year(self.year)


class NeedLinePast(Base):
    """A need line as it stood until somebody changed or removed it. Insert-only."""

    __tablename__ = "need_line_past"
    __table_args__ = (Index(None, "district_code", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    district_code: Mapped[str] = mapped_column(String(9))
    need: Mapped[Need] = mapped_column(enum_column(Need))
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    path: Mapped[Path] = mapped_column(enum_column(Path))
    places: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    as_at: Mapped[date]
    illustrative: Mapped[bool]
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    removed: Mapped[bool] = mapped_column(default=False)


class CouncilFigure(Base):
    """One figure that the council holds about a school, so that the school is not asked for it.

    Pupil numbers are bands, never counts: what is stored is what may be shown. The value of a year's roll or of
    places is a whole number, of an inspection an ISO date, of a budget whole pence with its sign.
    """

    __tablename__ = "council_figure"
    __table_args__ = (UniqueConstraint("urn", "kind", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    urn: Mapped[int] = mapped_column(ForeignKey("school.urn"))
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    item: Mapped[str] = mapped_column(String(20))  # a need, a year group, a financial year, or ""
    value: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(200))
    as_at: Mapped[date]
    illustrative: Mapped[bool]

    def row(self) -> Figure:
        """The figure as rules compare it."""
        return Figure(**{name: getattr(self, name) for name in Figure.__slots__})

    @property
    def item_label(self) -> str:
        return figures.item_label(self.kind, self.item)

    @property
    def shown(self) -> str:
        """The value as a person reads it: "5 to 9", "60", "12 March 2024", "-£42,000"."""
        return figures.shown(self.kind, self.value)


class Invitation(Base):
    """A headteacher whom the council asked to look at the round, by name, with the moment and the officer."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("urn", "email"), Index(None, "sent_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    urn: Mapped[int] = mapped_column(ForeignKey("school.urn"))
    headteacher: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str] = mapped_column(String(200))

    school: Mapped[School] = relationship(lazy="joined")
