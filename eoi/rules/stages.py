"""The stages of the review: what officers call each, what the school reads, whose turn it is, by when (domain §8)."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECK = "check"
    RETURNED = "returned"
    INELIGIBLE_PROPOSED = "ineligible_proposed"
    DECLINE_PROPOSED = "decline_proposed"
    DETAIL = "detail"
    ASSESSMENT = "assessment"
    CLARIFICATION = "clarification"
    VISIT = "visit"
    PANEL = "panel"
    WITH_HEAD = "with_head"
    APPROVED = "approved"
    CONDITIONS = "approved_with_conditions"
    DECLINED = "declined"
    DEFERRED = "deferred"
    PROCESS_REVIEW = "process_review"
    PRE_STATUTORY = "pre_statutory"
    CONSULTATION = "consultation"
    DFE = "dfe"
    AGREEMENT = "agreement"
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"
    LAPSED = "lapsed"
    NOT_ESTABLISHED = "not_established"


class Court(StrEnum):
    """Who is to move next; the council's clock stops while the school has the ball."""

    COUNCIL = "council"
    SCHOOL = "school"
    NOBODY = "nobody"


DECIDING = "Decision being made"


@dataclass(frozen=True, slots=True)
class StageFacts:
    """A stage: what officers call it, what the school reads, who holds the ball, and its target in working days."""

    label: str
    public: str
    court: Court = Court.COUNCIL
    target: int | None = None
    ended: bool = False
    next_step: str = ""  # what the person whose turn it is does


S = Stage
STAGES: dict[Stage, StageFacts] = {
    S.DRAFT: StageFacts("Draft", "Draft", Court.SCHOOL),
    S.SUBMITTED: StageFacts("Submitted", "Submitted", next_step="Start the check when the round has closed"),
    S.CHECK: StageFacts("Completeness and eligibility check", "Being checked", target=10, next_step="Check it"),
    S.RETURNED: StageFacts("Returned for information", "We need information from you", Court.SCHOOL, 5),
    S.INELIGIBLE_PROPOSED: StageFacts(
        "Proposed ineligible", "Being checked", target=5, next_step="Head of SEN confirms or sends back"
    ),
    S.DECLINE_PROPOSED: StageFacts(
        "Proposed not shortlisted", "Being checked", target=5, next_step="Head of SEN confirms or sends back"
    ),
    S.DETAIL: StageFacts("Shortlisted: detail asked", "Shortlisted: send us the detail", Court.SCHOOL, 15),
    S.ASSESSMENT: StageFacts("Desk assessment", "Being assessed", target=10, next_step="Scorers score and lock"),
    S.CLARIFICATION: StageFacts("Clarification asked", "We have a question for you", Court.SCHOOL, 10),
    S.VISIT: StageFacts("Site visit and feasibility", "Site visit", target=15, next_step="Visit and record it"),
    S.PANEL: StageFacts("Panel and moderation", "With the panel", target=8, next_step="Panel recommends"),
    S.WITH_HEAD: StageFacts("With the Head of SEN", DECIDING, target=5, next_step="Head of SEN decides"),
    S.APPROVED: StageFacts(
        "Approved to proceed", "Approved to proceed", target=2, next_step="Start the conditions and feasibility"
    ),
    S.CONDITIONS: StageFacts(
        "Approved to proceed, with conditions",
        "Approved to proceed, with conditions",
        target=2,
        next_step="Start the conditions and feasibility",
    ),
    S.DECLINED: StageFacts("Declined", "Declined", ended=True, court=Court.NOBODY),
    S.DEFERRED: StageFacts("Deferred", "Deferred", next_step="Take it up again by the review date"),
    S.PROCESS_REVIEW: StageFacts("Review of process", "Review of process", target=15, next_step="Director reviews"),
    S.PRE_STATUTORY: StageFacts(
        "Conditions and feasibility", "Conditions and feasibility", next_step="Record conditions and choose the route"
    ),
    S.CONSULTATION: StageFacts(
        "Consultation and statutory decision", "Consultation", next_step="Record the statutory dates and decision"
    ),
    S.DFE: StageFacts(
        "DfE significant change", "With the Department for Education", next_step="Record the DfE decision"
    ),
    S.AGREEMENT: StageFacts(
        "Agreement and mobilisation", "Getting ready to open", next_step="Sign the agreement and open"
    ),
    S.OPEN: StageFacts("Open", "Open", ended=True, court=Court.NOBODY),
    S.WITHDRAWN: StageFacts("Withdrawn", "Withdrawn", ended=True, court=Court.NOBODY),
    S.INELIGIBLE: StageFacts("Ineligible", "Not eligible", ended=True, court=Court.NOBODY),
    S.LAPSED: StageFacts("Lapsed", "Lapsed", ended=True, court=Court.NOBODY),
    S.NOT_ESTABLISHED: StageFacts("Not established", "Not established", ended=True, court=Court.NOBODY),
}

# Stages whose outcome a school must not read before its letter is issued.
SILENT_UNTIL_LETTER = frozenset({S.APPROVED, S.CONDITIONS, S.DECLINED, S.DEFERRED, S.INELIGIBLE})
OUTCOMES = frozenset({S.APPROVED, S.CONDITIONS, S.DECLINED, S.DEFERRED})
BEFORE_DECISION = (
    S.SUBMITTED, S.CHECK, S.RETURNED, S.INELIGIBLE_PROPOSED, S.DECLINE_PROPOSED, S.DETAIL, S.ASSESSMENT,
    S.CLARIFICATION, S.VISIT, S.PANEL, S.WITH_HEAD,
)  # fmt: skip
AFTER_APPROVAL = (S.APPROVED, S.CONDITIONS, S.PRE_STATUTORY, S.CONSULTATION, S.DFE, S.AGREEMENT)


def public_label(stage: Stage, letter_issued: bool) -> str:
    """What the school reads. An outcome stays "Decision being made" until its letter is issued."""
    if stage in SILENT_UNTIL_LETTER and not letter_issued:
        return DECIDING
    return STAGES[stage].public
