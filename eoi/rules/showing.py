"""Answers as people read them: on check-your-answers, in the review, in PDFs, exports and snapshots."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eoi.rules.questions.types import Kind, Question
from eoi.rules.words import long_date, money

Names = Mapping[int, str]  # URN -> name of the school


def shown(question: Question, value: Any, names: Names | None = None) -> str:
    """The answer in one string, "" where there is none. A value that the question no longer knows is shown as it is.

    `names` gives schools their names; without it a school is shown by its URN.
    """
    if value is None or value == [] or value == {}:
        return ""
    if question.kind is Kind.GRID:
        return "; ".join(f"{label}: {text}" for label, text in shown_rows(question, value, names) if text)
    if question.kind is Kind.ROWS:
        return "\n".join(", ".join(cell for cell in row if cell) for row in shown_rows(question, value, names))
    if question.kind in (Kind.ANY_OF, Kind.SCHOOLS):
        return "; ".join(_one(question, one, names) for one in (value if isinstance(value, list) else [value]))
    return _one(question, value, names)


def reaches_somebody(key: str) -> bool:
    """Whether this question asks how to reach a person of the school: for officers, not for those who only judge."""
    return key.endswith(("_email", "_phone"))


def heads(question: Question) -> tuple[str, ...]:
    """The column heads of the table that `shown_rows` fills."""
    if question.kind is Kind.GRID:
        return ("Item", "Answer")
    return tuple(part.label for part in question.parts)


def shown_rows(question: Question, value: Any, names: Names | None = None) -> tuple[tuple[str, ...], ...]:
    """A GRID as (part's label, answer) lines, ROWS as lines of cells in the order of `heads`; () for other kinds."""
    if question.kind is Kind.GRID:
        cells = value if isinstance(value, dict) else {}
        return tuple((part.label, shown(part, cells.get(part.key), names)) for part in question.parts)
    if question.kind is Kind.ROWS:
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return tuple(tuple(shown(part, row.get(part.key), names) for part in question.parts) for row in rows)
    return ()


def _one(question: Question, value: Any, names: Names | None) -> str:
    if question.kind is Kind.YES_NO and isinstance(value, bool):
        return "Yes" if value else "No"
    if question.kind in (Kind.ONE_OF, Kind.ANY_OF):
        return dict(question.options).get(value, str(value)) if isinstance(value, str) else str(value)
    if question.kind in (Kind.SCHOOL, Kind.SCHOOLS):
        return f"{names[value]} (URN {value})" if names and value in names else f"URN {value}"
    if question.kind is Kind.MONEY and isinstance(value, int):
        return money(value)
    if question.kind is Kind.NUMBER and isinstance(value, int | float):
        return f"{value:,}{_unit(question.suffix)}"
    if question.kind in (Kind.DATE, Kind.MONTH) and isinstance(value, str):
        return _day(question.kind, value)
    return str(value)


def _unit(suffix: str) -> str:
    return suffix if suffix in ("", "%") else f" {suffix}"


def _day(kind: Kind, value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day:%B %Y}" if kind is Kind.MONTH else long_date(day)
