"""How cases flow: how many reached each stage, how long a stage takes, and the sentences that say so.

A stage's time is counted in working days, from entering it to leaving it. Cases that still stand there do not count.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from eoi.rules.stages import STAGES, Stage
from eoi.rules.words import count_of, listed

S = Stage
#: The road that a chart shows, in its order; ways back and out stand in the table of stages.
ROAD = (
    S.SUBMITTED, S.CHECK, S.DETAIL, S.ASSESSMENT, S.VISIT, S.PANEL, S.WITH_HEAD, S.PRE_STATUTORY, S.AGREEMENT, S.OPEN,
)  # fmt: skip
APPROVED = (S.APPROVED, S.CONDITIONS)
LONGEST = timedelta(days=366 * 4)


@dataclass(frozen=True, slots=True)
class Move:
    """A case came to a stage on a day."""

    case: str
    stage: Stage
    day: date


@dataclass(frozen=True, slots=True)
class Passage:
    """A stage of the road: how many cases ever reached it, how many left it, and their middle time there."""

    stage: Stage
    reached: int
    left: int
    days: float | None  # the median, in working days
    target: int | None


def passages(moves: Iterable[Move], closed: Container[date]) -> dict[Stage, Passage]:
    """Every stage that a case has reached, from the moves of cases in their order."""
    reached: dict[Stage, set[str]] = defaultdict(set)
    times: dict[Stage, list[int]] = defaultdict(list)
    before: Move | None = None
    count = None
    for move in moves:
        reached[move.stage].add(move.case)
        if before and before.case == move.case:
            count = count or Counting(before.day - LONGEST, before.day + LONGEST, closed)
            times[before.stage].append(count.between(before.day, move.day))
        before = move
    return {
        stage: Passage(stage, len(cases), len(times[stage]), median(times[stage]) if times[stage] else None,
                       STAGES[stage].target)
        for stage, cases in reached.items()
    }  # fmt: skip


class Counting:
    """Working days between two days, looked up: `workdays.between` for thousands of pairs."""

    def __init__(self, first: date, last: date, closed: Container[date]) -> None:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days = [day.toordinal() for day in days if day.weekday() < 5 and day not in closed]

    def between(self, start: date, end: date) -> int:
        return max(0, bisect_right(self.days, end.toordinal()) - bisect_right(self.days, start.toordinal()))


def flow_in_words(found: Mapping[Stage, Passage]) -> str:
    """What the chart of the flow says."""

    def at(*stages: Stage) -> int:
        return sum(found[stage].reached for stage in stages if stage in found)

    if not at(S.SUBMITTED):
        return "Nothing has been submitted yet."
    return (
        f"{count_of(at(S.SUBMITTED), 'expression')} of interest came in. {at(S.ASSESSMENT)} reached the assessment, "
        f"{at(S.PANEL)} the panel and {at(S.WITH_HEAD)} the Head of SEN. {at(*APPROVED)} were approved to proceed, "
        f"and {at(S.OPEN)} opened."
    )


def time_in_words(found: Mapping[Stage, Passage]) -> str:
    """What the chart of the times says: the slowest stage, and those over their target."""
    timed = [found[stage] for stage in ROAD if stage in found and found[stage].days is not None]
    if not timed:
        return "No case has left a stage yet."
    slowest = max(timed, key=lambda one: one.days or 0)
    over = [STAGES[one.stage].label for one in timed if one.target is not None and (one.days or 0) > one.target]
    return (
        f"“{STAGES[slowest.stage].label}” takes longest: half of the cases left it within "
        f"{slowest.days:g} working days. "
        + (f"Over its target: {listed(over)}." if over else "No stage is over its target in the middle.")
    )


def places_in_words(places: Mapping[tuple[str, str], int]) -> str:
    """What the chart of the places says. `places`: (district, need) to places offered."""
    total = sum(places.values())
    if not total:
        return "No places are offered yet."
    districts, needs = _sums(places, 0), _sums(places, 1)
    (district, most), (need, for_need) = districts.most_common(1)[0], needs.most_common(1)[0]
    offered = f"{count_of(total, 'place')} {'is' if total == 1 else 'are'} offered"
    return f"{offered}, most of them in {district} ({most}), and most for {need} ({for_need})."


def _sums(places: Mapping[tuple[str, str], int], part: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, number in places.items():
        found[key[part]] += number
    return found


def ordered(found: Mapping[Stage, Passage]) -> Sequence[Passage]:
    """Every stage that was reached, in the order of the table of stages."""
    return [found[stage] for stage in Stage if stage in found and stage is not S.DRAFT]
