"""What is said about a case, and who reads it; and what a school may ask for once it has its decision letter.

Periods are those of the domain paper, §8 and §10: a feedback call is offered, and a review of process asked for,
within 10 working days of the letter.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eoi.rules import workdays
from eoi.rules.permissions import Permission
from eoi.rules.stages import OUTCOMES, SILENT_UNTIL_LETTER, STAGES, Court, Stage

MOST_WORDS = 500  # of a message or a comment
CALL_WITHIN = 10  # working days after the letter
REVIEW_WITHIN = 10
REPLY_WITHIN = 10  # to an approval whose decision names no day


class Audience(StrEnum):
    """Who reads what is written in a box."""

    CASE_TEAM = "case_team"
    PANEL = "panel"
    SCHOOL = "school"


AUDIENCE_LABELS = {Audience.CASE_TEAM: "The case team", Audience.PANEL: "The panel", Audience.SCHOOL: "The school"}
READERS = {
    Audience.CASE_TEAM: "SEN officers, area education officers, the Head of SEN, the director and the auditor",
    Audience.PANEL: "The case team, the panel chair, and the scorers, estates and finance assigned to this case",
    Audience.SCHOOL: "The headteacher and the editors of the school. They get an email",
}
#: What a person needs to read a comment, beside reading the case.
TO_READ = {Audience.CASE_TEAM: Permission.READ_TEAM, Audience.PANEL: Permission.READ_CASE}


class Wish(StrEnum):
    """What a school asks for, or tells, after its letter."""

    PROCEED = "proceed"
    CALL = "call"
    REVIEW = "review"


WISH_LABELS = {
    Wish.PROCEED: "Wishes to proceed",
    Wish.CALL: "Asks for a feedback call",
    Wish.REVIEW: "Asks for a review of process",
}


class Ground(StrEnum):
    """On what a review of process can be asked: never on the merits (domain §2)."""

    PROCESS = "process"
    FACT = "fact"


GROUND_LABELS = {
    Ground.PROCESS: "The process was not followed",
    Ground.FACT: "The decision rests on a fact that is wrong",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A wish that the stage allows. `until` is its last day; a late reply to an approval is still taken."""

    wish: Wish
    until: date
    open: bool


def offered(
    stage: Stage, letter_on: date | None, needed_by: date | None, today: date, closed: Container[date]
) -> list[Offered]:
    """What the school may ask for now. `letter_on` is the day of its decision letter, None before that is issued."""
    if letter_on is None:
        return []

    def within(days: int) -> date:
        return workdays.add(letter_on, days, closed)

    found = []
    if stage in (Stage.APPROVED, Stage.CONDITIONS, Stage.PRE_STATUTORY):
        found.append(Offered(Wish.PROCEED, needed_by or within(REPLY_WITHIN), True))
    if stage in (Stage.DECLINED, Stage.DEFERRED, Stage.INELIGIBLE):
        found.append(Offered(Wish.CALL, within(CALL_WITHIN), today <= within(CALL_WITHIN)))
    if stage in OUTCOMES | {Stage.INELIGIBLE}:
        found.append(Offered(Wish.REVIEW, within(REVIEW_WITHIN), today <= within(REVIEW_WITHIN)))
    return found


def may_be_held(stage: Stage) -> bool:
    """Whether the council can pause its own work: never while the school has the ball, nor where nobody has it."""
    return STAGES[stage].court is Court.COUNCIL and stage not in (Stage.SUBMITTED, Stage.DEFERRED)


def has_own_date(stage: Stage) -> bool:
    """Whether the school may know when this stage should end: not where the date would give an outcome away."""
    return stage in (Stage.ASSESSMENT, Stage.VISIT, Stage.PANEL) and stage not in SILENT_UNTIL_LETTER
