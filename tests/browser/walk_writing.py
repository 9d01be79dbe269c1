"""From a value of the record to what a person types: any question of the form, whatever its kind."""

from collections.abc import Iterable, Mapping
from typing import Any

from eoi.rules.boxes import DATE_PARTS, typed_from_value
from eoi.rules.questions.types import Kind, Question
from tests.browser.walk_pens import Pen, named
from tests.people import MEADOW

#: Schools that are chosen by their names.
SCHOOLS = {MEADOW: "Meadow View School"}


def write(pen: Pen, questions: Iterable[Question], values: Mapping[str, Any]) -> None:
    """Answer each question that has a value, in the order of the page."""
    for question in questions:
        if values.get(question.key) is not None:
            _answer(pen, question, question.key, values[question.key])


def _answer(pen: Pen, question: Question, name: str, value: Any) -> None:
    typed = typed_from_value(question, value)
    if question.kind in DATE_PARTS:
        for part, text in typed.items():
            pen.type(f"{name}-{part}", text)
    elif question.kind is Kind.GRID:
        _parts(pen, question, name, value)
    elif question.kind is Kind.ROWS:
        for number, row in enumerate(value):
            _make_room(pen, question, number)
            _parts(pen, question, f"{name}-{number}", row)
    elif question.kind is Kind.ANY_OF:
        for option in typed:
            pen.tick(name, option)
    elif question.kind in (Kind.ONE_OF, Kind.YES_NO):
        pen.choose(name, typed)
    elif question.kind is Kind.SCHOOL:
        pen.school(name, value, SCHOOLS[value])
    else:
        pen.type(name, typed)


def _parts(pen: Pen, question: Question, name: str, values: Mapping[str, Any]) -> None:
    for part in question.parts:
        if values.get(part.key) is not None:
            _answer(pen, part, f"{name}-{part.key}", values[part.key])


def _make_room(pen: Pen, question: Question, number: int) -> None:
    """Press "Add another" where the row is not there yet."""
    box = named(pen.page, f"{question.key}-{number}-{question.parts[0].key}")
    if not box.count():
        pen.page.locator(f'button[name="add-row"][value="{question.key}"]').click()
        box.wait_for()
