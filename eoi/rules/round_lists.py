"""The lists of a round as an officer types them: criteria with their weights, and school closure weeks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eoi.rules.parsing import examine
from eoi.rules.questions.types import Kind, Question
from eoi.rules.scoring import Criterion

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
