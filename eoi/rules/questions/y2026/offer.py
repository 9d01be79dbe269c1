"""Section 2 of the data dictionary: what the school offers, with whom, and how it would grow."""

from eoi.rules.questions.applies import satellite, srp, srp_primary, srp_secondary, year_of_phase
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.checks import (
    build_up_reaches_places,
    existing_explained,
    linked_to_others,
    opening_leaves_time,
    partner_named,
    usual_classes,
    usual_places,
    usual_years,
)
from eoi.rules.words import Step

GROUP = "What you offer"


def _year(key: str, label: str) -> Question:
    noun = f"places in {label.lower()}"
    return Question(
        key, label, Kind.NUMBER, missing=f"Enter the number of {noun}", noun=noun, low=0, high=300, suffix="places"
    )


SUMMARY = Section(
    "summary",
    "Your offer in 100 words",
    Step.EOI,
    (
        Question(
            "summary_100",
            "In 100 words, what do you offer and why?",
            Kind.TEXT,
            hint="This stands on page 1 of what the panel and the Head of SEN read. Do not name or describe a child",
            missing="Enter what you offer and why, in 100 words",
            noun="your summary",
            words=100,
            dictionary="2.0",
        ),
    ),
    group=GROUP,
)

OFFER = Section(
    "offer",
    "Places, year groups and opening",
    Step.EOI,
    (
        Question(
            "places",
            "How many places do you offer, when full?",
            Kind.NUMBER,
            hint="Usually 12 to 20 in primary and 15 to 25 in secondary",
            missing="Enter the number of places",
            noun="places",
            example="12",
            low=1,
            high=300,
            suffix="places",
            criterion="C1",
            dictionary="2.1",
        ),
        Question(
            "year_groups",
            "Which year groups would the places be for?",
            Kind.ANY_OF,
            hint="Secondary places are Years 7 to 11 unless the council agrees otherwise",
            missing="Choose the year groups",
            noun="year groups",
            options=(("r", "Reception"), *((str(year), f"Year {year}") for year in range(1, 14))),
            offered=year_of_phase,
            criterion="C1",
            dictionary="2.3",
        ),
        Question(
            "opening",
            "When could the first pupils start, at the earliest?",
            Kind.MONTH,
            hint="For example, 9 2028. Most open in September, January or April. "
            "Allow two terms after the decision for consultation and building",
            missing="Enter the month and year when the first pupils could start",
            noun="the earliest opening",
            criterion="C6",
            dictionary="2.4",
        ),
        Question(
            "mainstream_share_entry",
            "Share of the week in mainstream lessons, when a pupil joins",
            Kind.NUMBER,
            hint="Your plan for a typical pupil. 50% or more is a resourced provision, less is a SEN unit",
            missing="Enter the share of the week in mainstream lessons when a pupil joins",
            noun="the share when a pupil joins",
            example="30",
            applies=srp,
            low=0,
            high=100,
            suffix="%",
            criterion="C3",
            dictionary="2.5",
        ),
        Question(
            "mainstream_share_year_one",
            "Share of the week in mainstream lessons, after one year",
            Kind.NUMBER,
            missing="Enter the share of the week in mainstream lessons after one year",
            noun="the share after one year",
            example="50",
            applies=srp,
            low=0,
            high=100,
            suffix="%",
            criterion="C3",
            dictionary="2.5",
        ),
        Question(
            "classes",
            "How many classes of the special school would you host?",
            Kind.NUMBER,
            hint="Usually 6 to 12 pupils a class",
            missing="Enter the number of classes you would host",
            noun="classes",
            example="2",
            applies=satellite,
            low=1,
            high=30,
            criterion="C3",
            dictionary="2.10",
        ),
    ),
    group=GROUP,
    checks=(opening_leaves_time,),
    advice=(usual_places, usual_years, usual_classes),
)

