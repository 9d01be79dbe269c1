"""Section 9 of the data dictionary: the documents of the detail. The minute stands with the agreement (9.1)."""

from eoi.rules.questions.applies import church, satellite, srp
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.checks import partner_letter_given
from eoi.rules.questions.y2026.parts import PAGE
from eoi.rules.words import Step

DOCUMENTS = Section(
    "documents",
    "Documents",
    Step.DETAIL,
    (
        Question(
            "marked_plan",
            "Floor plan with the rooms marked",
            Kind.FILE,
            missing="Upload the floor plan with the rooms marked",
            criterion="C5",
            dictionary="9.2",
        ),
        Question(
            "budget_plan",
            "Latest budget or 3-year plan",
            Kind.FILE,
            missing="Upload the latest budget or 3-year plan",
            criterion="C7",
            dictionary="9.3",
        ),
        Question(
            "staffing_structure",
            "Staffing structure",
            Kind.FILE,
            missing="Upload the staffing structure",
            applies=srp,
            criterion="C4",
            dictionary="9.4",
        ),
        Question(
            "partner_letter",
            "Letter of the partner special school",
            Kind.FILE,
            hint="Needed if the special school has agreed in principle",
            required=False,
            applies=satellite,
            criterion="C4",
            dictionary="9.5",
        ),
        Question(
            "sen_report_page",
            "Web address of your SEN information report",
            Kind.LINE,
            missing="Enter the web address of your SEN information report",
            noun="the web address of the report",
            pattern=PAGE,
            refused="Enter the web address of your SEN information report, like www.school.example/sen",
            criterion="C2",
            dictionary="9.6",
        ),
        Question(
            "accessibility_plan_page",
            "Web address of your accessibility plan",
            Kind.LINE,
            required=False,
            noun="the web address of the plan",
            pattern=PAGE,
            refused="Enter the web address of your accessibility plan, like www.school.example/access",
            criterion="C5",
            dictionary="9.6",
        ),
        Question(
            "diocese_letter",
            "Letter of the diocese or trustees",
            Kind.FILE,
            required=False,
            applies=church,
            criterion="C6",
            dictionary="9.7",
        ),
        Question(
            "condition_report",
            "Condition or feasibility report, or photos of rooms",
            Kind.FILE,
            hint="No pupils in a photo",
            required=False,
            criterion="C5",
            dictionary="9.8",
        ),
    ),
    group="Documents",
    checks=(partner_letter_given,),
)
