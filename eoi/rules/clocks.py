"""When a case is due: the targets of each stage in working days, and the council's own promise from close to letter.

Targets are proposals of the domain paper, §8: 50 working days from close to decision letter, the clock stopped while
the school has the ball.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eoi.rules import workdays
from eoi.rules.stages import STAGES, Court, Stage

LETTER_TARGET = 50  # working days from the close of the round to the decision letter
AMBER_SHARE = 0.2  # the last fifth of a target


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a case stands against its stage's target, in working days."""

    days: int
    target: int | None
    due_on: date | None
    light: Light

    @property
    def words(self) -> str:
        """ "3 of 10 working days", "4 working days over", "2 working days"."""
        days = f"{self.days} working day{'' if self.days == 1 else 's'}"
        if self.target is None:
            return days
        if self.days > self.target:
            over = self.days - self.target
            return f"{over} working day{'' if over == 1 else 's'} over"
        return f"{self.days} of {self.target} working days"


def due_on(stage: Stage, since: date, closed: Container[date]) -> date | None:
    """The day by which the stage should be left, or None where it has no target."""
    target = STAGES[stage].target
    return workdays.add(since, target, closed) if target is not None else None


@dataclass(frozen=True, slots=True)
class OnHold:
    """The council's own pauses at this stage: the day the present one began, and working days of those before."""

    since: date | None = None
    days: int = 0


def clock(
    stage: Stage, since: date, due: date | None, today: date, closed: Container[date], hold: OnHold | None = None
) -> Clock:
    """Where the case stands today. `due` is the stored day, which an extension, a hold or a review date has moved.

    Days on hold do not count, and the clock stands still while one goes on.
    """
    hold = hold or OnHold()
    days = workdays.between(since, hold.since or today, closed) - hold.days
    if due is None or STAGES[stage].court is Court.NOBODY:
        return Clock(days, None, due, Light.NONE)
    target = workdays.between(since, due, closed) - hold.days
    return Clock(days, target, due, light(days, target))


def light(days: int, target: int) -> Light:
    """Green; amber in the last fifth of the target; red when it has passed."""
    if days > target:
        return Light.RED
    return Light.AMBER if days >= target * (1 - AMBER_SHARE) else Light.GREEN


def letter_due(closed_on: date, paused: int, closed: Container[date]) -> date:
    """The day the council promised the decision letter: 50 working days after close, plus those the school held."""
    return workdays.add(closed_on, LETTER_TARGET + paused, closed)


def letter_clock(closed_on: date, paused: int, today: date, closed: Container[date]) -> Clock:
    """Where the case stands on its way to the decision letter; `paused` working days that the school held do not count.

    The days run from the close of the round. They stop while the school has the ball: its days are among `paused`.
    """
    days = max(0, workdays.between(closed_on, today, closed) - paused)
    return Clock(days, LETTER_TARGET, letter_due(closed_on, paused, closed), light(days, LETTER_TARGET))
