"""What the panel reads and leaves: the pack of a meeting before it, the minute after it. Both made for one reader."""

from dataclasses import dataclass
from datetime import date, datetime

from eoi.rules.papers.summary import NeedFigure, SummaryPaper


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A case on the agenda; one that is `withheld` from the reader has nothing but its reference."""

    reference: str
    id: int = 0
    withheld: bool = False
    school: str = ""
    offer: str = ""
    band: str = ""
    rank: int | None = None
    total: float | None = None
    means: tuple[str, ...] = ()  # of each criterion, in the order of `PackPaper.criteria`
    conflicts: int = 0
    summary: SummaryPaper | None = None


@dataclass(frozen=True, slots=True)
class NeedLineShown:
    """Places sought, with what is needed to read the figure."""

    words: str  # "Autism, primary, resourced provision"
    figure: NeedFigure


@dataclass(frozen=True, slots=True)
class PackPaper:
    """All papers of a meeting as one document."""

    council: str
    held_on: date
    place: str
    made_for: str  # a role
    made_at: datetime
    criteria: tuple[str, ...]  # "C1 Meets published need, 20"
    lines: tuple[AgendaLine, ...]
    need: tuple[NeedLineShown, ...]
    demonstration: bool = False

    @property
    def shown(self) -> tuple[AgendaLine, ...]:
        return tuple(line for line in self.lines if not line.withheld)

    @property
    def conflicts(self) -> int:
        """Declared on all cases that the reader sees."""
        return sum(line.conflicts for line in self.shown)


@dataclass(frozen=True, slots=True)
class MinuteCase:
    """What the panel said of one case: label and text."""

    reference: str
    withheld: bool = False
    school: str = ""
    offer: str = ""
    band: str = ""
    total: float | None = None
    advice: str = ""
    away: int = 0  # members present who had a conflict
    rows: tuple[tuple[str, str], ...] = ()
    recorded: bool = False


@dataclass(frozen=True, slots=True)
class MinutePaper:
    """The minute of a meeting."""

    council: str
    held_on: date
    place: str
    members: tuple[tuple[str, str, str], ...]  # name, role, what they speak for
    cases: tuple[MinuteCase, ...]
    closed: bool
    made_for: str
    made_at: datetime
    demonstration: bool = False
