"""The parts that a form is made of. A form is data: see `eoi/rules/questions/y2026/`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from eoi.rules.facts import Facts
from eoi.rules.words import Step


class Kind(StrEnum):
    """What an answer is; the value that `answers.parse` returns is beside each."""

    LINE = "line"  # str
    TEXT = "text"  # str, counted in words
    EMAIL = "email"  # str
    NUMBER = "number"  # int (float where decimals), or the string "fewer than 5" where small_numbers
    MONEY = "money"  # int, pence
    DATE = "date"  # str, ISO 8601
    MONTH = "month"  # str, ISO 8601, the first day of the month
    YES_NO = "yes_no"  # bool
    ONE_OF = "one_of"  # str, an option's key
    ANY_OF = "any_of"  # list[str], options' keys
    GRID = "grid"  # dict: column key -> value of each part
    ROWS = "rows"  # list of dicts, part key -> value
    FILE = "file"  # answered by documents, never by text
    SCHOOL = "school"  # int, a URN
    SCHOOLS = "schools"  # list[int], URNs


def always(_: Facts) -> bool:
    """The question applies to every school."""
    return True


def every_option(_: str, __: Facts) -> bool:
    """Every option is offered to every school."""
    return True


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `key` is for ever: answers, exports and clarifications name it."""

    key: str
    label: str
    kind: Kind
    hint: str = ""
    missing: str = ""  # "Enter the number of places"
    required: bool = True  # to submit, never to save
    applies: Callable[[Facts], bool] = always
    shown_if: tuple[str, str] | None = None  # (key of a question in the same section, value that shows this one)
    options: tuple[tuple[str, str], ...] = ()
    words: int | None = None
    low: int | None = None
    high: int | None = None
    small_numbers: bool = False  # 1-4 become "fewer than 5" before they are stored
    parts: tuple["Question", ...] = ()  # columns of GRID and ROWS
    rows: tuple[int, int] = (0, 20)
    criterion: str = ""  # of the rubric, that reads this answer: "C1"
    dictionary: str = ""  # number in the data dictionary: "2.1"
    noun: str = ""  # what messages call the answer: "places"; by default the label
    example: str = ""  # of a good answer, in messages: "12"
    suffix: str = ""  # unit behind the box: "%"
    decimals: int = 0  # of a NUMBER: 1 takes 0.6
    pattern: str = ""  # of a LINE: a regular expression that the whole of it must match…
    refused: str = ""  # …or this message is shown
    past: bool = False  # of a DATE: not after today, when submitting
    must_yes: str = ""  # of a YES_NO: shown when submitting with any other answer than yes
    offered: Callable[[str, Facts], bool] = every_option  # which options this school may choose
    held: tuple[str, ...] = ()  # what the council holds, shown beside: a kind of `rules.figures`, or "register"

    @property
    def called(self) -> str:
        """What a message calls the answer, as inside a sentence."""
        words = self.noun or self.label.rstrip("?")
        return words if words[:2].isupper() else words[:1].lower() + words[1:]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check across answers looks at. `others` holds every answer of the submission, by key."""

    answers: Mapping[str, Any]
    others: Mapping[str, Any]
    facts: Facts
    today: date | None = None
    decisions_by: date | None = None
    documents: Collection[str] = field(default_factory=tuple)  # keys of the questions that have a file

    def get(self, key: str) -> Any:
        """An answer of this section, or else of another section, or None."""
        return self.answers.get(key, self.others.get(key))


Check = Callable[[Seen], dict[str, str]]  # question's key -> message


@dataclass(frozen=True, slots=True)
class Section:
    """One task of the task list and one page of the form."""

    key: str
    title: str
    step: Step
    questions: tuple[Question, ...]
    intro: str = ""
    group: str = ""  # heading of the task list that it stands under
    applies: Callable[[Facts], bool] = always
    checks: tuple[Check, ...] = ()  # what stops a submission
    advice: tuple[Check, ...] = ()  # what is only pointed out


@dataclass(frozen=True, slots=True)
class Form:
    """A released form, named for ever; a round names the form it uses."""

    name: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """The section with this key. Raises KeyError."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def question(self, key: str) -> tuple[Section, Question]:
        """The question with this key and the section it stands in. Raises KeyError."""
        for section in self.sections:
            for question in section.questions:
                if question.key == key:
                    return section, question
        raise KeyError(key)

    def step(self, step: Step, facts: Facts) -> tuple[Section, ...]:
        """The sections of one step that apply to this school and offer, in order."""
        return tuple(s for s in self.sections if s.step is step and s.applies(facts))
