"""What the letters say that come after a decision, or ask a question before it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from eoi.rules.papers.kinds import LetterKind
from eoi.rules.papers.parts import ConditionLine


@dataclass(frozen=True, slots=True)
class Query:
    """One thing asked of the school: the section and question it belongs to, and what is missing."""

    section: str
    question: str
    asked: str


@dataclass(frozen=True, slots=True)
class Clarify:
    """A question of the assessment: only the named answers can be explained or changed, until the day given."""

    queries: tuple[Query, ...]
    reply_by: date
    kind: ClassVar[LetterKind] = LetterKind.CLARIFICATION


@dataclass(frozen=True, slots=True)
class Discharge:
    """All conditions are met: which, and when each was found to be."""

    conditions: tuple[ConditionLine, ...]
    kind: ClassVar[LetterKind] = LetterKind.DISCHARGED


@dataclass(frozen=True, slots=True)
class Lapse:
    """The approval has lapsed: what was still open, and since when it no longer holds."""

    conditions: tuple[ConditionLine, ...]
    lapsed_on: date
    reason: str
    kind: ClassVar[LetterKind] = LetterKind.LAPSED


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """A review of process is done: the outcome stands, or it is decided afresh."""

    stands: bool
    outcome: str  # "declined", as the first letter told it
    findings: tuple[str, ...]
    kind: ClassVar[LetterKind] = LetterKind.PROCESS_REVIEW


@dataclass(frozen=True, slots=True)
class OwnMark:
    """The school's own mark on a criterion, out of 4; None where nobody scored it."""

    criterion: str
    weight: int
    mark: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A sheet for the feedback call: the school's own marks, never those of others."""

    outcome: str
    strengths: tuple[str, ...]
    marks: tuple[OwnMark, ...]
    helps: tuple[str, ...]
    total: float | None = None
    kind: ClassVar[LetterKind] = LetterKind.FEEDBACK
