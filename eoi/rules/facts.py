"""The frozen facts that rules take: plain values, built by `eoi/models/facts.py`."""

from dataclasses import dataclass
from datetime import date, datetime

from eoi.rules.words import Need, Openness, Path, Phase


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """A school as the register knows it. Roll is full-time equivalent and may hold halves."""

    urn: int
    name: str
    type_name: str
    type_group: str  # "Local authority maintained schools", "Academies", "Special schools", …
    phase: str  # as in the register: "Primary", "Secondary", "All-through", "Not applicable"
    low_age: int | None = None
    high_age: int | None = None
    capacity: int | None = None
    roll: float | None = None
    dfe_number: str = ""  # "886/2066"
    address: str = ""  # one line, with the postcode
    postcode: str = ""
    district_code: str = ""
    district_name: str = ""
    religious_character: str = ""
    trust_name: str = ""
    status: str = "Open"
    as_at: date | None = None  # the day of the register extract

    @property
    def is_academy(self) -> bool:
        """Academies and free schools: the trust, not the council, applies to the DfE for a change."""
        return self.type_group in ("Academies", "Free Schools") or "academy" in self.type_name.lower()

    @property
    def is_special(self) -> bool:
        return "special" in self.type_name.lower()

    @property
    def has_religious_character(self) -> bool:
        return self.religious_character not in ("", "None", "Does not apply")


@dataclass(frozen=True, slots=True)
class StrandFacts:
    """One combination of a round: whether it takes expressions of interest, and the policy note that says why."""

    path: Path
    need: Need
    phase: Phase
    openness: Openness
    note: str = ""
    decision_reference: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A briefing for schools. `day` in ISO 8601."""

    title: str
    day: str
    time: str
    place: str
    link: str = ""

    @property
    def on(self) -> date:
        return date.fromisoformat(self.day)


@dataclass(frozen=True, slots=True)
class AreaRange:
    """How many square metres a place the council plans with in this round, and who says so."""

    path: Path
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as rules see it. `closes_at` is None where the round stays open."""

    name: str
    opens_at: datetime
    closes_at: datetime | None
    decisions_by: date | None
    form: str
    detail_with_eoi: bool
    strands: tuple[StrandFacts, ...]

    def is_open(self, now: datetime) -> bool:
        """From opening until the moment of closing, 12 noon Europe/London on the closing day."""
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)

    def strand(self, path: Path, need: Need, phase: Phase) -> StrandFacts | None:
        """The strand of this combination, or None where the round does not name it."""
        for strand in self.strands:
            if (strand.path, strand.need, strand.phase) == (path, need, phase):
                return strand
        return None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a question's `applies` may look at."""

    school: SchoolFacts
    path: Path
    need: Need
    phase: Phase
    detail_with_eoi: bool = False
