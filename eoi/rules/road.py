"""The road as the school sees it: its steps in plain order, what is happening, whose turn it is, by when.

An outcome shows nowhere here before its letter is issued: until then all of them read "Decision being made".
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from eoi.rules import clocks, workdays
from eoi.rules.stages import DECIDING, SILENT_UNTIL_LETTER, STAGES, Court, Stage

S = Stage

_BEFORE = ("Submitted", "Being checked", "Detail from you", "Being assessed", "Site visit", "With the panel", DECIDING)
_AFTER = ("Approved to proceed", "Conditions and feasibility", "Formal decision", "Getting ready to open", "Open")
_AT: dict[Stage, tuple[tuple[str, ...], str]] = {
    S.SUBMITTED: (_BEFORE, "Submitted"),
    **dict.fromkeys((S.CHECK, S.RETURNED, S.INELIGIBLE_PROPOSED, S.DECLINE_PROPOSED), (_BEFORE, "Being checked")),
    S.DETAIL: (_BEFORE, "Detail from you"),
    **dict.fromkeys((S.ASSESSMENT, S.CLARIFICATION), (_BEFORE, "Being assessed")),
    S.VISIT: (_BEFORE, "Site visit"),
    S.PANEL: (_BEFORE, "With the panel"),
    S.WITH_HEAD: (_BEFORE, DECIDING),
    **dict.fromkeys((S.APPROVED, S.CONDITIONS), (_AFTER, "Approved to proceed")),
    S.PRE_STATUTORY: (_AFTER, "Conditions and feasibility"),
    **dict.fromkeys((S.CONSULTATION, S.DFE), (_AFTER, "Formal decision")),
    S.AGREEMENT: (_AFTER, "Getting ready to open"),
    S.OPEN: (_AFTER, "Open"),
}

# `decider` is the role that decides: "Head of SEN".
_HAPPENING: dict[Stage, str] = {
    S.DRAFT: "You are filling in your expression of interest.",
    S.SUBMITTED: "We have your expression of interest. An officer checks it once the round has closed.",
    S.CHECK: "An officer checks that everything is there and that your offer fits the round. You need do nothing.",
    S.RETURNED: "We need information from you before we can go on. Answer what we ask, then send your answers.",
    S.DETAIL: "Your school is on the shortlist. This is not a decision. Send us the detail, so that we can assess it.",
    S.ASSESSMENT: "People who know special education, buildings and finance read your answers and score them on the "
    "published criteria. You need do nothing.",
    S.CLARIFICATION: "The people who assess your answers have a question. Answer it, then send your answers.",
    S.VISIT: "We visit your school to see the rooms and the access. An officer agrees a day with you.",
    S.PANEL: "The panel compares the expressions of interest and advises the {decider}. You need do nothing.",
    S.WITH_HEAD: "The {decider} makes the decision. You get a letter with the reasons.",
    S.APPROVED: "Your expression of interest is approved to proceed. This is not the decision to open: your letter "
    "says what comes next.",
    S.CONDITIONS: "Your expression of interest is approved to proceed, with conditions. This is not the decision to "
    "open: your letter lists the conditions and says what comes next.",
    S.DECLINED: "The council does not take your expression of interest further. Your letter gives the reasons, what "
    "was strong, and what would help another time.",
    S.DEFERRED: "Your expression of interest is neither approved nor declined. Your letter says why, and when we look "
    "at it again.",
    S.PROCESS_REVIEW: "A director looks at how the decision was made. You get a letter with the result.",
    S.PRE_STATUTORY: "We work with you on the conditions, the feasibility study and the formal route.",
    S.CONSULTATION: "People can have their say on the formal proposal. A decision follows.",
    S.DFE: "The Department for Education looks at the trust’s application for a significant change.",
    S.AGREEMENT: "The formal decision is made. We sign the agreement with you and get ready to open.",
    S.OPEN: "The provision is open.",
    S.WITHDRAWN: "You withdrew this expression of interest. You can start another one while a round is open.",
    S.INELIGIBLE: "Your expression of interest cannot be taken in this round. Your letter gives the reasons.",
    S.LAPSED: "The approval has lapsed, because its conditions were not met in time.",
    S.NOT_ESTABLISHED: "The formal decision was not to go ahead.",
}  # fmt: skip

YOURS, OURS, FINISHED = "With you", "With the council", "Finished"
_TURNS = {Court.SCHOOL: YOURS, Court.COUNCIL: OURS, Court.NOBODY: FINISHED}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, for its school. `steps` is empty where the road has ended early."""

    name: str
    happening: str
    turn: str  # "With you", "With the council", "Finished"
    steps: tuple[str, ...] = ()
    at: int = 0

    @property
    def is_yours(self) -> bool:
        return self.turn == YOURS


def shown_stage(stage: Stage, letter_issued: bool) -> Stage:
    """The stage as the school may know it: what is proposed reads as the check, an untold outcome as the decision."""
    if stage in SILENT_UNTIL_LETTER and not letter_issued:
        return S.WITH_HEAD
    return S.CHECK if stage in (S.INELIGIBLE_PROPOSED, S.DECLINE_PROPOSED) else stage


def standing(stage: Stage, letter_issued: bool, *, detail_with_eoi: bool, decider: str) -> Standing:
    """Where the case stands on its road. Takes the true stage and gives away no more than the school may know."""
    known = shown_stage(stage, letter_issued)
    facts = STAGES[known]
    steps, step = _AT.get(known, ((), ""))
    if detail_with_eoi:
        steps = tuple(name for name in steps if name != "Detail from you")
    at = steps.index(step) if step in steps else 0
    return Standing(facts.public, _HAPPENING[known].format(decider=decider), _TURNS[facts.court], steps, at)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that comes after the round closes, and how many working days it takes; None where nobody can promise."""

    name: str
    words: str
    days: int | None


def ahead(*, detail_with_eoi: bool, decider: str) -> tuple[Ahead, ...]:
    """The steps from the close of a round to the decision letter, with the targets of their clocks."""
    detail = () if detail_with_eoi else ((S.DETAIL, "Shortlisted schools send us the detail. This time is yours."),)
    steps = (
        (S.CHECK, "We check that everything is there and that your offer fits, and choose a shortlist."),
        *detail,
        (S.ASSESSMENT, "People who know special education, buildings and finance score your answers, each alone."),
        (S.VISIT, "We visit you to see the rooms and the access."),
        (S.PANEL, f"A panel compares the expressions of interest and advises the {decider}."),
        (S.WITH_HEAD, f"The {decider} decides."),
        (S.APPROVED, "You get a letter with the decision and its reasons."),
    )
    names = {S.DETAIL: "Detail from you", S.APPROVED: "Letter"}
    return tuple(Ahead(names.get(stage, STAGES[stage].public), words, STAGES[stage].target) for stage, words in steps)


def after_approval() -> tuple[Ahead, ...]:
    """The steps from an approval to the opening. How long they take follows from the route and the building work."""
    stages = (S.PRE_STATUTORY, S.CONSULTATION, S.DFE, S.AGREEMENT)
    return tuple(Ahead(STAGES[stage].public, _HAPPENING[stage], None) for stage in stages)


@dataclass(frozen=True, slots=True)
class Dates:
    """What the school can expect."""

    checked_by: date
    letter_by: date


def expected(from_day: date, paused: int, closed: Container[date]) -> Dates:
    """The council's promise in working days, counted from the day the round closed, or from the day of submission in
    a round that stays open; `paused` are the days that the school had the ball."""
    check = STAGES[S.CHECK].target or 0
    return Dates(workdays.add(from_day, check, closed), clocks.letter_due(from_day, paused, closed))
