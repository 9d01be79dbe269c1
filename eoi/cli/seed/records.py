"""What the council's people might write: the records of moves, and the grounds of decisions."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from eoi.extensions import today
from eoi.rules.questions.types import Kind
from eoi.rules.records import RECORDS
from eoi.rules.words import Outcome
from eoi.workflow.deciding import ConditionWanted, Grounds


def believable(name: str) -> dict[str, Any]:
    """A record that somebody might have written."""
    record: dict[str, Any] = {}
    for question in RECORDS[name].questions:
        if question.key in RECORDED:
            record[question.key] = RECORDED[question.key]
        elif question.kind is Kind.YES_NO:
            record[question.key] = True
        elif question.kind is Kind.DATE:
            record[question.key] = today().isoformat()
        elif question.kind is Kind.NUMBER:
            record[question.key] = 1
        elif question.kind is Kind.ONE_OF:
            record[question.key] = question.options[0][0]
        else:
            record[question.key] = "Recorded as discussed with the school and the team."
    return record


RECORDED: Mapping[str, Any] = {
    "members": [
        {"name": "Cleo Marsh", "role": "Chair", "voice": "sen"},
        {"name": "Edwin Stone", "role": "Estates", "voice": "estates"},
        {"name": "Fay Rowe", "role": "Finance", "voice": "finance"},
    ],
    "places": 15,
    "contact": "Aisha Field, area education officer",
    "reference": "26/00123",
    "visitors": "Area education officer, estates, SEN officer",
    "officer_note": "Complete. The rooms are ready, and the partner schools nearby support it.",
}


def grounds_for(outcome: Outcome, day: date) -> Grounds:
    """What the Head of SEN might write. The rest of the grounds follow the outcome."""
    deferred = outcome is Outcome.DEFERRED
    return Grounds(
        equality="Pupils with disabilities gain places near home. No other group is affected more than others.",
        strengths="Your inclusion record is strong and evidenced.\nYour rooms suit the need with little work.",
        would_help="Show how pupils would go on at the end of Year 6.",
        reason="Capital for this district is not settled yet." if deferred else "The panel’s words weigh more.",
        needed="Your reply that you wish to proceed.",
        needed_by=day + timedelta(days=28),
        review_on=day + timedelta(days=120) if deferred else None,
        reasons=REASONS if outcome is Outcome.DECLINED else (),
        conditions=_conditions(day) if outcome is Outcome.CONDITIONS else (),
    )


REASONS = (("C1", "The district’s places in this phase are met by provision that opens next year."),)


def _conditions(day: date) -> tuple[ConditionWanted, ...]:
    teacher, rooms = day + timedelta(days=150), day + timedelta(days=90)
    return (
        ConditionWanted("Appoint a teacher in charge who holds QTS", "Letter of appointment", "Headteacher", teacher),
        ConditionWanted("Agree the rooms with Estates", "Signed plan", "Business manager", rooms),
    )
