"""The lists of a round as an officer types them: criteria, school closure weeks, briefings, areas a place."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from eoi.rules.facts import AreaRange, Event
from eoi.rules.parsing import examine
from eoi.rules.questions.types import Kind, Question
from eoi.rules.scoring import Criterion
from eoi.rules.words import Path, label

CRITERIA = Question(
    "rubric",
    "Criteria and weights",
    Kind.ROWS,
    hint="The weights make 100 together. Questions of the form point to the codes C1 to C7: keep a code where you keep "
    "what it is about.",
    noun="lines",
    rows=(1, 12),
    parts=(
        Question("key", "Code", Kind.LINE, pattern="C[1-9][0-9]?", refused="Enter a code such as C8", noun="the code"),
        Question("title", "Criterion", Kind.LINE, noun="the criterion"),
        Question("weight", "Weight", Kind.NUMBER, low=1, high=100, noun="the weight", example="15"),
        Question("guidance", "What scorers look at", Kind.LINE, required=False),
    ),
)
CLOSURES = Question(
    "closures",
    "School closure weeks",
    Kind.ROWS,
    hint="Days in them do not count while the school has the ball. Bank holidays never count, so leave them out.",
    required=False,
    noun="closure weeks",
    rows=(0, 15),
    parts=(
        Question("first", "First day", Kind.DATE, noun="the first day"),
        Question("last", "Last day", Kind.DATE, noun="the last day"),
    ),
)

EVENTS = Question(
    "events",
    "Briefings for schools",
    Kind.ROWS,
    hint="They stand on the public page of the round.",
    required=False,
    noun="briefings",
    rows=(0, 10),
    parts=(
        Question("title", "What it is", Kind.LINE, noun="what it is"),
        Question("day", "Day", Kind.DATE, noun="the day"),
        Question("time", "Time", Kind.LINE, noun="the time", example="4pm to 5pm"),
        Question("place", "Place, or how to join", Kind.LINE, noun="the place, or how to join"),
        Question(
            "link", "Link", Kind.LINE, required=False, pattern=r"https://[^\s<>\"']{4,300}",
            refused="Enter a link that starts with https://", noun="the link",
        ),
    ),
)  # fmt: skip
AREAS = Question(
    "areas",
    "Floor area a place",
    Kind.ROWS,
    hint="The range that you plan with. Schools and officers read whether the rooms are below, within or above it. "
    "Leave it out where the council has not settled one.",
    required=False,
    noun="ranges",
    rows=(0, len(Path)),
    parts=(
        Question("path", "For", Kind.ONE_OF, options=tuple((p.value, label(p)) for p in Path), noun="what it is for"),
        Question("low", "From (m²)", Kind.NUMBER, low=1, high=200, decimals=1, noun="the lowest area"),
        Question("high", "To (m²)", Kind.NUMBER, low=1, high=200, decimals=1, noun="the highest area"),
        Question("source", "Source", Kind.LINE, noun="the source", example="Your surveyor’s note, with its date"),
    ),
)
LISTS = (CRITERIA, CLOSURES, EVENTS, AREAS)

Typed = Sequence[Mapping[str, Any]]
Errors = dict[str, str]


def criteria(typed: Typed) -> tuple[tuple[Criterion, ...], Errors]:
    """The criteria that can be read, and field's name -> message for what is missing, refused or there twice."""
    rows, errors = _rows(CRITERIA, typed)
    read = tuple(Criterion(**{"guidance": "", **row}) for row in rows)
    twice = sorted({c.key for c in read if [d.key for d in read].count(c.key) > 1})
    if twice and not errors:
        errors["rubric"] = f"Enter each code once. There is more than one {twice[0]}"
    return read, errors


def closures(typed: Typed) -> tuple[tuple[tuple[date, date], ...], Errors]:
    """The closure weeks that can be read, first and last day, and field's name -> message."""
    rows, errors = _rows(CLOSURES, typed)
    return tuple((date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) for row in rows), errors


def events(typed: Typed) -> tuple[tuple[Event, ...], Errors]:
    """The briefings that can be read, the first to come first, and field's name -> message."""
    rows, errors = _rows(EVENTS, typed)
    return tuple(sorted((Event(**{"link": "", **row}) for row in rows), key=lambda one: one.day)), errors


def areas(typed: Typed) -> tuple[tuple[AreaRange, ...], Errors]:
    """The ranges that can be read, one for each path, and field's name -> message."""
    rows, errors = _rows(AREAS, typed)
    read = tuple(AreaRange(Path(row["path"]), row["low"], row["high"], row["source"]) for row in rows)
    if not errors and len({one.path for one in read}) < len(read):
        errors["areas"] = "Enter one range for each path"
    return read, errors


def typed_events(held: Sequence[Event]) -> list[dict[str, Any]]:
    """Briefings as they stand in their boxes."""
    return [{**asdict(one), "day": _boxes(date.fromisoformat(one.day))} for one in held]


def typed_areas(held: Sequence[AreaRange]) -> list[dict[str, str]]:
    """Ranges as they stand in their boxes."""
    return [
        {"path": one.path.value, "low": f"{one.low:g}", "high": f"{one.high:g}", "source": one.source} for one in held
    ]


def typed_criteria(rubric: Sequence[Criterion]) -> list[dict[str, str]]:
    """Criteria as they stand in their boxes."""
    return [{"key": c.key, "title": c.title, "weight": str(c.weight), "guidance": c.guidance} for c in rubric]


def typed_closures(spans: Sequence[tuple[date, date]]) -> list[dict[str, dict[str, str]]]:
    """Closure weeks as they stand in their boxes."""
    return [{"first": _boxes(first), "last": _boxes(last)} for first, last in spans]


def _boxes(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _rows(question: Question, typed: Typed) -> tuple[list[dict[str, Any]], Errors]:
    """The rows that are whole, and what is wrong with the others. Rows with nothing in them are left out."""
    found = examine(question, typed)
    errors = {f"{question.key}{rest}": message for rest, message in found.errors.items()}
    whole = []
    for number, boxes in enumerate(typed):
        parsed = {part.key: examine(part, boxes.get(part.key)) for part in question.parts}
        values = {key: one.value for key, one in parsed.items() if one.value is not None}
        if not values:
            continue
        for part in question.parts:
            name = f"{question.key}-{number}-{part.key}"
            if part.required and part.key not in values and not parsed[part.key].errors:
                errors[name] = f"Row {number + 1}: enter {part.noun}"
        if all(part.key in values for part in question.parts if part.required):
            whole.append(values)
    return whole, errors
