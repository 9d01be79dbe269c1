"""What the school's own copy says, from the frozen snapshot, and the blank form to print."""

from dataclasses import dataclass
from datetime import date, datetime

from eoi.rules.facts import Facts, SchoolFacts
from eoi.rules.questions.types import Question, Section
from eoi.rules.words import Need, Path, Phase


@dataclass(frozen=True, slots=True)
class ShownTable:
    """Rows or a grid as they were shown: column labels and cells in words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One question as it was asked and its answer as it was shown. `text` may hold paragraphs."""

    label: str
    text: str = ""
    table: ShownTable | None = None
    number: str = ""  # in the form: "2.1"


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """One section of the form with its answers."""

    title: str
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who confirmed what, in which role, when, and on which minute."""

    statement: str
    name: str
    role: str
    on: date
    minute_on: date | None = None


@dataclass(frozen=True, slots=True)
class EoiPaper:
    """The school's own copy of what it submitted."""

    council: str
    round_name: str
    reference: str
    school: SchoolFacts
    path: Path
    need: Need
    phase: Phase
    submitted_at: datetime
    submitted_by: str
    sections: tuple[AnswerSection, ...]
    sha256: str  # of the snapshot
    declarations: tuple[Declaration, ...] = ()
    documents: tuple[str, ...] = ()  # file names
    logged_by_officer: bool = False  # it came by email or phone
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class BlankFormPaper:
    """The questions of a form, to print and fill in by hand or to read before starting.

    With `facts` only what applies to that school and offer; without, every question.
    """

    council: str
    round_name: str
    title: str
    sections: tuple[Section, ...]
    start_url: str
    closes_at: datetime | None = None
    facts: Facts | None = None
    demonstration: bool = False

    @property
    def shown(self) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        """Each section that has a question to print, with those questions."""
        pairs = ((section, self._questions(section)) for section in self.sections)
        return tuple((section, questions) for section, questions in pairs if questions)

    def _questions(self, section: Section) -> tuple[Question, ...]:
        if self.facts is None:
            return section.questions
        if not section.applies(self.facts):
            return ()
        return tuple(question for question in section.questions if question.applies(self.facts))
