"""The plan of dates from a wanted opening back to the first step, and how far delivery is behind it.

Each step is counted back from the one that waits for it. Weeks are calendar weeks; a day on which nobody works is
moved to the working day before it. A consultation is counted in school weeks of five days, so that bank holidays and
school holidays do not count. Nothing is built and nobody recruited before the agreement is signed.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from eoi.rules import workdays
from eoi.rules.guidance import Figure, Key
from eoi.rules.statutory import Route
from eoi.rules.words import count_of, long_date

WEEK = timedelta(weeks=1)
REACH = 6  # years after the start in which the earliest opening is looked for


class Mark(StrEnum):
    """A milestone, in the order in which they come."""

    CONSULTATION_STARTS = "consultation_starts"
    CONSULTATION_ENDS = "consultation_ends"
    NOTICE = "notice"
    REPRESENTATIONS_END = "representations_end"
    DECISION = "decision"
    APPLICATION = "application"
    DFE_DECISION = "dfe_decision"
    DEED = "deed"
    AGREEMENT = "agreement"
    BUILDING_STARTS = "building_starts"
    BUILDING_ENDS = "building_ends"
    RECRUITMENT = "recruitment"
    STAFF = "staff"
    REGISTER = "register"
    OPENING = "opening"
    CENSUS = "census"


MARKS: dict[Mark, str] = {
    Mark.CONSULTATION_STARTS: "Consultation starts",
    Mark.CONSULTATION_ENDS: "Consultation ends",
    Mark.NOTICE: "Statutory notice",
    Mark.REPRESENTATIONS_END: "Representations end",
    Mark.DECISION: "Statutory decision",
    Mark.APPLICATION: "Application to the DfE",
    Mark.DFE_DECISION: "Decision by the DfE",
    Mark.DEED: "Deed of variation",
    Mark.AGREEMENT: "Agreement signed",
    Mark.BUILDING_STARTS: "Building work starts",
    Mark.BUILDING_ENDS: "Building work ends",
    Mark.RECRUITMENT: "Recruitment starts",
    Mark.STAFF: "Staff appointed",
    Mark.REGISTER: "On the register",
    Mark.OPENING: "Opening",
    Mark.CENSUS: "First school census",
}
BUILDING: dict[str, Key] = {"existing": Key.BUILD_NONE, "adapt": Key.BUILD_ADAPT, "new": Key.BUILD_NEW}


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of the plan: its day, and in words why then."""

    mark: Mark
    on: date
    why: str

    @property
    def title(self) -> str:
        return MARKS[self.mark]


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in the order of their days, whether they can be kept, and why. `earliest`: where they cannot."""

    steps: tuple[Planned, ...]
    feasible: bool
    why: str
    earliest: date | None = None

    def on(self, mark: Mark) -> date:
        return next(step.on for step in self.steps if step.mark is mark)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days on which nobody works, and those on which schools are closed besides."""

    bank_holidays: Container[date]
    closures: tuple[tuple[date, date], ...] = ()

    @property
    def school(self) -> workdays.Closed:
        return workdays.Closed(self.bank_holidays, self.closures)

    def before(self, day: date) -> date:
        """This day where it is a working day, else the last working day before it."""
        while not workdays.is_working(day, self.bank_holidays):
            day -= workdays.ONE_DAY
        return day


