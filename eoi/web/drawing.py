"""What the macros of `components/` ask about fields and questions; and the add and remove buttons of rows, by way of
the server.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import fields as wt

from eoi.rules.questions.types import Kind, Question
from eoi.web import fields as ours

# The first class that a field is one of says how it is drawn.
SHAPES: tuple[tuple[type[wt.Field], str], ...] = (
    (wt.HiddenField, "hidden"),
    (ours.DateField, "date"),
    (ours.SchoolField, "school"),
    (wt.TextAreaField, "area"),
    (ours.SelectField, "select"),
    (wt.RadioField, "radios"),
    (wt.SelectMultipleField, "checkboxes"),
    (wt.SelectField, "select"),
    (wt.BooleanField, "tick"),
    (wt.FileField, "file"),
    (wt.PasswordField, "password"),
    (ours.EmailField, "email"),
    (wt.EmailField, "email"),
    (wt.TelField, "tel"),
    (wt.SearchField, "search"),
)
# HTML's names for a person's own facts (WCAG 1.3.5), by the name of the field.
PERSONAL = {
    "email": "email",
    "password": "current-password",
    "new_password": "new-password",
    "name": "name",
    "phone": "tel",
    "code": "one-time-code",
}
DATE_PARTS = {Kind.DATE: ("day", "month", "year"), Kind.MONTH: ("month", "year")}


def shape_of(field: wt.Field) -> str:
    """How the field is drawn: a name of `components/fields.html: field`."""
    return next((shape for kind, shape in SHAPES if isinstance(field, kind)), "text")


def options_of(field: Any) -> list[tuple[str, str, str]]:
    """Value, label and hint of each option."""
    return [(str(one.value), str(one.label), (one.render_kw or {}).get("hint", "")) for one in field.iter_choices()]


def chosen_of(field: Any) -> str:
    return "" if field.data is None else str(field.data)


def reveals_of(field: Any) -> list[tuple[str, wt.Field]]:
    """The fields of the same form that stand under an option: (value of the option, field)."""
    if not hasattr(field, "iter_choices"):
        return []
    named = [(str(one.value), (one.render_kw or {}).get("reveals")) for one in field.iter_choices()]
    return [(value, field._owner[name]) for value, names in named for name in (names or "").split()]


def attributes_of(field: wt.Field) -> dict[str, Any]:
    """Attributes of the box beside its name and value: what the form says, or what follows from what it holds."""
    attrs: dict[str, Any] = {"autocomplete": PERSONAL.get(field.short_name)}
    if isinstance(field, ours.WholeField):
        attrs["inputmode"] = "numeric"
    elif isinstance(field, ours.PoundsField):
        attrs["inputmode"] = "decimal"
    elif shape_of(field) in ("email", "password"):
        attrs["spellcheck"] = "false"
    return {**attrs, **(field.render_kw or {})}


def named_errors(field: Any) -> dict[str, str]:
    """The messages of a date by the names of its boxes."""
    if not field.errors:
        return {}
    part = next(iter(field.refused), "") if getattr(field, "refused", None) else ""
    return {f"{field.name}{part}": str(field.errors[0])}


def problems(form: Any = None, errors: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the error summary lists: the id of the input to mend -> message. Given messages come first."""
    found = dict(errors or {})
    for field in form or ():
        if shape_of(field) == "date":
            found |= named_errors(field)
        elif field.errors and field.name not in found:
            found[field.name] = str(field.errors[0])
    return found


def parts_wrong(name: str, parts: Sequence[str], errors: Mapping[str, str]) -> tuple[str, ...]:
    """Which boxes of a date wear red: those with a message of their own, or all where the message is the whole's."""
    own = tuple(part for part in parts if f"{name}-{part}" in errors)
    return own or (tuple(parts) if name in errors else ())


def part_to_mend(name: str, parts: Sequence[str], typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    """The box that carries the date's own name as its id, because the summary links there; "" where none does."""
    if name not in errors:
        return ""
    return next((part for part in parts if not typed.get(part)), parts[0])


def whole_message(name: str, parts: Sequence[str], errors: Mapping[str, str]) -> str:
    return next((errors[key] for key in (name, *(f"{name}-{part}" for part in parts)) if key in errors), "")


def hangs(question: Question, asked: Iterable[Question]) -> bool:
    """Whether it stands under another question of the page, at the option that shows it."""
    choices = {q.key for q in asked if q.kind in (Kind.YES_NO, Kind.ONE_OF, Kind.ANY_OF)}
    return bool(question.shown_if) and question.shown_if[0] in choices  # type: ignore[index]


def row_noun(question: Question) -> str:
    """What one row is called: "Room" where the question calls them "rooms"."""
    noun = question.noun or "rows"
    one = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    return one[:1].upper() + one[1:]


def number_width(question: Question) -> str:
    """A box as wide as the number that it takes, in GOV.UK's sizes."""
    if question.small_numbers:
        return "10"
    if question.high is None:
        return "5"
    return "3" if question.high < 1_000 and not question.decimals else "5"


def _rows_asked(questions: Iterable[Question], pressed: MultiDict[str, str]) -> Iterator[tuple[Question, str]]:
    key, _, row = (pressed.get("remove-row") or pressed.get("add-row") or "").partition(":")
    for question in questions:
        if question.key == key and question.kind in (Kind.ROWS, Kind.SCHOOLS):
            yield question, row


def change_rows(questions: Iterable[Question], typed: MutableMapping[str, Any], pressed: MultiDict[str, str]) -> bool:
    """Add or remove the row whose button was pressed, in `typed`. False where another button was.

    A view calls it before it saves, and draws the page again where it is True.
    """
    for question, row in _rows_asked(questions, pressed):
        rows = list(typed.get(question.key) or [])
        if "remove-row" in pressed:
            rows = [one for number, one in enumerate(rows) if str(number) != row]
        elif question.kind is Kind.SCHOOLS:
            rows.append("")
        elif len(rows) < question.rows[1]:
            rows = [*(rows or [{}]), {}]
        typed[question.key] = rows
    return "add-row" in pressed or "remove-row" in pressed


def init_app(app: Flask) -> None:
    """Make these the names that every template may call."""
    asked = (
        shape_of, options_of, chosen_of, reveals_of, attributes_of, named_errors, problems,
        parts_wrong, part_to_mend, whole_message, hangs, row_noun, number_width,
    )  # fmt: skip
    for function in asked:
        app.add_template_global(function)
