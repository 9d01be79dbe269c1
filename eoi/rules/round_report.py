"""The report of a round: asked, offered, decided, opened, cost, time at each stage, and what it did by area."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from eoi.rules.stages import STAGES, Stage
from eoi.rules.words import count_of, money

GROUPS: dict[str, tuple[Stage, ...]] = {
    "Not decided": tuple(
        s for s in Stage
        if s not in (Stage.DRAFT, Stage.APPROVED, Stage.CONDITIONS, Stage.PRE_STATUTORY, Stage.CONSULTATION, Stage.DFE,
                     Stage.AGREEMENT, Stage.OPEN, Stage.DECLINED, Stage.DEFERRED, Stage.INELIGIBLE, Stage.WITHDRAWN,
                     Stage.LAPSED, Stage.NOT_ESTABLISHED)
    ),
    "Approved to proceed": (
        Stage.APPROVED, Stage.CONDITIONS, Stage.PRE_STATUTORY, Stage.CONSULTATION, Stage.DFE, Stage.AGREEMENT,
    ),
    "Open": (Stage.OPEN,),
    "Deferred": (Stage.DEFERRED,),
    "Declined": (Stage.DECLINED,),
    "Ineligible": (Stage.INELIGIBLE,),
    "Withdrawn": (Stage.WITHDRAWN,),
    "Lapsed or not established": (Stage.LAPSED, Stage.NOT_ESTABLISHED),
}  # fmt: skip
GROUP_OF = {stage: name for name, stages in GROUPS.items() for stage in stages}
YES = ("Approved to proceed", "Open")


@dataclass(frozen=True, slots=True)
class Sent:
    """One expression of interest of the round. Money in whole pence."""

    id: int
    district: str
    stage: Stage
    places: int
    capital: int

    @property
    def group(self) -> str:
        return GROUP_OF[self.stage]


@dataclass(frozen=True, slots=True)
class Area:
    """What the round did in a district."""

    district: str
    sought: int
    offers: int
    offered: int
    approved: int

    @property
    def share(self) -> str:
        """Of the places sought, how many are approved or open."""
        return f"{100 * self.approved // self.sought}%" if self.sought else "–"


@dataclass(frozen=True, slots=True)
class RoundReport:
    """All of it. `times`: stage, how many cases left it, and the median of days that they were in it."""

    name: str
    sought: int
    outcomes: tuple[tuple[str, int, int], ...]
    areas: tuple[Area, ...]
    times: tuple[tuple[str, int, float], ...]
    capital: int

    @property
    def offered(self) -> int:
        return sum(places for _, _, places in self.outcomes)

    @property
    def sentence(self) -> str:
        """The round in words."""
        numbers = {name: (cases, places) for name, cases, places in self.outcomes}
        yes = sum(numbers[name][1] for name in YES)
        cases = sum(number for _, number, _ in self.outcomes)
        return (
            f"{count_of(self.sought, 'place')} sought. {count_of(cases, 'expression')} of interest offered "
            f"{count_of(self.offered, 'place')}; {count_of(yes, 'place')} approved to proceed or open. "
            f"The capital of these is {money(self.capital)}, as far as it is known."
        )


def report(
    name: str, sent: Iterable[Sent], sought: Mapping[str, int], moves: Iterable[tuple[int, datetime, str | None]]
) -> RoundReport:
    """`sought`: district to places. `moves`: case, moment, and the stage entered, in order within a case."""
    every = list(sent)
    outcomes = tuple(
        (group, sum(one.group == group for one in every), sum(one.places for one in every if one.group == group))
        for group in GROUPS
    )
    names = sorted({*sought, *(one.district for one in every)})
    areas = tuple(_area(district, [o for o in every if o.district == district], sought) for district in names)
    capital = sum(one.capital for one in every if one.group in YES)
    return RoundReport(name, sum(sought.values()), outcomes, areas, _times(moves), capital)


def _area(district: str, sent: list[Sent], sought: Mapping[str, int]) -> Area:
    approved = sum(one.places for one in sent if one.group in YES)
    return Area(district, sought.get(district, 0), len(sent), sum(one.places for one in sent), approved)


def _times(moves: Iterable[tuple[int, datetime, str | None]]) -> tuple[tuple[str, int, float], ...]:
    spent: dict[str, list[float]] = {}
    since: dict[int, tuple[str, datetime]] = {}
    for case, moment, stage in moves:
        if held := since.get(case):
            spent.setdefault(held[0], []).append((moment - held[1]).total_seconds() / 86_400)
        if stage:
            since[case] = (stage, moment)
    return tuple(
        (STAGES[stage].label, len(spent[stage.value]), round(median(spent[stage.value]), 1))
        for stage in Stage
        if stage is not Stage.DRAFT and stage.value in spent
    )
