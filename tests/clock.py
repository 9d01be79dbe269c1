"""The tests' own time: it stands still until a test travels."""

from datetime import datetime, timedelta

from eoi.rules.words import LONDON

#: A Tuesday in term, before Christmas: the round of the examples is open.
START = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)


class Clock:
    """Give this as `CLOCK`: calling it tells the time."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def travel(self, to: datetime | str) -> None:
        """Go to this moment; a text such as "2026-12-01 12:00" is London time."""
        moment = datetime.fromisoformat(to) if isinstance(to, str) else to
        self.moment = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)

    def advance(self, **duration: float) -> None:
        """Go on by so many days, hours, minutes."""
        self.moment += timedelta(**duration)
