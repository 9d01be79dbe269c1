"""When schools are closed: what officers entered for a school year, or its usual pattern."""

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date, date]
USUAL = "The usual pattern, illustrative: enter the school holidays of that year"


def school_year_of(day: date) -> int:
    """The year in whose September the school year of this day begins."""
    return day.year if day.month >= 9 else day.year - 1


def usual(year: int) -> tuple[Span, ...]:
    """Half terms, Christmas, Easter and summer of the school year that begins in September of `year`."""
    half = [_week_of(date(year, 10, 29)), _week_of(date(year + 1, 2, 18)), _week_of(date(year + 1, 5, 31))]
    long = [
        (date(year, 12, 20), date(year + 1, 1, 2)),
        (date(year + 1, 4, 1), date(year + 1, 4, 14)),
        (date(year + 1, 7, 23), date(year + 1, 8, 31)),
    ]
    return tuple(sorted(half + long))


def _week_of(day: date) -> Span:
    """Monday to Friday of the week that this day is in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=4)


def spans(entered: Iterable[Span], first: date, last: date) -> tuple[Span, ...]:
    """Every closure between these days: the entered ones of each school year, or the usual ones where none is."""
    known = sorted(entered)
    found: list[Span] = []
    for year in range(school_year_of(first), school_year_of(last) + 1):
        own = [span for span in known if school_year_of(span[0]) == year]
        found += own or usual(year)
    return tuple(found)
