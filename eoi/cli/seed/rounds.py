"""The rounds of the demonstration: one that is open now, and two that have closed."""

from datetime import date, datetime, time, timedelta
from itertools import product

from eoi.models import Round
from eoi.rules import workdays
from eoi.rules.facts import Event, StrandFacts
from eoi.rules.permissions import SYSTEM
from eoi.rules.scoring import RUBRIC
from eoi.rules.words import LONDON, Need, Openness, Path, Phase
from eoi.workflow import rounds
from eoi.workflow.rounds import RoundWanted

SEMH_NOTE = (
    "On 4 December 2025 the council decided not to commission resourced provision for SEMH. A school that sees a "
    "reason for an exception gives its case first. A satellite of a special school is open."
)
YEARS_NOTE = "Secondary places are for Years 7 to 11."
INTRODUCTION = (
    "We are short of places for children and young people with autism, and with social, emotional and mental health "
    "needs. We ask mainstream schools and academies to host a resourced provision, or a satellite of a special school."
)
SLUG = str.maketrans(" ", "-", "()")
DECISION = "Cabinet decision of 4 December 2025"


def strands() -> tuple[StrandFacts, ...]:
    """Autism open on both paths, SEMH as a satellite; SEMH resourced provision by exception."""
    found = []
    for path, need, phase in product(Path, (Need.ASD, Need.SEMH), Phase):
        by_exception = path is Path.SRP and need is Need.SEMH
        note = SEMH_NOTE if by_exception else YEARS_NOTE if phase is Phase.SECONDARY else ""
        openness = Openness.BY_EXCEPTION if by_exception else Openness.OPEN
        found.append(StrandFacts(path, need, phase, openness, note, DECISION if by_exception or note else ""))
    return tuple(found)


def noon(day: date) -> datetime:
    """12 noon in Kent."""
    return datetime.combine(day, time(12), LONDON)


def working(day: date) -> date:
    """This day, or the next one from Monday to Friday."""
    while not workdays.is_working(day, ()):
        day += timedelta(days=1)
    return day


def make_round(name: str, opens: date, closes: date | None, *, illustrative: bool = True) -> Round:
    """A round of the demonstration, opened at 9am and closing at noon. Nothing is committed."""
    made = rounds.create(
        RoundWanted(
            slug=name.lower().translate(SLUG),
            name=name,
            opens_at=noon(working(opens)) - timedelta(hours=3),
            closes_at=noon(working(closes)) if closes else None,
            decisions_by=working(closes + timedelta(days=90)) if closes else None,
            rubric=RUBRIC,
            strands=strands(),
            introduction=INTRODUCTION,
            events=(
                Event(
                    "Briefing for headteachers and SENCOs",
                    working(opens + timedelta(days=9)).isoformat(),
                    "4pm to 5pm",
                    "Online. Email us for the link",
                ),
            ),
        ),
        by=SYSTEM,
    )
    made.illustrative = illustrative
    return made


def name_of(closes: date) -> str:
    """As it stands in a sentence: "the Autumn 2026 round"."""
    season = "Spring" if closes.month < 4 else "Summer" if closes.month < 10 else "Autumn"
    return f"{season} {closes.year} round"
