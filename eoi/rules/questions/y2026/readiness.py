"""Section 8 of the data dictionary: milestones, risks, views and, for an academy, the DfE route."""

from eoi.rules.questions.applies import academy_changes
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.checks import milestones_in_order
from eoi.rules.words import Step

GROUP = "Readiness"


def _milestone(key: str, label: str) -> Question:
    noun = f"the date of “{label[:1].lower()}{label[1:]}”"
    return Question(key, label, Kind.DATE, missing=f"Enter {noun}", noun=noun)


READINESS = Section(
    "readiness",
    "Milestones and risks",
    Step.DETAIL,
    (
        Question(
            "milestones",
            "When would each of these happen?",
            Kind.GRID,
            hint="Your best estimate, after the decision on your expression of interest",
            missing="Enter a date for each milestone",
            criterion="C6",
            dictionary="8.1",
            parts=(
                _milestone("consultation", "Consultation with staff and parents starts"),
                _milestone("work_starts", "Building work starts"),
                _milestone("staff_appointed", "Staff are appointed"),
                _milestone("rooms_ready", "Rooms are ready"),
                _milestone("first_pupils", "First pupils start"),
            ),
        ),
        Question(
            "risks",
            "Your top 3 risks and what you would do",
            Kind.ROWS,
            missing="Enter 3 risks",
            noun="risks",
            rows=(3, 3),
            criterion="C6",
            dictionary="8.2",
            parts=(
                Question("risk", "Risk", Kind.LINE, missing="Enter the risk", noun="the risk"),
                Question(
                    "response",
                    "What you would do",
                    Kind.TEXT,
                    missing="Enter what you would do",
                    noun="what you would do",
                    words=80,
                ),
            ),
        ),
        Question(
            "views_sought",
            "Have you asked staff, unions and parents for their views?",
            Kind.YES_NO,
            hint="Formal consultation comes later",
            missing="Choose yes if you have asked for views",
            criterion="C6",
            dictionary="8.3",
        ),
        Question(
            "views_note",
            "What did they say?",
            Kind.TEXT,
            hint="In general. Do not name or describe anybody",
            missing="Enter what they said",
            noun="your note on views",
            shown_if=("views_sought", "yes"),
            words=150,
            criterion="C6",
            dictionary="8.3",
        ),
    ),
    group=GROUP,
    checks=(milestones_in_order,),
)

DFE = Section(
    "dfe",
    "The Department for Education’s approval",
    Step.DETAIL,
    (
        Question(
            "dfe_contact",
            "Have you talked to the Department for Education about this change?",
            Kind.YES_NO,
            hint="An academy needs the department’s approval of a significant change",
            missing="Choose yes if you have talked to the Department for Education",
            criterion="C6",
            dictionary="8.5",
        ),
        Question(
            "dfe_contact_on",
            "When?",
            Kind.DATE,
            missing="Enter the date when you talked to the Department for Education",
            noun="the date when you talked to the department",
            shown_if=("dfe_contact", "yes"),
            past=True,
            criterion="C6",
            dictionary="8.5",
        ),
        Question(
            "deed_understood",
            "Do you know that your funding agreement must be changed by a deed of variation?",
            Kind.YES_NO,
            missing="Choose yes if you know that a deed of variation is needed",
            must_yes="Read about the deed of variation first: an academy cannot open a provision without it",
            criterion="C6",
            dictionary="8.5",
        ),
    ),
    group=GROUP,
    applies=academy_changes,
)
