"""The words that people read: closed sets with their labels, and the shapes of dates, money and counts.

Every page, mail and PDF takes its words from here, so that they agree.
"""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FEWER = "fewer than 5"  # one to four pupils, in every answer, figure and export


class Path(StrEnum):
    """How the places would be hosted (domain: resourced provision and satellite are legally different)."""

    SRP = "srp"
    SATELLITE = "satellite"


class Need(StrEnum):
    """Primary need of the pupils; codes follow GIAS SEN lists."""

    ASD = "asd"
    SEMH = "semh"
    SLCN = "slcn"


class Phase(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"


class Step(StrEnum):
    """The two steps of the form: the expression of interest, then the detail asked of shortlisted schools."""

    EOI = "eoi"
    DETAIL = "detail"
    REVIEW = "review"  # the council's own records


class Openness(StrEnum):
    """Whether a strand (path, need, phase) of a round takes expressions of interest."""

    OPEN = "open"
    BY_EXCEPTION = "by_exception"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What the Head of SEN decides on an expression of interest. Never more than "approved to proceed"."""

    APPROVED = "approved"
    CONDITIONS = "approved_with_conditions"
    DECLINED = "declined"
    DEFERRED = "deferred"


class Designation(StrEnum):
    """What a provision is recognised for; codes follow the GIAS list of SEN provision."""

    ASD = "asd"
    SEMH = "semh"
    SLCN = "slcn"
    HI = "hi"
    VI = "vi"
    MSI = "msi"
    PD = "pd"
    MLD = "mld"
    SLD = "sld"
    PMLD = "pmld"
    PSCN = "pscn"
    SPLD = "spld"
    OTH = "oth"


class State(StrEnum):
    """How far a provision is. Only what exists counts as existing."""

    EXISTING = "existing"
    AGREED = "agreed"  # decided, and not known to be open
    PLANNED = "planned"
    CLOSED = "closed"


LABELS: dict[StrEnum, str] = {
    Path.SRP: "Resourced provision",
    Path.SATELLITE: "Satellite of a special school",
    Need.ASD: "Autism",
    Need.SEMH: "Social, emotional and mental health",
    Need.SLCN: "Speech, language and communication",
    Phase.PRIMARY: "Primary",
    Phase.SECONDARY: "Secondary",
    Step.EOI: "Expression of interest",
    Step.DETAIL: "Detail",
    Step.REVIEW: "Review",
    Openness.OPEN: "Open",
    Openness.BY_EXCEPTION: "By exception",
    Openness.CLOSED: "Closed",
    Outcome.APPROVED: "Approved to proceed",
    Outcome.CONDITIONS: "Approved to proceed, with conditions",
    Outcome.DECLINED: "Declined",
    Outcome.DEFERRED: "Deferred",
    Designation.HI: "Hearing impairment",
    Designation.VI: "Visual impairment",
    Designation.MSI: "Multi-sensory impairment",
    Designation.PD: "Physical disability",
    Designation.MLD: "Moderate learning difficulty",
    Designation.SLD: "Severe learning difficulty",
    Designation.PMLD: "Profound and multiple learning difficulty",
    Designation.PSCN: "Profound, severe and complex needs",
    Designation.SPLD: "Specific learning difficulty",
    Designation.OTH: "Other need",
    State.EXISTING: "Existing",
    State.AGREED: "Agreed, not known to be open",
    State.PLANNED: "Planned or proposed",
    State.CLOSED: "Closed",
}


def label(member: StrEnum) -> str:
    """The words a person reads for a member of a closed set."""
    return LABELS[member]


def long_date(day: date | datetime) -> str:
    """24 November 2016. A time is shown as the day it was in Kent."""
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date()
    return f"{day.day} {day:%B %Y}"


def short_date(day: date | datetime) -> str:
    """3 Dec 2026, for close rows."""
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date()
    return f"{day.day} {day:%b %Y}"


def weekday_date(day: date) -> str:
    """Thursday 24 November 2016."""
    return f"{day:%A} {long_date(day)}"


def file_size(size: int) -> str:
    """1.2 MB, 340 KB, from bytes."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1_000)):,} KB"


def clock_time(moment: datetime) -> str:
    """5pm, 5:30pm, 12 noon, midnight."""
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "12 noon" if local.hour else "midnight"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"


def date_and_time(moment: datetime) -> str:
    """24 November 2016 at 5pm."""
    return f"{long_date(moment)} at {clock_time(moment)}"


def money(pence: int) -> str:
    """£1,234 or £1,234.50, from whole pence."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}" + (f".{rest:02}" if rest else "")


def count_of(number: int, singular: str, plural: str = "") -> str:
    """1 place, 2 places."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(things: list[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)
