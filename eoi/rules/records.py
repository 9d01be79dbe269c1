"""The record that each move of the review must leave, as sections of questions (domain §8).

They are parsed, checked and shown by `rules/answers`, like the school's own form.
"""

from eoi.rules.panel import VOICES
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.words import Step

K = Kind


def _yes_no(key: str, label: str, hint: str = "") -> Question:
    return Question(
        key, label, K.YES_NO, hint=hint, missing=f"Choose yes or no: {label[0].lower()}{label[1:].rstrip('?')}"
    )


def _text(key: str, label: str, words: int = 200, hint: str = "", required: bool = True) -> Question:
    return Question(
        key, label, K.TEXT, hint=hint, words=words, required=required, missing=f"Enter {label[0].lower()}{label[1:]}"
    )


def _date(key: str, label: str, required: bool = True, hint: str = "") -> Question:
    return Question(key, label, K.DATE, hint=hint, required=required, missing=f"Enter {label[0].lower()}{label[1:]}")


def _choice(key: str, label: str, *options: tuple[str, str]) -> Question:
    return Question(key, label, K.ONE_OF, options=options, missing=f"Choose {label[0].lower()}{label[1:]}")


def _record(key: str, title: str, *questions: Question, intro: str = "") -> Section:
    return Section(key, title, Step.REVIEW, questions, intro=intro)


_REASON = _text("reason", "The reason", 300, "It stays on the record and in the timeline")

RECORDS: dict[str, Section] = {
    r.key: r
    for r in (
        _record("reason", "Reason", _REASON),
        _record(
            "check",
            "Completeness and eligibility check",
            _yes_no("strand_open", "Is the path, need and phase open in this round?"),
            _yes_no("governors_agree", "Do the governing body or trust agree in principle?"),
            _yes_no("ehc_plan_pupils", "Is it for pupils with EHC plans?", "For a resourced provision"),
            _yes_no("no_safeguarding_failure", "Is it free of an unresolved safeguarding failure?"),
            _yes_no("no_pupil_data", "Is it free of pupil data?"),
            _yes_no("consent_possible", "Is the site owner’s consent possible?", "For an academy host, land consent"),
            _yes_no("signatures", "Are the confirmations in, or asked for?", "Due 10 working days after closing"),
            _text("officer_note", "The officer’s note", 150, "Printed on page 1 of the summary"),
        ),
        _record(
            "sift",
            "Proposal to the Head of SEN",
            _text("reason", "Why you propose this", 300, "The school will read it in its letter, in these words"),
            _text("would_help", "What would help a future expression of interest", 150, required=False),
        ),
        _record(
            "assessed",
            "Desk assessment",
            _text("summary", "What the assessment found", 200),
        ),
        _record("no_visit", "Visit not needed", _text("reason", "Why no visit is needed", 150)),
        _record(
            "visit",
            "Site visit and feasibility",
            _date("visited_on", "The date of the visit"),
            Question("visitors", "Roles of those who visited", K.LINE, missing="Enter the roles of those who visited"),
            _text("rooms", "Rooms seen, and whether they suit", 200),
            _text("access", "Access, drop-off and outdoor space", 150),
            _text("pupil_voice", "What pupils said, in general", 100, "Never name or describe a child"),
            _text("estates", "Estates’ view of feasibility", 150),
            _text("finance", "Finance’s view of cost and viability", 150),
        ),
        _record(
            "panel",
            "Panel and moderation",
            _date("met_on", "The date the panel met"),
            Question(
                "members",
                "Members present, by role",
                K.ROWS,
                missing="Enter who was present",
                noun="members",
                hint="At least three, one of them estates or finance",
                rows=(1, 12),
                parts=(
                    Question("name", "Name", K.LINE, missing="Enter the name"),
                    Question("role", "Role", K.LINE, missing="Enter the role"),
                    _choice("voice", "Speaks for", *VOICES),
                ),
            ),
            Question(
                "rank",
                "Rank within path, need, phase and area",
                K.NUMBER,
                low=1,
                high=99,
                missing="Enter the rank",
                hint="1 is the strongest",
            ),
            _text("moderation", "How differences of two or more were settled", 200, required=False),
            _choice(
                "recommendation",
                "The recommendation",
                ("approved", "Approve to proceed"),
                ("approved_with_conditions", "Approve to proceed, with conditions"),
                ("declined", "Decline"),
                ("deferred", "Defer"),
            ),
            _text("conditions", "Conditions proposed", 200, required=False),
            _text("minute", "Minute", 300),
        ),
        _record(
            "no_panel",
            "One assessor, no panel",
            _text("reason", "What the assessor found, and why no panel need meet", 200),
        ),
        _record(
            "review_request",
            "Request for a review of process",
            _date("asked_on", "The date it was asked"),
            _text("grounds", "What the school says went wrong", 300, "Process or fact only, within 10 working days"),
        ),
        _record("review", "Review of process", _text("findings", "What the review found", 300)),
        _record(
            "delivery",
            "Conditions and feasibility",
            Question(
                "contact",
                "The school’s named contact",
                K.LINE,
                missing="Enter the name of the contact",
                hint="Usually the area education officer",
            ),
            _text("feasibility", "What feasibility work comes next", 200),
            _choice(
                "capital",
                "The capital route",
                ("none", "No capital needed"),
                ("council", "Council programme"),
                ("over_1m", "Over £1m: Cabinet Member consulted"),
            ),
        ),
        _record("lapse", "Approval lapses", _date("notice_on", "The date notice was given"), _REASON),
        _record(
            "consultation",
            "Consultation",
            _date("starts_on", "The date consultation starts"),
            _date("ends_on", "The date consultation ends"),
            Question("page", "The public page of the consultation", K.LINE, required=False),
        ),
        _record(
            "statutory_decision",
            "Statutory decision",
            _date("notice_on", "The date of the statutory notice"),
            _date("representations_end", "The date representations ended", hint="4 weeks after the notice"),
            _date("decided_on", "The date of the decision", hint="Within 2 months, or it passes to the adjudicator"),
            Question("reference", "The decision reference", K.LINE, missing="Enter the decision reference"),
            _text("conditions", "Conditions of the decision", 100, required=False),
        ),
        _record(
            "dfe_application",
            "Application to the DfE",
            _date("applied_on", "The date of the application"),
            Question("reference", "The DfE reference", K.LINE, missing="Enter the DfE reference"),
            _yes_no("trust_consulted", "Has the trust consulted?"),
        ),
        _record(
            "dfe_decision",
            "DfE decision",
            _date("decided_on", "The date of the decision"),
            Question("reference", "The DfE reference", K.LINE, missing="Enter the DfE reference"),
            _date("deed_on", "The date of the deed of variation", required=False),
        ),
        _record(
            "refusal",
            "Refusal",
            _date("decided_on", "The date of the decision"),
            Question("reference", "The decision reference", K.LINE, missing="Enter the decision reference"),
            _REASON,
        ),
        _record(
            "opening",
            "Opening",
            _date(
                "agreement_on",
                "The date the agreement was signed",
                hint="SLA or contract; for a satellite, the licence",
            ),
            _yes_no(
                "register",
                "Does the register show the provision?",
                "GIAS takes it for an academy only if the funding agreement mentions it",
            ),
            _yes_no("census", "Are the census flags set?"),
            _date("opened_on", "The date it opened"),
            Question("places", "Places open", K.NUMBER, low=1, high=300, missing="Enter the places open"),
        ),
    )
}
