"""What the officers' two-page summary says. Numbers of pupils come as they are shown: "fewer than 5", never 3."""

from dataclasses import dataclass
from datetime import date, datetime

from eoi.rules.facts import SchoolFacts
from eoi.rules.papers.answers import AnswerSection
from eoi.rules.papers.parts import ConditionLine, Offer
from eoi.rules.statutory import StatutoryRoute, statutory_route
from eoi.rules.words import Path

MOST = 4  # the highest mark of a criterion


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """The special school of a satellite and how far the talks are."""

    name: str
    talks: str  # "Agreed in principle, 3 October 2026"
    academy: bool | None = None


@dataclass(frozen=True, slots=True)
class NeedFigure:
    """What the council seeks in this district, need and phase, with its source."""

    district: str
    places_sought: int
    source: str
    as_at: date
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """A check with yes or no; None while it is not made."""

    label: str
    passed: bool | None
    note: str = ""

    @property
    def shown(self) -> str:
        return {True: "Met", False: "Not met", None: "Not checked"}[self.passed]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion of the rubric: the mean of its marks (0 to 4, None if unmarked) and the panel's line on it."""

    code: str
    name: str
    weight: int
    mean: float | None
    comment: str = ""
    spread: bool = False  # scorers differed by 2 or more

    @property
    def percent(self) -> int:
        """The bar's length."""
        return round((self.mean or 0) * 100 / MOST)


@dataclass(frozen=True, slots=True)
class RoomLine:
    name: str
    use: str
    area: float  # square metres


@dataclass(frozen=True, slots=True)
class MoneyLines:
    """Capital as a band, the rest in pence; None where it was not asked yet."""

    capital_band: str
    capital_basis: str = ""
    start_up: int | None = None
    yearly_cost: int | None = None
    yearly_income: int | None = None


@dataclass(frozen=True, slots=True)
class StaffLine:
    role: str
    fte: float
    note: str = ""  # "In post", "To recruit"


@dataclass(frozen=True, slots=True)
class RiskLine:
    risk: str
    response: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    name: str
    received_on: date | None  # None: not received


@dataclass(frozen=True, slots=True)
class Visit:
    on: date | None
    findings: str  # or why no visit was needed


@dataclass(frozen=True, slots=True)
class ClarificationLine:
    question: str
    asked_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    on: date
    stage: str
    role: str  # who moved it, by role, never by name


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    """The officers' summary at any stage. Without `criteria` it is one from before the panel: no score bars."""

    council: str
    round_name: str
    reference: str  # "EOI-2026-0001"
    stage: str  # its label
    school: SchoolFacts
    offer: Offer
    in_100_words: str
    generated_by: str  # a role: "Case officer"
    generated_at: datetime
    snapshot_on: date
    days_in_stage: int = 0  # working days
    days_target: int | None = None
    pace: str = ""  # "On time", "Due soon", "Overdue", "Clock stopped"
    strand_note: str = ""  # where the strand is open by exception: the policy note
    partner: PartnerLine | None = None
    linked: tuple[str, ...] = ()
    need: NeedFigure | None = None
    officer_note: str = ""
    gates: tuple[Gate, ...] = ()
    criteria: tuple[CriterionLine, ...] = ()
    total: float | None = None  # 0 to 100
    scorers: int = 0
    recommendation: str = ""
    rooms: tuple[RoomLine, ...] = ()
    money: MoneyLines | None = None
    staff: tuple[StaffLine, ...] = ()
    risks: tuple[RiskLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    visit: Visit | None = None
    clarifications: tuple[ClarificationLine, ...] = ()  # open ones
    conditions: tuple[ConditionLine, ...] = ()
    conflicts: int = 0
    conflicts_handling: str = ""
    history: tuple[HistoryLine, ...] = ()
    next_actions: tuple[str, ...] = ()  # the next three
    answers: tuple[AnswerSection, ...] = ()  # printed at choice
    demonstration: bool = False

    @property
    def scored(self) -> bool:
        return any(line.mean is not None for line in self.criteria)

    @property
    def area(self) -> float:
        """Of all rooms, in square metres."""
        return sum(room.area for room in self.rooms)

    @property
    def fte(self) -> float:
        """Of all staff."""
        return sum(line.fte for line in self.staff)

    @property
    def route(self) -> StatutoryRoute:
        """The statutory road, whoever changes."""
        host = self.school
        if self.offer.path is Path.SRP:
            return statutory_route(Path.SRP, host.is_academy, host.name)
        partner = self.partner or PartnerLine("", "")
        return statutory_route(Path.SATELLITE, partner.academy, host.name, partner.name, host.is_academy)
