"""What if these were approved: places, the gap that is left, capital and revenue against budgets, and what to look at.

Capital is the top of the band that the school gave; above £1 million the amount is not known and counts as £1 million
at least. Revenue is national place funding for a year once every place is filled, before top-up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eoi.rules.statutory import PLACE_FUNDING
from eoi.rules.suitability import BAND_TOPS
from eoi.rules.words import Need, Path, Phase, count_of, money

MILLION = 1_000_000_00  # pence
NEAR = 5.0  # kilometres


@dataclass(frozen=True, slots=True)
class Offer:
    """An expression of interest that is not decided. `begins`: the day on which its statutory route has to begin."""

    id: int
    reference: str
    school: str
    district_code: str
    district: str
    need: Need
    phase: Phase
    path: Path
    places: int
    year: int | None
    band: str = ""
    startup: int = 0
    begins: date | None = None
    nearest: float | None = None  # kilometres to the next provision for the same need and phase

    @property
    def capital(self) -> int:
        """Pence; 0 where it is not known."""
        return MILLION if self.band == "over_1m" else BAND_TOPS.get(self.band, 0)

    @property
    def revenue(self) -> int:
        """Pence a year."""
        each = PLACE_FUNDING.special if self.path is Path.SATELLITE else PLACE_FUNDING.filled
        return self.places * each

    @property
    def capital_known(self) -> bool:
        return self.band in BAND_TOPS

    def flags(self, today: date) -> list[str]:
        """What somebody should look at before saying yes."""
        found = []
        if self.band == "over_1m":
            found.append("Over £1 million: Cabinet Member")
        if not self.capital_known and self.band != "over_1m":
            found.append("Capital not known")
        if self.begins is None:
            found.append("No special school or opening agreed")
        elif self.begins < today:
            found.append("Too late for its opening")
        if self.nearest is not None and self.nearest < NEAR:
            found.append(f"Like provision {self.nearest:.1f} km away")
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """The sums of a choice. Money in whole pence."""

    offers: tuple[Offer, ...]
    capital_budget: int
    revenue_budget: int

    @property
    def places(self) -> int:
        return sum(one.places for one in self.offers)

    @property
    def capital(self) -> int:
        return sum(one.capital for one in self.offers)

    @property
    def revenue(self) -> int:
        return sum(one.revenue for one in self.offers)

    @property
    def startup(self) -> int:
        return sum(one.startup for one in self.offers)

    @property
    def unknown(self) -> int:
        """How many have no known cost, or more than a million."""
        return sum(not one.capital_known for one in self.offers)

    @property
    def cost_a_place(self) -> int | None:
        return self.capital // self.places if self.places else None

    @property
    def capital_left(self) -> int:
        return self.capital_budget - self.capital

    @property
    def revenue_left(self) -> int:
        return self.revenue_budget - self.revenue

    def by(self, name: str) -> dict[str, int]:
        """Places by an attribute of the offers: district_code, year, need, phase."""
        found: dict[str, int] = {}
        for one in self.offers:
            key = str(getattr(one, name) or "")
            found[key] = found.get(key, 0) + one.places
        return found

    def sentence(self) -> str:
        """The choice in words."""
        if not self.offers:
            return "Nothing is chosen yet."
        within = "within" if self.capital_left >= 0 else "over"
        said = f"{count_of(len(self.offers), 'expression')} of interest with {count_of(self.places, 'place')}, "
        said += f"capital {money(self.capital)}, {within} the budget of {money(self.capital_budget)} by "
        said += f"{money(abs(self.capital_left))}. "
        unknown = f"For {count_of(self.unknown, 'offer')} the amount is not known, or above £1 million."
        return said + (unknown if self.unknown else "")


def left(gaps: Mapping[str, int], result: Result, name: str) -> dict[str, int]:
    """The gap of each key after the choice."""
    coming = result.by(name)
    return {key: gap - coming.get(key, 0) for key, gap in gaps.items()}


def chosen(offers: Iterable[Offer], ids: Sequence[int]) -> tuple[Offer, ...]:
    wanted = set(ids)
    return tuple(one for one in offers if one.id in wanted)


def refusal(name: str, capital: int | None, revenue: int | None) -> dict[str, str]:
    """What is wrong with a scenario, by field."""
    wrong = {}
    if not name:
        wrong["name"] = "Enter a name for the scenario"
    for field, amount, words in (("capital_budget", capital, "capital"), ("revenue_budget", revenue, "revenue")):
        if amount is None or not 0 <= amount <= 10**12:
            wrong[field] = f"Enter the {words} budget in pounds"
    return wrong
