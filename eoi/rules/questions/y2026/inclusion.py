"""Section 4 of the data dictionary: inclusion and quality."""

from eoi.rules.questions.applies import satellite, semh, srp
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.parts import band
from eoi.rules.words import Step

GROUP = "Your case"
DETAIL_GROUP = "Inclusion in detail"


def _attendance(key: str, label: str) -> Question:
    noun = label[:1].lower() + label[1:]
    return Question(
        key,
        label,
        Kind.NUMBER,
        missing=f"Enter {noun}",
        noun=noun,
        example="94.5",
        low=0,
        high=100,
        decimals=1,
        suffix="%",
    )


INCLUSION = Section(
    "inclusion",
    "Your inclusion record",
    Step.EOI,
    (
        Question(
            "inclusion_record",
            "What have pupils with SEN achieved at your school, and how?",
            Kind.TEXT,
            hint="Give evidence from the last 3 years: progress, attendance, suspensions, what changed. "
            "Do not name or describe a child",
            missing="Enter your inclusion record",
            noun="your inclusion record",
            words=250,
            criterion="C2",
            dictionary="4.1",
        ),
    ),
    group=GROUP,
)

DAILY = Section(
    "daily",
    "A day in the provision",
    Step.EOI,
    (
        Question(
            "daily_model",
            "How would pupils spend their day?",
            Kind.TEXT,
            hint="Cover lessons, time in the base, breaks and lunch, clubs and trips. Pupils have a full-time, "
            "broad curriculum",
            missing="Enter how pupils would spend their day",
            noun="your account of the day",
            applies=srp,
            words=250,
            criterion="C3",
            dictionary="4.2",
        ),
        Question(
            "joint_activity",
            "What would pupils of both schools do together?",
            Kind.TEXT,
            hint="Cover lessons, breaks and lunch, clubs and trips, and how both schools gain",
            missing="Enter what pupils of both schools would do together",
            noun="your account of joint activity",
            applies=satellite,
            words=250,
            criterion="C3",
            dictionary="4.2",
        ),
    ),
    group=GROUP,
)

APPROACH = Section(
    "approach",
    "How you meet the need",
    Step.DETAIL,
    (
        Question(
            "approach",
            "How would you meet this need, day by day?",
            Kind.TEXT,
            hint="For autism: sensory needs and communication. For social, emotional and mental health: relationships, "
            "regulation and your behaviour policy. The provision is never used as a sanction",
            missing="Enter how you would meet this need",
            noun="your approach",
            words=400,
            criterion="C3",
            dictionary="4.3",
        ),
        Question(
            "suspensions",
            "Suspensions and attendance over the last 3 school years",
            Kind.GRID,
            hint="Totals only, for the school and for pupils with SEN",
            missing="Enter suspensions and attendance over the last 3 years",
            applies=semh,
            criterion="C2",
            dictionary="4.4",
            parts=(
                band("suspended", "Pupils suspended"),
                band("suspended_sen", "Pupils with SEN suspended"),
                _attendance("attendance", "Attendance of all pupils"),
                _attendance("attendance_sen", "Attendance of pupils with SEN"),
            ),
        ),
    ),
    group=DETAIL_GROUP,
)

SUPPORT = Section(
    "support",
    "Therapies, families and other schools",
    Step.DETAIL,
    (
        Question(
            "therapies",
            "Which therapies and health services work with you, and which would you need?",
            Kind.TEXT,
            hint="Speech and language, occupational therapy, educational psychology, mental health",
            missing="Enter which therapies and health services work with you, and which you would need",
            noun="your note on therapies",
            words=200,
            criterion="C3",
            dictionary="4.5",
        ),
        Question(
            "voice",
            "How have parents and pupils been involved so far?",
            Kind.TEXT,
            hint="In general. Do not name or describe a child or a parent",
            missing="Enter how parents and pupils have been involved so far",
            noun="your note on parents and pupils",
            words=200,
            criterion="C2",
            dictionary="4.6",
        ),
        Question(
            "outreach",
            "What could you offer to other schools, such as training?",
            Kind.TEXT,
            required=False,
            noun="your offer to other schools",
            applies=srp,
            words=150,
            criterion="C2",
            dictionary="4.7",
        ),
    ),
    group=DETAIL_GROUP,
)
