"""Typed text to values, question by question. Nothing that a person types, or a browser sends, makes it raise."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eoi.rules.questions.types import Kind, Question
from eoi.rules.words import FEWER, count_of, listed, money

NONE = "none"  # the option of an ANY_OF that excludes the others
LINE_LONGEST = 200
EMAIL_LONGEST = 254
WORD_LONGEST = 20  # characters a word, on average, that a TEXT may have
SCHOOLS_MOST = 20
YEARS = (1990, 2100)

# What `\s` means in JavaScript, so that the count on the page and ours agree on every text.
_JS_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WORD = re.compile(f"[^{_JS_SPACE}]+")
_SPACES = re.compile(f"[{_JS_SPACE}]+")
_EDGES = "".join(chr(code) for code in range(0x10000) if _SPACES.fullmatch(chr(code)))
# NUL and lone surrogates cannot be stored; controls and direction overrides garble the page.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_EMAIL = re.compile(r"[^\s@<>(),;:\"\\]+@(?:[^\s@.<>(),;:\"\\_]+\.)+[^\s@.<>(),;:\"\\_]{2,}")
_URN = re.compile(r"(?<![0-9])[1-9][0-9]{5}(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class Parsed:
    """A value, and what is wrong: the rest of a field's name ("" for the question itself, "-day") -> message."""

    value: Any = None
    errors: dict[str, str] = field(default_factory=dict)


def parse(question: Question, typed: object) -> tuple[Any, str]:
    """The value of what was typed, and the first message where it is refused; (None, "") where nothing was typed.

    `typed` is text for scalar kinds, {"day", "month", "year"} for DATE, {"month", "year"} for MONTH, list[str] for
    ANY_OF and SCHOOLS, a dict of parts for GRID, a list of such dicts for ROWS. A refused GRID or ROWS still has the
    parts that are right.
    """
    parsed = examine(question, typed)
    return parsed.value, next(iter(parsed.errors.values()), "")


def examine(question: Question, typed: object) -> Parsed:
    """As `parse`, with a message for each field that is wrong."""
    return _PARSERS[question.kind](question, typed)


def count_words(text: str) -> int:
    """Words as the page counts them: runs of anything but white space."""
    return len(_WORD.findall(text))


def clean(typed: object) -> str:
    """What was typed as storable text, without white space at the ends; "" for what is not text."""
    if isinstance(typed, int | float) and not isinstance(typed, bool):
        typed = str(typed) if abs(typed) < 10**15 else ""
    if not isinstance(typed, str):
        return ""
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).strip(_EDGES)


def starting(words: str) -> str:
    """The words as the start of a sentence."""
    return words[:1].upper() + words[1:]


def _line(question: Question, typed: object) -> Parsed:
    text = clean(typed)
    if len(text) > LINE_LONGEST:
        return _refused(f"{starting(question.called)} must be {LINE_LONGEST} characters or fewer")
    text = _SPACES.sub(" ", text)
    if text and question.pattern and not re.fullmatch(question.pattern, text):
        return _refused(question.refused)
    return Parsed(text or None)


def _text(question: Question, typed: object) -> Parsed:
    text = clean(typed)
    longest = (question.words or 1000) * WORD_LONGEST
    if question.words and (words := count_words(text)) > question.words:
        return _refused(
            f"{starting(question.called)} must be {question.words} words or fewer. You have {count_of(words, 'word')}"
        )
    if len(text) > longest:
        return _refused(f"{starting(question.called)} must be {longest:,} characters or fewer")
    return Parsed(text or None)


def _email(question: Question, typed: object) -> Parsed:
    text = clean(typed)
    if not text:
        return Parsed()
    if len(text) > EMAIL_LONGEST or ".." in text or not _EMAIL.fullmatch(text):
        return _refused(f"Enter {question.called} in the correct format, like name@example.com")
    return Parsed(text)


