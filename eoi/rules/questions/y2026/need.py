"""Section 3 of the data dictionary: the case for need, and a check of what the council holds (3.2, 3.3, 1.8, 1.9)."""

from eoi.rules.questions.applies import primary, secondary
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.checks import roll_matches
from eoi.rules.questions.y2026.parts import AS_AT, SOURCE, band
from eoi.rules.words import Step

NEED = Section(
    "need",
    "Why this need, and why here",
    Step.EOI,
    (
        Question(
            "need_case",
            "Why is this provision needed at your school?",
            Kind.TEXT,
            hint="Use the figures for your district on this page. Say how pupils would travel, and where they come "
            "from and go on to. Do not name or describe a child",
            missing="Enter why this provision is needed at your school",
            noun="your case for need",
            words=200,
            criterion="C1",
            dictionary="3.1",
        ),
    ),
    group="Your case",
)

NEARBY = Section(
    "nearby",
    "Other provision near you",
    Step.DETAIL,
    (
        Question(
            "nearby_known",
            "Is there other specialist provision for this need near you?",
            Kind.YES_NO,
            missing="Choose yes if there is other provision for this need near you",
            criterion="C1",
            dictionary="3.4",
        ),
        Question(
            "nearby_effect",
            "What would your offer change for it?",
            Kind.TEXT,
            required=False,
            noun="your note on other provision",
            shown_if=("nearby_known", "yes"),
            words=150,
            criterion="C1",
            dictionary="3.4",
        ),
    ),
    group="The offer in detail",
)


def _year(key: str, label: str) -> Question:
    noun = f"the number in {label}"
    return Question(
        key,
        label,
        Kind.NUMBER,
        required=False,
        small_numbers=True,
        noun=noun,
        example="60",
        low=0,
        high=1000,
    )


_PAN = Question(
    "pan",
    "Published admission number",
    Kind.NUMBER,
    missing="Enter the published admission number",
    noun="the published admission number",
    example="60",
    low=1,
    high=1000,
)

HELD_PUPILS = Section(
    "held_pupils",
    "Pupil numbers",
    Step.DETAIL,
    (
        Question(
            "ehc_plans_correct",
            "Are the numbers we hold of pupils with an EHC plan right?",
            Kind.YES_NO,
            hint="If we hold none, choose no and give yours",
            missing="Choose yes if the numbers of pupils with an EHC plan are right",
            held=("ehc_plans",),
            dictionary="3.2",
        ),
        Question(
            "ehc_plans_own",
            "Pupils on roll with an EHC plan, by primary need",
            Kind.GRID,
            missing="Choose the bands for pupils with an EHC plan",
            shown_if=("ehc_plans_correct", "no"),
            criterion="C2",
            dictionary="3.2",
            parts=(
                band("asd", "Autism"),
                band("semh", "Social, emotional and mental health"),
                band("slcn", "Speech, language and communication"),
                band("other", "Other needs"),
                AS_AT,
                SOURCE,
            ),
        ),
        Question(
            "sen_support_correct",
            "Are the numbers we hold of pupils with SEN support right?",
            Kind.YES_NO,
            hint="If we hold none, choose no and give yours",
            missing="Choose yes if the numbers of pupils with SEN support are right",
            held=("sen_support",),
            dictionary="3.3",
        ),
        Question(
            "sen_support_own",
            "Pupils on roll with SEN support",
            Kind.GRID,
            missing="Choose the bands for pupils with SEN support",
            shown_if=("sen_support_correct", "no"),
            criterion="C2",
            dictionary="3.3",
            parts=(
                band("for_need", "For the need that you offer places for"),
                band("other", "For other needs"),
                AS_AT,
                SOURCE,
            ),
        ),
        Question(
            "roll_correct",
            "Are the admission number and the roll by year group that we hold right?",
            Kind.YES_NO,
            hint="If we hold none, choose no and give yours",
            missing="Choose yes if the admission number and the roll by year group are right",
            held=("roll", "pan"),
            dictionary="1.8",
        ),
        Question(
            "roll_own_primary",
            "Admission number and roll by year group",
            Kind.GRID,
            hint="School totals only. Leave out year groups that you do not have",
            missing="Enter the admission number and the roll by year group",
            applies=primary,
            shown_if=("roll_correct", "no"),
            dictionary="1.8",
            parts=(
                _PAN,
                _year("r", "Reception"),
                *(_year(str(year), f"Year {year}") for year in range(1, 7)),
                AS_AT,
                SOURCE,
            ),
        ),
        Question(
            "roll_own_secondary",
            "Admission number and roll by year group",
            Kind.GRID,
            hint="School totals only. Leave out year groups that you do not have",
            missing="Enter the admission number and the roll by year group",
            applies=secondary,
            shown_if=("roll_correct", "no"),
            dictionary="1.8",
            parts=(_PAN, *(_year(str(year), f"Year {year}") for year in range(7, 14)), AS_AT, SOURCE),
        ),
    ),
    intro="We show what the council holds. Where it is wrong, your own figure is kept beside it and used.",
    group="Check what we hold",
    advice=(roll_matches,),
)

HELD_INSPECTION = Section(
    "held_inspection",
    "Last inspection",
    Step.DETAIL,
    (
        Question(
            "inspection_correct",
            "Is what we hold about your last Ofsted inspection right?",
            Kind.YES_NO,
            hint="An inspection is not a bar. If we hold nothing, choose no and give yours",
            missing="Choose yes if what we hold about your last inspection is right",
            held=("last_ofsted",),
            dictionary="1.9",
        ),
        Question(
            "inspection_own",
            "Your last Ofsted inspection",
            Kind.GRID,
            missing="Enter the date of your last inspection",
            shown_if=("inspection_correct", "no"),
            dictionary="1.9",
            parts=(
                Question(
                    "date",
                    "Date of the inspection",
                    Kind.DATE,
                    missing="Enter the date of the inspection",
                    noun="the date of the inspection",
                    past=True,
                ),
                Question(
                    "safeguarding",
                    "Did it find safeguarding effective?",
                    Kind.YES_NO,
                    missing="Choose yes if the inspection found safeguarding effective",
                ),
                SOURCE,
            ),
        ),
    ),
    group="Check what we hold",
)
