"""What the letters say that come after a decision or ask a question, at their shortest and longest."""

from dataclasses import replace
from datetime import date

from eoi.rules.papers import (
    Body,
    Clarify,
    ConditionLine,
    Discharge,
    Feedback,
    Lapse,
    LetterKind,
    OwnMark,
    Query,
    ReviewResult,
)

CONDITIONS = (
    ConditionLine(
        "A teacher with qualified teacher status is appointed to lead the provision",
        "Signed offer letter and job description",
        "Headteacher",
        date(2027, 2, 26),
    ),
    ConditionLine(
        "The drop-off point takes two minibuses without reversing",
        "Revised site plan, agreed with our transport team",
        "Headteacher and council's estates team",
        date(2027, 3, 31),
    ),
    ConditionLine(
        "Governors agree the budget plan for the first three years, also for places that fill later than planned",
        "Minute of the full governing body and the three-year plan",
        "Chair of governors",
        date(2027, 4, 16),
    ),
)
MARKS = (
    OwnMark("Meets published need", 20, 2.3, "There are enough places for autism in this district until 2030"),
    OwnMark("Inclusion record and outcomes", 20, 3.7),
    OwnMark("Accommodation and access", 15, 1.0, "The two rooms are on the first floor and there is no lift"),
    OwnMark("Value and viability", 5, None),
)


def after_body(kind: LetterKind, long: bool) -> Body:
    """What a letter of this kind says."""
    conditions = CONDITIONS if long else CONDITIONS[:1]
    query = Query("Rooms and site", "Rooms offered", "How do minibuses turn when both gates are in use?")
    bodies: dict[LetterKind, Body] = {
        LetterKind.CLARIFICATION: Clarify((query, query) if long else (query,), date(2026, 12, 8)),
        LetterKind.DISCHARGED: Discharge(tuple(replace(c, met_on=date(2027, 2, 1)) for c in conditions)),
        LetterKind.LAPSED: Lapse(conditions, date(2027, 5, 3), "The budget plan was not agreed by its date."),
        LetterKind.PROCESS_REVIEW: ReviewResult(
            not long,
            "declined",
            ("The panel was quorate and its scores were locked before they were shown.",) * (3 if long else 1),
        ),
        LetterKind.FEEDBACK: Feedback(
            "declined",
            ("Pupils attend well",) if long else (),
            MARKS if long else MARKS[:1],
            ("Look at ground-floor rooms with our estates team",) if long else (),
            58.5 if long else None,
        ),
    }
    return bodies[kind]