def _number(question: Question, typed: object) -> Parsed:
    text = _SPACES.sub("", clean(typed)).replace(",", "").replace("−", "-")
    if not text:
        return Parsed()
    if question.small_numbers and text.lower() == FEWER.replace(" ", ""):
        return Parsed(FEWER)
    text = text.removesuffix(question.suffix) if question.suffix else text
    example = question.example or ("0.6" if question.decimals else "12")
    if re.fullmatch(r"-?[0-9]{1,9}", text):
        number: int | float = int(text)
    elif question.decimals and re.fullmatch(rf"-?[0-9]{{0,9}}\.[0-9]{{1,{question.decimals}}}", text):
        number = float(text)
    elif re.fullmatch(r"-?[0-9]*\.[0-9]+", text) and not question.decimals:
        return _refused(f"Enter {question.called} as a whole number, such as {example}")
    else:
        return _refused(f"Enter {question.called} as a number, such as {example}")
    if message := _out_of_bounds(question, number, lambda n: f"{n:,}"):
        return _refused(message)
    return Parsed(FEWER if question.small_numbers and 1 <= number <= 4 else number)


def _money(question: Question, typed: object) -> Parsed:
    text = _SPACES.sub("", clean(typed)).replace(",", "").replace("£", "").replace("−", "-")
    if not text:
        return Parsed()
    if not (match := re.fullmatch(r"(-?)([0-9]{1,10})(?:\.([0-9]{1,2}))?", text)):
        return _refused(f"Enter {question.called} in pounds, such as {question.example or '12,500'}")
    sign, pounds, pence = match.groups()
    amount = (int(pounds) * 100 + int((pence or "").ljust(2, "0"))) * (-1 if sign else 1)
    if message := _out_of_bounds(question, amount, lambda n: money(int(n))):
        return _refused(message)
    return Parsed(amount)


def _out_of_bounds(question: Question, number: float, show: Callable[[float], str]) -> str:
    low, high = question.low, question.high
    if (low is None or number >= low) and (high is None or number <= high):
        return ""
    if low is not None and high is not None:
        return f"{starting(question.called)} must be between {show(low)} and {show(high)}"
    if low is not None:
        return f"{starting(question.called)} must be {show(low)} or more"
    return f"{starting(question.called)} must be {show(high or 0)} or less"


def _date(question: Question, typed: object) -> Parsed:
    names = ("month", "year") if question.kind is Kind.MONTH else ("day", "month", "year")
    boxes = typed if isinstance(typed, dict) else {}
    text = {name: clean(boxes.get(name)) for name in names}
    if not any(text.values()):
        return Parsed()
    subject = starting(question.called)
    if absent := [name for name in names if not text[name]]:
        return Parsed(errors={f"-{absent[0]}": f"{subject} must include a {listed(absent)}"})
    day, month, year = _digits(text.get("day", "1")), _month(text["month"]), _digits(text["year"])
    if not 1 <= day <= 31:
        return Parsed(errors={"-day": f"{subject} must have a day from 1 to 31"})
    if not month:
        return Parsed(errors={"-month": f"{subject} must have a month from 1 to 12"})
    if not re.fullmatch(r"[0-9]{4}", text["year"]):
        return Parsed(errors={"-year": f"{subject} must have a year of 4 numbers, such as 2027"})
    if not YEARS[0] <= year <= YEARS[1]:
        return Parsed(errors={"-year": f"{subject} must have a year between {YEARS[0]} and {YEARS[1]}"})
    try:
        return Parsed(date(year, month, day).isoformat())
    except ValueError:
        return Parsed(errors={f"-{names[0]}": f"{subject} must be a real date"})


