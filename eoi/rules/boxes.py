"""What is typed, between the page and the rules: from the fields of a form, and back into its boxes.

Fields are named for their question: `key`; `key-day`, `key-month`, `key-year`; `key-part` of a GRID; `key-0-part`,
`key-1-part` of ROWS.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from eoi.rules.parsing import LINE_LONGEST, clean, examine
from eoi.rules.questions.types import Kind, Question, Section

SPARE_ROWS = 50  # rows read beyond the limit, so that too many are refused and not dropped
LONGEST_KEPT = 100_000
DATE_PARTS = {Kind.DATE: ("day", "month", "year"), Kind.MONTH: ("month", "year")}


class Fields(Protocol):
    """The posted fields: werkzeug's MultiDict, or anything like it."""

    def get(self, key: str) -> Any: ...

    def getlist(self, key: str) -> list[str]: ...


def typed_from_form(question: Question, fields: Fields, name: str = "") -> Any:
    """What was typed for one question, in the shape that `parse` takes. `name` is the field's, where not the key."""
    name = name or question.key
    if parts := DATE_PARTS.get(question.kind):
        return {part: fields.get(f"{name}-{part}") or "" for part in parts}
    if question.kind is Kind.GRID:
        return {part.key: typed_from_form(part, fields, f"{name}-{part.key}") for part in question.parts}
    if question.kind is Kind.ROWS:
        rows = range(question.rows[1] + SPARE_ROWS)
        return [
            {part.key: typed_from_form(part, fields, f"{name}-{row}-{part.key}") for part in question.parts}
            for row in rows
            if _has_row(question, fields, f"{name}-{row}")
        ]
    if question.kind in (Kind.ANY_OF, Kind.SCHOOLS):
        return list(fields.getlist(name))
    return fields.get(name) or ""


def _has_row(question: Question, fields: Fields, name: str) -> bool:
    for part in question.parts:
        for field in _fields_of(part, f"{name}-{part.key}"):
            if fields.get(field) is not None:
                return True
    return False


def _fields_of(question: Question, name: str) -> tuple[str, ...]:
    return tuple(f"{name}-{part}" for part in DATE_PARTS.get(question.kind, ())) or (name,)


def typed_from_value(question: Question, value: Any) -> Any:
    """A stored value as it stands in the boxes: the inverse of `parse`."""
    if question.kind in DATE_PARTS:
        year, month, day = str(value).split("-") if value else ("", "", "")
        boxes = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        return {part: boxes[part] for part in DATE_PARTS[question.kind]}
    if question.kind is Kind.GRID:
        return {part.key: typed_from_value(part, (value or {}).get(part.key)) for part in question.parts}
    if question.kind is Kind.ROWS:
        return [{part.key: typed_from_value(part, row.get(part.key)) for part in question.parts} for row in value or []]
    if question.kind in (Kind.ANY_OF, Kind.SCHOOLS):
        return [str(one) for one in value or []]
    if value is None:
        return ""
    if question.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if question.kind is Kind.MONEY:
        pounds, pence = divmod(abs(int(value)), 100)
        return f"{'-' if value < 0 else ''}{pounds}" + (f".{pence:02}" if pence else "")
    return str(value)


def typed(section: Section, answers: Mapping[str, Any], unfinished: Mapping[str, Any]) -> dict[str, Any]:
    """What the boxes of a section hold: what was refused, as it was typed, or else what is stored."""
    return {
        q.key: unfinished[q.key] if q.key in unfinished else typed_from_value(q, answers.get(q.key))
        for q in section.questions
    }


def kept(question: Question, typed: object) -> Any:
    """What was typed, in the question's shape and fit to be stored as unfinished: never a small number, no junk."""
    if question.small_numbers:
        return typed_from_value(question, examine(question, typed).value)
    boxes: Mapping[str, Any] = typed if isinstance(typed, dict) else {}
    if parts := DATE_PARTS.get(question.kind):
        return {part: clean(boxes.get(part))[:LINE_LONGEST] for part in parts}
    if question.kind is Kind.GRID:
        return {part.key: kept(part, boxes.get(part.key)) for part in question.parts}
    if question.kind is Kind.ROWS:
        rows = typed[: question.rows[1] + SPARE_ROWS] if isinstance(typed, list) else []
        return [
            {part.key: kept(part, row.get(part.key)) for part in question.parts}
            for row in rows
            if isinstance(row, dict)
        ]
    if question.kind is Kind.SCHOOLS:
        return [clean(one)[:LONGEST_KEPT] for one in typed[:100]] if isinstance(typed, list) else []
    if question.kind is Kind.ANY_OF:
        ticked = {clean(one) for one in typed} if isinstance(typed, list) else set()
        return [key for key, _ in question.options if key in ticked]
    if question.kind in (Kind.ONE_OF, Kind.YES_NO):
        return typed_from_value(question, examine(question, typed).value)
    return clean(typed)[:LONGEST_KEPT]
