"""What the council's people might write: the records of moves, and the grounds of decisions."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from eoi.extensions import today
from eoi.rules.questions.types import Kind, Question
from eoi.rules.records import RECORDS
from eoi.rules.words import Outcome
from eoi.workflow.deciding import ConditionWanted, Grounds


def believable(name: str, random: Random) -> dict[str, Any]:
    """A record that somebody might have written."""
    made = {question.key: _value(name, question, random) for question in RECORDS[name].questions}
    return {key: value for key, value in made.items() if value is not None}


def _value(name: str, question: Question, random: Random) -> Any:
    if written := WRITTEN.get(f"{name}.{question.key}") or WRITTEN.get(question.key):
        return random.choice(written)  # nosec B311 - invented data, no secret
    if question.key in RECORDED:
        return RECORDED[question.key]
    if question.kind is Kind.ONE_OF:
        return question.options[0][0]
    rank = random.randint(1, 4)  # nosec B311
    return {Kind.YES_NO: True, Kind.DATE: today().isoformat(), Kind.NUMBER: rank}.get(question.kind)


RECORDED: Mapping[str, Any] = {
    "members": [
        {"name": "Cleo Marsh", "role": "Chair", "voice": "sen"},
        {"name": "Edwin Stone", "role": "Estates", "voice": "estates"},
        {"name": "Fay Rowe", "role": "Finance", "voice": "finance"},
    ],
    "places": 15,
}
WRITTEN: Mapping[str, tuple[str, ...]] = {
    "contact": ("Anna Kowalska, area education officer",),
    "reference": ("26/00123", "26/00187", "27/00015"),
    "visitors": ("Area education officer, estates, SEN officer",),
    "officer_note": (
        "Complete. The rooms are ready, and the schools nearby support it.",
        "Complete. Transport from the south of the district needs a closer look at the visit.",
        "Complete. The trust’s confirmation is to follow by the end of the month.",
    ),
    "check.reason": ("Complete.",),
    "sift.reason": (
        "The answers do not yet show how the places would meet the need that the council published.",
        "The rooms offered are in use as classrooms, and no other rooms are named.",
    ),
    "would_help": ("Name rooms that are free, with their sizes, and show who would lead the provision.",),
    "no_visit.reason": ("Estates and the area education officer visited the same rooms in the summer.",),
    "reason": ("The council needs to move on this case now.", "New facts came in after the last step."),
    "summary": ("Strong on inclusion and leadership. The visit should look at the hygiene room and drop-off.",),
    "rooms": (
        "Both classrooms are quiet and light, with a door to the garden. The group room needs sound-proofing.",
        "The rooms suit the need. A wall between the calm room and the corridor has to be moved.",
    ),
    "access": (
        "Step-free from the car park. Two minibuses can wait off the road. The garden is fenced.",
        "One ramp is too steep and is in the building estimate. Drop-off is separate from the main gate.",
    ),
    "pupil_voice": ("Pupils showed us round and said that the library corner is where they go to be calm.",),
    "estates": ("Feasible within the band of cost, over one summer.", "Feasible in two phases, with one class first."),
    "finance": ("Viable once 10 places are filled. Start-up money is in line with similar provision.",),
    "moderation": ("Scorers talked through accommodation and agreed the higher mark after the visit.",),
    "panel.conditions": ("A qualified teacher in charge is appointed, and estates agree the rooms.",),
    "minute": (
        "The panel found the offer well led and close to families. It asked for the rooms to be agreed early.",
        "The panel weighed travel from the east of the district and found that the places are needed here.",
    ),
    "grounds": ("The school says that the visit record left out the second garden.",),
    "findings": ("The process was followed. The record now names the garden, which does not change the outcome.",),
    "feasibility": ("Estates measure the rooms in January and bring a scheme to the capital board in March.",),
    "page": ("https://council.example/consultations/specialist-places",),
    "conditions": ("Planning permission by the end of June.",),
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