def _digits(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0


def _month(text: str) -> int:
    """1 to 12, from a number or an English name; 0 for anything else."""
    if re.fullmatch(r"[A-Za-z]{3,9}\.?", text) and text[:3].lower() in _MONTHS:
        return _MONTHS.index(text[:3].lower()) + 1
    return number if (number := _digits(text)) <= 12 else 0


def _yes_no(question: Question, typed: object) -> Parsed:
    if isinstance(typed, bool):
        return Parsed(typed)
    text = clean(typed)
    if text in ("yes", "no", ""):
        return Parsed({"yes": True, "no": False}.get(text))
    return _refused(question.missing or f"Choose yes or no: {question.called}")


def _one_of(question: Question, typed: object) -> Parsed:
    text = clean(typed)
    if not text or any(text == key for key, _ in question.options):
        return Parsed(text or None)
    return _refused(question.missing or f"Choose {question.called}")


def _any_of(question: Question, typed: object) -> Parsed:
    ticked = {clean(one) for one in _as_list(typed)} - {""}
    chosen = [key for key, _ in question.options if key in ticked]
    if ticked - set(chosen):
        return _refused(question.missing or f"Choose {question.called}")
    if NONE in chosen and len(chosen) > 1:
        label = dict(question.options)[NONE]
        return _refused(f"Choose all that apply, or choose “{label}”")
    return Parsed(chosen or None)


def _grid(question: Question, typed: object) -> Parsed:
    boxes = typed if isinstance(typed, dict) else {}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for part in question.parts:
        parsed = examine(part, boxes.get(part.key))
        if parsed.value is not None:
            values[part.key] = parsed.value
        errors |= {f"-{part.key}{rest}": message for rest, message in parsed.errors.items()}
    return Parsed(values or None, errors)


def _rows(question: Question, typed: object) -> Parsed:
    most = question.rows[1]
    rows: list[Any] = []
    errors: dict[str, str] = {}
    for number, boxes in enumerate(_as_list(typed)):
        parsed = _grid(question, boxes)
        if parsed.value is None and not parsed.errors:
            continue
        if len(rows) == most:
            return _refused(f"You can enter up to {most} {question.noun or 'rows'}. Remove the ones above {most}")
        rows.append(parsed.value or {})
        errors |= {f"-{number}{rest}": f"Row {number + 1}: {_inside(m)}" for rest, m in parsed.errors.items()}
    return Parsed(rows or None, errors)


def _inside(message: str) -> str:
    return message[:1].lower() + message[1:]


def _school(question: Question, typed: object) -> Parsed:
    text = clean(typed)[:LINE_LONGEST]
    if not text:
        return Parsed()
    if len(urns := _URN.findall(text)) == 1:
        return Parsed(int(urns[0]))
    return _refused(f"Enter {question.called} by its URN, a number of 6 digits, or choose it from the list")


def _schools(question: Question, typed: object) -> Parsed:
    lines = [line for one in _as_list(typed)[:1000] for line in re.split(r"[\n,;]", clean(one)[:5000]) if clean(line)]
    found = [_URN.findall(line) for line in lines]
    if not all(found):
        return _refused(f"Enter each of {question.called} by its URN, a number of 6 digits")
    urns = list(dict.fromkeys(int(urn) for line in found for urn in line))
    if len(urns) > SCHOOLS_MOST:
        return _refused(f"You can name up to {SCHOOLS_MOST} schools")
    return Parsed(urns or None)


def _file(_: Question, __: object) -> Parsed:
    return Parsed()


def _as_list(typed: object) -> list[Any]:
    if isinstance(typed, list | tuple):
        return list(typed)
    return [typed] if typed else []


def _refused(message: str) -> Parsed:
    return Parsed(errors={"": message})


_PARSERS: dict[Kind, Callable[[Question, object], Parsed]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.MONTH: _date,
    Kind.YES_NO: _yes_no,
    Kind.ONE_OF: _one_of,
    Kind.ANY_OF: _any_of,
    Kind.GRID: _grid,
    Kind.ROWS: _rows,
    Kind.FILE: _file,
    Kind.SCHOOL: _school,
    Kind.SCHOOLS: _schools,
}
