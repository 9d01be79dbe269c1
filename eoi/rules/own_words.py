"""What somebody typed, as plain text to take away: every question with its answer, in the order of the form."""

from collections.abc import Iterator, Mapping
from typing import Any

from eoi.rules.answers import visible
from eoi.rules.facts import Facts
from eoi.rules.questions.types import Form, Kind
from eoi.rules.showing import Names, shown


def text(
    form: Form, facts: Facts, answers: Mapping[str, Any], unfinished: Mapping[str, Any], names: Names, title: str
) -> str:
    """The answers by question key, and what was refused beside them, under the `title`; unanswered ones left out."""
    lines = [title, ""]
    for section in form.sections:
        told = [
            line
            for question in visible(section, answers, facts)
            if question.kind is not Kind.FILE
            for line in _told(
                question.label, shown(question, answers.get(question.key), names), unfinished.get(question.key)
            )
        ]
        if told:
            lines += [section.title.upper(), "", *told]
    return "\n".join(lines)


def _told(label: str, answer: str, refused: Any) -> Iterator[str]:
    if not answer and not refused:
        return
    yield from (label, answer or "(no answer that could be kept)")
    if refused:
        yield f"Typed last: {_flat(refused)}"
    yield ""


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(filter(None, map(_flat, value.values())))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_flat, value)))
    return str(value)
