"""Working days: Monday to Friday, less the days closed (bank holidays, and schools' closure weeks where they count)."""

from collections.abc import Container
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def is_working(day: date, closed: Container[date]) -> bool:
    return day.weekday() < 5 and day not in closed


def add(day: date, count: int, closed: Container[date]) -> date:
    """The day that lies `count` working days after `day`; the day itself is not counted, as in statutory periods."""
    while count > 0:
        day += ONE_DAY
        count -= is_working(day, closed)
    return day


def back(day: date, count: int, closed: Container[date]) -> date:
    """The day that lies `count` working days before `day`; the day itself is not counted."""
    while count > 0:
        day -= ONE_DAY
        count -= is_working(day, closed)
    return day


def between(start: date, end: date, closed: Container[date]) -> int:
    """How many working days lie after `start` up to and with `end`; 0 where `end` is not later."""
    count = 0
    while start < end:
        start += ONE_DAY
        count += is_working(start, closed)
    return count


class Closed:
    """Days closed: those of a base calendar, and whole spans of dates (school closure weeks), each end included."""

    def __init__(self, base: Container[date], spans: tuple[tuple[date, date], ...] = ()) -> None:
        self.base = base
        self.spans = spans

    def __contains__(self, day: object) -> bool:
        return day in self.base or any(first <= day <= last for first, last in self.spans)  # type: ignore[operator]
