"""How long things are kept: the schedule as data, and the day on which a case or an account has to go.

The periods are proposals of the domain paper, §11, dated `AS_AT`. Each council confirms them with its records team.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from eoi.rules.stages import Stage

AS_AT = date(2026, 11, 24)
CONFIRM = "To be confirmed with the council's records team"


class Kept(StrEnum):
    """What the schedule has a line for."""

    DRAFT = "draft"
    OPEN_DRAFT = "open_draft"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"
    DECLINED = "declined"
    ENDED = "ended"
    OPENED = "opened"
    DEED = "deed"
    LETTER = "letter"
    ACCOUNT = "account"
    ADDRESS = "address"
    REQUEST = "request"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the schedule: `months` or `days` after the event that `starts` names; the warning comes before."""

    kept: Kept
    what: str
    starts: str
    months: int = 0
    days: int = 0
    warn: int = 90  # days before
    source: str = ""

    @property
    def period(self) -> str:
        """90 days, 12 months, 6 years."""
        if self.days:
            return f"{self.days} days"
        return f"{self.months // 12} years" if self.months > 12 else f"{self.months} months"

    def ends(self, start: date) -> date:
        """The day on which it has to go."""
        return after(start, self.months) + timedelta(days=self.days)


_LIMITATION = "Limitation Act 1980 s5, 6 years"
SCHEDULE: dict[Kept, Line] = {
    line.kept: line
    for line in (
        Line(Kept.DRAFT, "A draft that was never submitted", "the round closes", days=90, warn=30),
        Line(Kept.OPEN_DRAFT, "A draft in a round that stays open", "its last change", months=12, warn=30),
        Line(Kept.REFUSED, "A draft of somebody whose access was refused", "the refusal", days=60, warn=30),
        Line(Kept.WITHDRAWN, "A withdrawn expression of interest", "it is withdrawn", months=12),
        Line(Kept.INELIGIBLE, "An ineligible expression of interest", "its letter", months=12),
        Line(Kept.DECLINED, "A declined expression of interest", "its letter", months=72, source=_LIMITATION),
        Line(Kept.ENDED, "An approval that lapsed or was not established", "it ends", months=72, source=_LIMITATION),
        Line(
            Kept.OPENED,
            "An approved expression of interest",
            "the provision closes or its agreement ends",
            months=72,
            source=_LIMITATION,
        ),
        Line(
            Kept.DEED,
            "An approved one whose agreement is a deed",
            "the provision closes or its agreement ends",
            months=144,
            source="Limitation Act 1980 s8, 12 years",
        ),
        Line(
            Kept.LETTER,
            "A decision with its letters, where the rest of the case goes sooner",
            "the last letter",
            months=72,
            source=_LIMITATION,
        ),
        Line(Kept.ACCOUNT, "An account", "the last sign-in", months=12, warn=30),
        Line(Kept.ADDRESS, "Internet addresses of sign-ins", "the sign-in", days=90, warn=0),
        Line(Kept.REQUEST, "A request for information", "it is answered", months=36, warn=0),
        Line(Kept.REPORT, "A report about an entry of the Local Offer", "it is dealt with", months=12, warn=0),
    )
}

#: Nothing goes without having been warned of this many days before, however late the warning came.
SHORTEST_NOTICE = 14


@dataclass(frozen=True, slots=True)
class CaseDates:
    """What the schedule looks at on a case. Days are days in Kent."""

    stage: Stage
    round_closed_on: date | None  # None while the round stays open
    changed_on: date
    ended_on: date  # the day it reached its stage
    letter_on: date | None = None  # of the last issued letter that tells a decision
    provision_ended_on: date | None = None  # it closed, or its agreement ended
    by_deed: bool = True  # the council's agreements are sealed unless somebody says otherwise
    emptied: bool = False  # only its decision and letters are still there
    refused: bool = False  # a draft of somebody who has no place at the school; `changed_on` is the day of the refusal


@dataclass(frozen=True, slots=True)
class Due:
    """The day, the line of the schedule that says so, and whether the decision and its letters stay behind."""

    on: date
    kept: Kept
    letters_stay: bool = False

    @property
    def warn_on(self) -> date:
        return self.on - timedelta(days=SCHEDULE[self.kept].warn)

    def erase_on(self, warned_on: date) -> date:
        """The day on which it goes, given when somebody was warned."""
        return max(self.on, warned_on + timedelta(days=min(SHORTEST_NOTICE, SCHEDULE[self.kept].warn)))


_SHORT = {Stage.WITHDRAWN: Kept.WITHDRAWN, Stage.INELIGIBLE: Kept.INELIGIBLE}


def due(case: CaseDates) -> Due | None:
    """When the case has to go, or None while nothing has ended that its period could begin with.

    A deferred case waits until it is resolved, a declined one until its letter is issued. Where a letter told a
    decision, the decision and its letters stay six years, however soon the rest goes.
    """
    if case.refused:
        return _of(Kept.REFUSED, case.changed_on)
    if case.stage is Stage.DRAFT:
        if case.round_closed_on:
            return _of(Kept.DRAFT, case.round_closed_on)
        return _of(Kept.OPEN_DRAFT, case.changed_on)
    if case.stage in _SHORT:
        return _short(case)
    if case.stage is Stage.DECLINED:
        return _of(Kept.DECLINED, case.letter_on) if case.letter_on else None
    if case.stage in (Stage.LAPSED, Stage.NOT_ESTABLISHED):
        return _longer(_of(Kept.ENDED, case.ended_on), case.letter_on)
    if case.stage is Stage.OPEN and case.provision_ended_on:
        return _longer(_of(Kept.DEED if case.by_deed else Kept.OPENED, case.provision_ended_on), case.letter_on)
    return None


def account_due(last_used_on: date) -> Due:
    """When an account that nobody uses has to go."""
    return _of(Kept.ACCOUNT, last_used_on)


def after(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _of(kept: Kept, start: date) -> Due:
    return Due(SCHEDULE[kept].ends(start), kept)


def _short(case: CaseDates) -> Due:
    """Withdrawn or ineligible: the contents after a year, then the decision and its letters, where there are any."""
    if case.emptied and case.letter_on:
        return _of(Kept.LETTER, case.letter_on)
    kept = _SHORT[case.stage]
    start = case.letter_on if kept is Kept.INELIGIBLE and case.letter_on else case.ended_on
    first = _of(kept, start)
    stay = case.letter_on is not None and SCHEDULE[Kept.LETTER].ends(case.letter_on) > first.on
    return Due(first.on, kept, letters_stay=stay)


def _longer(found: Due, letter_on: date | None) -> Due:
    """No letter goes before its six years."""
    if letter_on and SCHEDULE[Kept.LETTER].ends(letter_on) > found.on:
        return _of(Kept.LETTER, letter_on)
    return found
