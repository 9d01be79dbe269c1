"""Section 10 of the data dictionary: conflicts and sensitive parts. The declaration is a page of its own."""

from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.checks import sensitive_explained
from eoi.rules.words import Step

DISCLOSURE = Section(
    "disclosure",
    "Conflicts of interest and sensitive parts",
    Step.EOI,
    (
        Question(
            "conflict",
            "Is a governor, trustee or member of staff also a member or an employee of the council?",
            Kind.YES_NO,
            hint="Staff whom the council employs to work at your school do not count",
            missing="Choose yes if a governor, trustee or member of staff works for the council or is a member of it",
            noun="a conflict of interest",
            dictionary="10.5",
        ),
        Question(
            "conflict_kind",
            "What is the connection?",
            Kind.LINE,
            hint="The roles, not the names. For example, a governor is a county councillor",
            missing="Enter the connection",
            noun="the connection",
            shown_if=("conflict", "yes"),
            dictionary="10.5",
        ),
        Question(
            "sensitive_parts",
            "Which parts do you think are commercially sensitive?",
            Kind.ANY_OF,
            hint="What you send us can be asked for under the Freedom of Information Act. We weigh what you mark. "
            "Leave this empty if there are none",
            required=False,
            noun="sensitive parts",
            options=(
                ("offer", "Places and opening"),
                ("partner", "Talks with other schools"),
                ("people", "Staffing"),
                ("building", "Rooms and site"),
                ("money", "Costs and budgets"),
            ),
            dictionary="10.6",
        ),
        Question(
            "sensitive_why",
            "If any, why?",
            Kind.LINE,
            required=False,
            noun="why they are sensitive",
            dictionary="10.6",
        ),
    ),
    group="Before you submit",
    checks=(sensitive_explained,),
)
