"""What a submission freezes: labels, shown answers and wording, so that an old EOI needs no old code."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from eoi.rules.answers import visible
from eoi.rules.facts import Facts
from eoi.rules.questions.types import Form, Kind, Question, Section
from eoi.rules.showing import Names, heads, shown, shown_rows
from eoi.rules.words import Step, label


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A document of a question as the snapshot names it."""

    question: str
    name: str
    sha256: str


def content(
    form: Form,
    steps: Iterable[Step],
    facts: Facts,
    answers: Mapping[str, Any],
    *,
    wording: Mapping[str, str],
    details: Mapping[str, str | int | None] | None = None,
    names: Names | None = None,
    documents: Iterable[FiledDocument] = (),
    explained: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The frozen content of a submission, of plain JSON values.

    `answers` holds all answers by key; `wording` what was declared, as it stood on the page; `details` what else is
    frozen (reference, round, who declared, when, in ISO 8601); `names` the schools' names by URN; `explained` why an
    answer that seems to tell of a pupil does not, by key.
    """
    filed = tuple(documents)
    return {
        "form": form.name,
        "register": _plain(asdict(facts.school)),
        "offer": {
            "path": {"key": facts.path.value, "shown": label(facts.path)},
            "need": {"key": facts.need.value, "shown": label(facts.need)},
            "phase": {"key": facts.phase.value, "shown": label(facts.phase)},
        },
        "wording": dict(wording),
        "details": dict(details or {}),
        "sections": [
            _section(section, facts, answers, names, filed, explained or {})
            for step in steps
            for section in form.step(step, facts)
        ],
    }


def _section(
    section: Section,
    facts: Facts,
    answers: Mapping[str, Any],
    names: Names | None,
    documents: tuple[FiledDocument, ...],
    explained: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "group": section.group,
        "step": section.step.value,
        "questions": [
            _question(question, answers.get(question.key), names, documents)
            | ({"explained": explained[question.key]} if question.key in explained else {})
            for question in visible(section, answers, facts)
        ],
    }


def _question(
    question: Question, value: Any, names: Names | None, documents: tuple[FiledDocument, ...]
) -> dict[str, Any]:
    frozen = {
        "key": question.key,
        "label": question.label,
        "kind": question.kind.value,
        "dictionary": question.dictionary,
        "criterion": question.criterion,
        "value": value,
        "shown": shown(question, value, names),
    }
    if question.kind in (Kind.GRID, Kind.ROWS):
        frozen |= {"heads": list(heads(question)), "rows": [list(row) for row in shown_rows(question, value, names)]}
    if question.kind is Kind.FILE:
        filed = [document for document in documents if document.question == question.key]
        frozen |= {
            "shown": "; ".join(document.name for document in filed),
            "documents": [{"name": document.name, "sha256": document.sha256} for document in filed],
        }
    return frozen


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
