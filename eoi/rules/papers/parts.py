"""What several papers share: whose paper it is, whom to ask, what is offered, a condition."""

from dataclasses import dataclass
from datetime import date

from eoi.rules.words import Need, Path, Phase


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The council's own, from settings: another council changes these and nothing else."""

    council: str  # "Kent County Council", set as text: no logo
    team: str
    address: tuple[str, ...]  # lines
    email: str
    phone: str
    privacy_url: str  # absolute
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the council to call or write to."""

    name: str
    role: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the school offers. `opening` is the first day of the month it names."""

    path: Path
    need: Need
    phase: Phase
    places: int
    opening: date | None = None
    year_groups: str = ""  # "Years 1 to 6"
    build_up: tuple[int, ...] = ()  # places in years 1, 2, 3, 4
    in_mainstream: str = ""  # "50% at entry, 70% after a year"
    designation: str = ""  # as the national register would call it: "Resourced provision", "SEN unit"


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of an approval: numbered on paper in the order given."""

    text: str
    evidence: str
    owner: str
    due_on: date
    met_on: date | None = None  # for officers; a letter is written before