EXISTING = Section(
    "existing",
    "What you have now, and linked schools",
    Step.EOI,
    (
        Question(
            "existing",
            "Do you have any of these now?",
            Kind.ONE_OF,
            missing="Choose what you have now, or “None of these”",
            noun="what you have now",
            options=(
                ("srp", "A resourced provision that the council funds"),
                ("unit", "A SEN unit that the council funds"),
                ("nurture", "A nurture group"),
                ("own_base", "A base that the school or trust funds"),
                ("satellite", "Classes of a special school"),
                ("none", "None of these"),
            ),
            criterion="C2",
            dictionary="2.6",
        ),
        Question(
            "existing_note",
            "If you do, what is it for and how many pupils use it?",
            Kind.TEXT,
            hint="Give rounded numbers",
            required=False,
            noun="your note on what you have now",
            words=50,
            criterion="C2",
            dictionary="2.6",
        ),
        Question(
            "linked_schools",
            "Schools that would offer the places with you",
            Kind.SCHOOLS,
            hint="Such as an infant and a junior school with one provision. Leave this empty if there are none",
            required=False,
            noun="the linked schools",
            criterion="C1",
            dictionary="2.7",
        ),
    ),
    group=GROUP,
    checks=(existing_explained, linked_to_others),
)

PARTNER = Section(
    "partner",
    "Your partner special school",
    Step.EOI,
    (
        Question(
            "partner_school",
            "Partner special school",
            Kind.SCHOOL,
            hint="Leave this empty if you have none in mind yet. The council will help you find a partner",
            required=False,
            noun="the partner special school",
            criterion="C4",
            dictionary="2.8",
        ),
        Question(
            "partner_talks",
            "How far are your talks with a special school?",
            Kind.ONE_OF,
            missing="Choose how far your talks with a special school are",
            noun="how far your talks are",
            options=(
                ("none", "We have not talked to one yet"),
                ("exploring", "We are exploring it together"),
                ("agreed", "Agreed in principle"),
            ),
            criterion="C4",
            dictionary="2.9",
        ),
        Question(
            "partner_agreed_on",
            "When did the special school agree in principle?",
            Kind.DATE,
            hint="The special school will be asked to confirm",
            missing="Enter the date when the special school agreed in principle",
            noun="the date of the agreement in principle",
            shown_if=("partner_talks", "agreed"),
            past=True,
            criterion="C4",
            dictionary="2.9",
        ),
    ),
    group=GROUP,
    applies=satellite,
    checks=(partner_named,),
)

GROWTH = Section(
    "growth",
    "How the places build up",
    Step.DETAIL,
    (
        Question(
            "build_up",
            "Places in each of the first four years",
            Kind.GRID,
            hint="For example 4, 8, 12, 15. The last is the number of places you offer when full",
            missing="Enter the places in each of the first four years",
            criterion="C7",
            dictionary="2.2",
            parts=(
                _year("year_1", "Year one"),
                _year("year_2", "Year two"),
                _year("year_3", "Year three"),
                _year("year_4", "Year four"),
            ),
        ),
        Question(
            "pathway_schools",
            "Schools that pupils would come from or go on to",
            Kind.SCHOOLS,
            hint="Feeder schools, or provision in the next phase",
            required=False,
            noun="the schools of the pathway",
            applies=srp,
            criterion="C1",
            dictionary="2.11",
        ),
        Question(
            "pathway_onward",
            "Where would pupils go on to in Year 7?",
            Kind.TEXT,
            missing="Enter where pupils would go on to in Year 7",
            noun="your note on Year 7",
            applies=srp_primary,
            words=150,
            criterion="C1",
            dictionary="2.11",
        ),
        Question(
            "pathway_feeders",
            "Which primary provision would pupils come from?",
            Kind.TEXT,
            missing="Enter which primary provision pupils would come from",
            noun="your note on where pupils come from",
            applies=srp_secondary,
            words=150,
            criterion="C1",
            dictionary="2.11",
        ),
    ),
    group="The offer in detail",
    checks=(build_up_reaches_places,),
)
