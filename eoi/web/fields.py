"""What forms are made of: WTForms fields that take what people type, and the names that `components/` calls on them.

A field never meets None or stray spaces, and its message starts with the verb: "Enter the number of places".
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import Form as BaseForm
from wtforms import fields as wt
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from eoi.rules.parsing import clean, count_words, examine
from eoi.rules.questions.types import Kind, Question

DAY_PARTS = ("day", "month", "year")


def choice(value: str, label: str, hint: str = "", reveals: str = "") -> SelectChoice:
    """An option of radios or checkboxes; `reveals` names the fields of the same form shown under it."""
    return SelectChoice(value, label, {"hint": hint, "reveals": reveals})


class Needed:
    """The answer is needed. Works for every field here: text, choices, dates and files."""

    field_flags = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: BaseForm, field: wt.Field) -> None:
        if field.data is None or field.data is False or field.data in ("", []):
            raise StopValidation(self.message)


class OnlyIf(Needed):
    """The answer is needed where another field of the form has this value; elsewhere the field is not looked at."""

    field_flags = {}

    def __init__(self, other: str, value: object, message: str) -> None:
        super().__init__(message)
        self.other, self.value = other, value

    def applies(self, form: BaseForm) -> bool:
        return form[self.other].data == self.value


class Conditional(wt.Field):
    """What every field here shares: it is not looked at where its `OnlyIf` says so."""

    def validate(self, form: BaseForm, extra_validators: Iterable[Any] = ()) -> bool:
        if any(isinstance(v, OnlyIf) and not v.applies(form) for v in self.validators):
            self.errors: list[str] = []
            return True
        return super().validate(form, extra_validators)


class LineField(Conditional, wt.StringField):
    """One line of text, without spaces at the ends; never None."""

    most = 200

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = re.sub(r"\s+", " ", clean(valuelist[0])) if valuelist else ""

    def process_data(self, value: Any) -> None:
        self.data = value or ""

    def pre_validate(self, form: BaseForm) -> None:
        if len(self.data) > self.most:
            raise StopValidation(f"{self.label.text} must be {self.most} characters or fewer")


class EmailField(LineField):
    """An email address, in the form in which it is compared: lower case."""

    widget_type = "email"

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data.lower()

    def pre_validate(self, form: BaseForm) -> None:
        found = examine(Question(self.name, self.label.text, Kind.EMAIL, noun="an email address"), self.data)
        if found.errors:
            raise StopValidation(found.errors[""])


class TextField(Conditional, wt.TextAreaField):
    """Several lines of text, counted in words as the page counts them; never None."""

    def __init__(self, label: str = "", validators: Any = None, *, words: int = 0, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.words = words

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean(valuelist[0]) if valuelist else ""

    def process_data(self, value: Any) -> None:
        self.data = value or ""

    def pre_validate(self, form: BaseForm) -> None:
        words, most = count_words(self.data), self.words or 2_000
        if words > most or len(self.data) > most * 20:
            raise StopValidation(f"{self.label.text} must be {most} words or fewer. You have {words:,} words")


class TypedField(Conditional, wt.StringField):
    """Text that a rule reads as a value; what was typed comes back to be mended."""

    def question(self) -> Question:
        raise NotImplementedError

    def __init__(self, label: str = "", validators: Any = None, *, noun: str = "", **kwargs: Any) -> None:
        self.noun, self.typed, self.refused = noun, "", ""
        super().__init__(label, validators, **kwargs)

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0] if valuelist else ""
        found = examine(self.question(), self.typed)
        self.data, self.refused = found.value, next(iter(found.errors.values()), "")

    def pre_validate(self, form: BaseForm) -> None:
        if self.refused:
            raise StopValidation(self.refused)

    def _value(self) -> str:
        return self.typed if self.refused or self.data is None else str(self.data)


class WholeField(TypedField):
    """A whole number: an int, or None where nothing was typed."""

    def __init__(
        self, label: str = "", validators: Any = None, *, low: int | None = None, high: int | None = None,
        suffix: str = "", width: str = "4", **kwargs: Any,
    ) -> None:  # fmt: skip
        self.low, self.high, self.suffix, self.width = low, high, suffix, width
        super().__init__(label, validators, **kwargs)

    def question(self) -> Question:
        return Question(self.name, self.label.text, Kind.NUMBER, noun=self.noun, low=self.low, high=self.high)


class PoundsField(TypedField):
    """An amount typed in pounds: whole pence, or None where nothing was typed."""

    prefix, width = "£", "10"

    def question(self) -> Question:
        return Question(self.name, self.label.text, Kind.MONEY, noun=self.noun)

    def _value(self) -> str:
        if self.refused or self.data is None:
            return self.typed
        return f"{self.data // 100}" + (f".{self.data % 100:02}" if self.data % 100 else "")


class DateField(Conditional):
    """A date typed in three parts: a `date`, or None where nothing was typed. Junk in any part is a message."""

    def __init__(self, label: str = "", validators: Any = None, *, noun: str = "", **kwargs: Any) -> None:
        self.noun, self.typed = noun, dict.fromkeys(DAY_PARTS, "")
        self.refused: dict[str, str] = {}
        super().__init__(label, validators, **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        self.data = self.object_data = data if isinstance(data, date) else self.default
        if self.data:
            self.typed = {part: str(getattr(self.data, part)) for part in DAY_PARTS}
        if formdata is not None and f"{self.name}-day" in formdata:
            self.typed = {part: formdata.get(f"{self.name}-{part}") or "" for part in DAY_PARTS}
            found = examine(Question(self.name, self.label.text, Kind.DATE, noun=self.noun), self.typed)
            self.data = date.fromisoformat(found.value) if found.value else None
            self.refused = found.errors

    def pre_validate(self, form: BaseForm) -> None:
        if self.refused:
            raise StopValidation(next(iter(self.refused.values())))


class RadiosField(Conditional, wt.RadioField):
    """One of some options; "" where none was chosen. Give `choice(…)` entries for hints and for what they reveal."""

    def __init__(self, label: str = "", validators: Any = None, *, choices: Any = (), message: str = "", **kw: Any):
        super().__init__(label, validators, choices=choices, coerce=_text, validate_choice=False, **kw)
        self.message, self._owner = message, kw.get("_form")

    def process_data(self, value: Any) -> None:
        self.data: str = _text(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        if self.data and self.data not in {str(one.value) for one in self.iter_choices()}:
            self.data = ""
            raise StopValidation(self.message or f"Choose an option: {self.label.text}")


class SelectField(RadiosField):
    """As `RadiosField`, in a drop-down list: for long lists only."""


class CheckboxesField(Conditional, wt.SelectMultipleField):
    """Any of some options: a list of values, in the order of the options."""

    def __init__(self, label: str = "", validators: Any = None, *, choices: Any = (), message: str = "", **kw: Any):
        super().__init__(label, validators, choices=choices, coerce=_text, validate_choice=False, **kw)
        self.message, self._owner = message, kw.get("_form")

    def process_data(self, value: Any) -> None:
        self.data = [str(one) for one in value or ()]

    def pre_validate(self, form: BaseForm) -> None:
        known = [str(one.value) for one in self.iter_choices()]
        if set(self.data) - set(known):
            self.data = [one for one in known if one in self.data]
            raise StopValidation(self.message or f"Choose from the options: {self.label.text}")


class TickField(Conditional, wt.BooleanField):
    """A tick box that stands alone."""

    false_values = (False, "false", "", "n")


class FileField(Conditional, wt.FileField):
    """An upload, or None. `accept` is what the browser offers; the server checks what arrives."""

    def __init__(self, label: str = "", validators: Any = None, *, accept: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.accept = accept

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = next((one for one in valuelist if getattr(one, "filename", "")), None)


class FilesField(Conditional, wt.MultipleFileField):
    """Several uploads: a list, empty where none came."""

    def __init__(self, label: str = "", validators: Any = None, *, accept: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.accept, self.multiple = accept, True

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [one for one in valuelist if getattr(one, "filename", "")]


class SchoolField(TypedField):
    """A school by URN: an int, or None. The text box suggests schools where there is script."""

    def question(self) -> Question:
        return Question(self.name, self.label.text, Kind.SCHOOL, noun=self.noun or "the school")


class VersionField(wt.HiddenField):
    """The version that the page was drawn with, as an int; -1, which no row has, for junk."""

    def process_data(self, value: Any) -> None:
        self.data = -1 if value is None else int(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = int(valuelist[0]) if valuelist and re.fullmatch(r"[0-9]{1,9}", valuelist[0]) else -1

    def _value(self) -> str:
        return str(self.data)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