def plan(
    route: Route,
    opening: date,
    start: date,
    *,
    building: str,
    figures: Mapping[Key, Figure],
    calendar: Calendar,
) -> Plan:
    """The dates that an opening on this day asks for. `start`: the first day on which work can begin.

    `building`: "existing", "adapt" or "new". Where no special school is agreed there is no plan, and `why` says so.
    """
    if route is Route.NOT_KNOWN:
        why = "The partner special school is not agreed. The route depends on its type, so there is no plan yet."
        return Plan((), False, why)
    steps = _steps(route, opening, building, figures, calendar)
    first = steps[0]
    if first.on >= start:
        spare = count_of((first.on - start).days // 7, "week")
        return Plan(steps, True, f"Feasible: {first.title.lower()} on {long_date(first.on)}, {spare} from now.")
    earliest = next(
        (day for day in _openings(opening, start) if _steps(route, day, building, figures, calendar)[0].on >= start),
        None,
    )
    offer = f" The earliest opening that can be kept is {long_date(earliest)}." if earliest else ""
    why = f"Not feasible: {first.title.lower()} by {long_date(first.on)}, and that day has passed."
    return Plan(steps, False, why + offer, earliest)


def begins(
    route: Route, opening: date, *, building: str, figures: Mapping[Key, Figure], calendar: Calendar
) -> date | None:
    """The day on which work has to begin for this opening; None where no special school is agreed."""
    return None if route is Route.NOT_KNOWN else _steps(route, opening, building, figures, calendar)[0].on


def _openings(wanted: date, start: date) -> Sequence[date]:
    """The 1 September, 1 January and 1 April after the wanted opening, for some years."""
    years = range(min(wanted.year, start.year), start.year + REACH + 1)
    return sorted(date(year, month, 1) for year in years for month in (1, 4, 9) if date(year, month, 1) > wanted)


def _steps(
    route: Route, opening: date, building: str, figures: Mapping[Key, Figure], calendar: Calendar
) -> tuple[Planned, ...]:
    value = {key: figure.value for key, figure in figures.items()}
    ends = calendar.before(opening - WEEK)
    starts = calendar.before(ends - value[BUILDING[building]] * WEEK)
    recruit = calendar.before(ends - value[Key.RECRUIT] * WEEK)
    agreed = min(starts, recruit)
    register = calendar.before(opening - value[Key.REGISTER] * WEEK)
    shared = [
        Planned(Mark.AGREEMENT, agreed, "Before anybody builds or recruits"),
        Planned(Mark.BUILDING_STARTS, starts, f"{count_of(value[BUILDING[building]], 'week')} of work"),
        Planned(Mark.BUILDING_ENDS, ends, "A week before opening"),
        Planned(Mark.RECRUITMENT, recruit, f"{count_of(value[Key.RECRUIT], 'week')} to appoint and start"),
        Planned(Mark.STAFF, ends, "A week before opening"),
        Planned(Mark.REGISTER, register, f"{count_of(value[Key.REGISTER], 'week')} before opening"),
        Planned(Mark.OPENING, opening, "As wanted"),
        Planned(Mark.CENSUS, census_after(opening), "The first census day after opening, with the unit’s flags set"),
    ]
    decided = calendar.before(agreed - value[Key.AGREEMENT] * WEEK)
    if route in (Route.PROPOSAL, Route.SPECIAL_PROPOSAL):
        formal = _proposal(decided, value, calendar)
    else:
        formal = _significant(decided, value, calendar)
    order = list(Mark)
    return tuple(sorted(formal + shared, key=lambda step: (step.on, order.index(step.mark))))


def _proposal(decided: date, value: Mapping[Key, int], calendar: Calendar) -> list[Planned]:
    notice = calendar.before(decided - (value[Key.DECIDE] + value[Key.REPRESENTATIONS]) * WEEK)
    while notice in calendar.school or notice.weekday() > 4:
        notice -= workdays.ONE_DAY
    represented = notice + value[Key.REPRESENTATIONS] * WEEK
    limit = months_after(represented, value[Key.DECISION_LIMIT])
    within = f"{count_of(value[Key.AGREEMENT], 'week')} before the agreement; by {long_date(limit)} at the latest"
    return [
        *_consultation(notice, value, calendar),
        Planned(Mark.NOTICE, notice, "On a school day, so that the notice is seen"),
        Planned(Mark.REPRESENTATIONS_END, represented, f"{count_of(value[Key.REPRESENTATIONS], 'week')}, fixed by law"),
        Planned(Mark.DECISION, min(decided, calendar.before(limit)), within),
    ]


def _significant(deed: date, value: Mapping[Key, int], calendar: Calendar) -> list[Planned]:
    decided = calendar.before(deed - value[Key.DEED] * WEEK)
    applied = calendar.before(decided - value[Key.DFE] * WEEK)
    return [
        *_consultation(applied, value, calendar),
        Planned(Mark.APPLICATION, applied, "Before the change is made"),
        Planned(Mark.DFE_DECISION, decided, f"{count_of(value[Key.DFE], 'week')} after the application"),
        Planned(Mark.DEED, deed, f"{count_of(value[Key.DEED], 'week')} after the decision"),
    ]


def _consultation(before: date, value: Mapping[Key, int], calendar: Calendar) -> list[Planned]:
    ends = workdays.back(before - value[Key.PREPARE] * WEEK + workdays.ONE_DAY, 1, calendar.school)
    starts = workdays.back(ends + workdays.ONE_DAY, 5 * value[Key.CONSULTATION], calendar.school)
    weeks = f"{count_of(value[Key.CONSULTATION], 'school week')}, without holidays"
    ready = f"{count_of(value[Key.PREPARE], 'week')} to report and prepare"
    return [Planned(Mark.CONSULTATION_STARTS, starts, weeks), Planned(Mark.CONSULTATION_ENDS, ends, ready)]


def months_after(day: date, count: int) -> date:
    """The day of the same number so many months later, or the last of that month."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError  # every month has 28 days


def census_after(day: date) -> date:
    """The first school census day on or after this one: the third Thursday of January and May, the first of October."""
    days = [
        _thursday(year, month, number)
        for year in (day.year, day.year + 1)
        for month, number in ((1, 3), (5, 3), (10, 1))
    ]
    return next(one for one in days if one >= day)


def _thursday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (number - 1))


def slip(planned: date, expected: date, actual: date | None) -> int:
    """Calendar days later than first planned; negative where earlier."""
    return ((actual or expected) - planned).days


def behind(days: int) -> str:
    """2 weeks late, 3 days early, as planned."""
    if days == 0:
        return "as planned"
    size = abs(days)
    told = count_of(size // 7, "week") if size % 7 == 0 else count_of(size, "day")
    return f"{told} {'late' if days > 0 else 'early'}"
