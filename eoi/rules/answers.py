"""The answers of a section: what is kept, what is refused, what is missing, what is pointed out, how far it is.

Other code imports from here; `parsing`, `boxes` and `showing` hold the parts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from eoi.rules import pupil_data
from eoi.rules.boxes import kept, typed, typed_from_form, typed_from_value
from eoi.rules.facts import Facts
from eoi.rules.parsing import count_words, examine, parse, starting
from eoi.rules.questions.types import Kind, Question, Section, Seen
from eoi.rules.showing import heads, shown, shown_rows
from eoi.rules.words import FEWER

__all__ = [
    "FEWER",
    "Saved",
    "Status",
    "count_words",
    "flagged",
    "heads",
    "options",
    "parse",
    "save",
    "shown",
    "shown_rows",
    "status",
    "typed",
    "typed_from_form",
    "typed_from_value",
    "visible",
    "warnings",
    "wrong",
]

Answers = Mapping[str, Any]
UNEXPLAINED = "Remove what could identify a pupil, or say why it does not"


class Status(StrEnum):
    """Of a task, in the words of the GOV.UK task list."""

    NOT_STARTED = "Not yet started"
    IN_PROGRESS = "In progress"
    COMPLETED = "Completed"


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a section gives: values by key, refused text by key, and messages by field name."""

    answers: dict[str, Any]
    unfinished: dict[str, Any]
    errors: dict[str, str]


def save(section: Section, facts: Facts, typed: Answers) -> Saved:
    """Keep what is valid of the section's typed answers, and say what is not. Nothing is required here.

    `typed` maps each question's key to what was typed (see `parse`). A question that does not apply, or that another
    answer hides, is not stored. Questions answered by documents are left alone.
    """
    saved = Saved({}, {}, {})
    for question in section.questions:
        if not _asked(question, saved.answers, facts):
            continue
        parsed = examine(question, typed.get(question.key))
        if parsed.value is not None:
            saved.answers[question.key] = parsed.value
        if parsed.errors:
            saved.unfinished[question.key] = kept(question, typed.get(question.key))
            saved.errors.update({f"{question.key}{rest}": message for rest, message in parsed.errors.items()})
    return saved


def visible(section: Section, answers: Answers, facts: Facts) -> tuple[Question, ...]:
    """The questions that this school is asked, given what it has answered, in order."""
    return tuple(question for question in section.questions if _asked(question, answers, facts))


def options(question: Question, facts: Facts) -> tuple[tuple[str, str], ...]:
    """The options that this school may choose from."""
    return tuple((key, label) for key, label in question.options if question.offered(key, facts))


def wrong(
    section: Section,
    answers: Answers,
    facts: Facts,
    today: date | None,
    *,
    others: Answers | None = None,
    decisions_by: date | None = None,
    documents: Collection[str] = (),
    explained: Collection[str] = (),
) -> dict[str, str]:
    """What stops the section from being submitted: key of the question -> message, in the order of the page.

    `others` holds every answer of the submission by key, `documents` the keys of the questions that have a file,
    `explained` those of which the school has said why the answer tells of no pupil though it seems to.
    Without `today` or `decisions_by`, what depends on them is not looked at.
    """
    found: dict[str, str] = {}
    for question in visible(section, answers, facts):
        value = answers.get(question.key)
        if message := _wrong_one(question, value, facts, today, question.key in documents):
            found[question.key] = message
        elif question.key not in explained and pupil_data.warning(value):
            found[question.key] = UNEXPLAINED
    seen = Seen(answers, others or {}, facts, today, decisions_by, documents)
    for check in section.checks:
        found = check(seen) | found
    order = [question.key for question in section.questions]
    return {key: found[key] for key in order if key in found}


def warnings(section: Section, answers: Answers, facts: Facts, *, others: Answers | None = None) -> dict[str, str]:
    """What is pointed out and stops nobody: unusual answers, and signs of a pupil's data."""
    found = flagged(section, answers, facts)
    for advice in section.advice:
        found = advice(Seen(answers, others or {}, facts)) | found
    return found


def flagged(section: Section, answers: Answers, facts: Facts) -> dict[str, str]:
    """The answers that seem to tell of a pupil: key of the question -> what is pointed out."""
    told = {q.key: pupil_data.warning(answers.get(q.key)) for q in visible(section, answers, facts)}
    return {key: message for key, message in told.items() if message}


def status(
    section: Section,
    answers: Answers | None,
    unfinished: Answers | None,
    facts: Facts,
    *,
    today: date | None = None,
    others: Answers | None = None,
    decisions_by: date | None = None,
    documents: Collection[str] = (),
    explained: Collection[str] = (),
) -> Status:
    """How far the task is. `answers` is None or empty until the section was first saved."""
    has_file = any(question.key in documents for question in section.questions)
    if not answers and not unfinished and not has_file:
        return Status.NOT_STARTED
    given = answers or {}
    looked_at = {"others": others, "decisions_by": decisions_by, "documents": documents, "explained": explained}
    if unfinished or wrong(section, given, facts, today, **looked_at):  # type: ignore[arg-type]
        return Status.IN_PROGRESS
    return Status.COMPLETED


def _asked(question: Question, answers: Answers, facts: Facts) -> bool:
    if not question.applies(facts):
        return False
    if question.shown_if is None:
        return True
    key, needed = question.shown_if
    answer = answers.get(key)
    if isinstance(answer, bool):
        return needed == ("yes" if answer else "no")
    return needed in answer if isinstance(answer, list) else needed == answer


def _wrong_one(question: Question, value: Any, facts: Facts, today: date | None, has_file: bool) -> str:
    if value is None:
        missing = question.required and not (question.kind is Kind.FILE and has_file)
        return (question.missing or f"Enter {question.called}") if missing else ""
    if question.kind is Kind.GRID:
        return _wrong_part(question, value, facts, today)
    if question.kind is Kind.ROWS:
        return _wrong_row(question, value, facts, today)
    if question.must_yes and value is not True:
        return question.must_yes
    if question.past and today and value > today.isoformat():
        return f"{starting(question.called)} must be today or in the past"
    if question.kind in (Kind.ONE_OF, Kind.ANY_OF):
        return _not_offered(question, value, facts)
    return ""


def _wrong_part(question: Question, values: Answers, facts: Facts, today: date | None) -> str:
    for part in question.parts:
        if part.applies(facts) and (message := _wrong_one(part, values.get(part.key), facts, today, False)):
            return message
    return ""


def _wrong_row(question: Question, rows: list[Any], facts: Facts, today: date | None) -> str:
    if len(rows) < question.rows[0]:
        return question.missing
    for number, row in enumerate(rows, 1):
        if message := _wrong_part(question, row, facts, today):
            return f"Row {number}: {message[:1].lower()}{message[1:]}"
    return ""


def _not_offered(question: Question, value: str | list[str], facts: Facts) -> str:
    offered = {key for key, _ in options(question, facts)}
    chosen = {value} if isinstance(value, str) else set(value)
    return "" if chosen <= offered else f"Choose only {question.called} that you can offer in this phase"
