"""The moves of the review, as one table (domain §8).

`TRANSITIONS` is read by the guard, the buttons, the labels, the timeline, the tests and the diagram of
`flask stages`. Nothing else knows the order.
"""

from dataclasses import dataclass

from eoi.rules.errors import WrongStage
from eoi.rules.permissions import Permission as P
from eoi.rules.stages import AFTER_APPROVAL, BEFORE_DECISION, OUTCOMES, STAGES, Stage

S = Stage


@dataclass(frozen=True, slots=True)
class Transition:
    """One move. `record` names the record of `rules/records.py` that must be written with it.

    Where `target` is None the case goes back to the one of `back_to` that it came from, or that the person chose.
    """

    action: str
    sources: tuple[Stage, ...]
    target: Stage | None
    needs: P
    label: str  # the button, a verb
    done: str  # the timeline: what has happened
    record: str = ""
    own_page: bool = False  # has a page of its own, so the generic move page does not offer it
    warns: bool = False  # ends a case or undoes a step: shown as a warning button
    back_to: tuple[Stage, ...] = ()

    @property
    def targets(self) -> tuple[Stage, ...]:
        return (self.target,) if self.target else self.back_to


_RETURNABLE = (*BEFORE_DECISION[1:], *AFTER_APPROVAL, S.DEFERRED, S.DECLINED)
_DECIDED = (*sorted(OUTCOMES), S.INELIGIBLE)

# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    # the school submits, and may change its mind until the round closes
    Transition("submit", (S.DRAFT,), S.SUBMITTED, P.SUBMIT, "Submit", "Submitted", own_page=True),
    Transition("reopen_draft", (S.SUBMITTED,), S.DRAFT, P.SUBMIT,
               "Change your answers", "Reopened by the school", own_page=True),
    # what came by email or phone: an officer writes it down, and corrects it until the school confirms
    Transition("submit_logged", (S.DRAFT,), S.SUBMITTED, P.LOG_FOR_SCHOOL,
               "Submit for the school", "Logged by an officer for the school", own_page=True),
    Transition("correct_logged", (S.SUBMITTED,), S.DRAFT, P.LOG_FOR_SCHOOL,
               "Correct what was logged", "Taken back to correct what was logged", own_page=True),
    # the check
    Transition("start_check", (S.SUBMITTED,), S.CHECK, P.CHECK, "Start the check", "Check started"),
    Transition("start_early", (S.SUBMITTED,), S.CHECK, P.CHECK,
               "Start the check before the round closes", "Check started before the round closed", "reason"),
    Transition("shortlist", (S.CHECK,), S.DETAIL, P.CHECK,
               "Shortlist and ask for the detail", "Shortlisted, detail asked", "check"),
    Transition("assess", (S.CHECK,), S.ASSESSMENT, P.CHECK,
               "Send to assessment", "Sent to assessment", "check"),
    Transition("return", (S.CHECK,), S.RETURNED, P.ASK,
               "Return for information", "Returned for information", own_page=True),
    Transition("answer_return", (S.RETURNED,), S.CHECK, P.ANSWER,
               "Send your answers", "Information sent by the school", own_page=True),
    Transition("propose_decline", (S.CHECK,), S.DECLINE_PROPOSED, P.CHECK,
               "Propose not to shortlist", "Proposed not to shortlist", "sift", warns=True),
    Transition("propose_ineligible", (S.CHECK, S.RETURNED, S.DETAIL), S.INELIGIBLE_PROPOSED, P.CHECK,
               "Propose as ineligible", "Proposed as ineligible", "sift", warns=True),
    Transition("confirm_decline", (S.DECLINE_PROPOSED,), S.DECLINED, P.CONFIRM_SIFT,
               "Confirm not shortlisted", "Not shortlisted", own_page=True, warns=True),
    Transition("confirm_ineligible", (S.INELIGIBLE_PROPOSED,), S.INELIGIBLE, P.CONFIRM_SIFT,
               "Confirm ineligible", "Found ineligible", own_page=True, warns=True),
    Transition("send_back", (S.INELIGIBLE_PROPOSED, S.DECLINE_PROPOSED), S.CHECK, P.CONFIRM_SIFT,
               "Send back to the check", "Sent back to the check", "reason"),
    Transition("send_detail", (S.DETAIL,), S.ASSESSMENT, P.ANSWER,
               "Send the detail", "Detail sent by the school", own_page=True),
    # assessment, clarification, visit
    Transition("clarify", (S.ASSESSMENT, S.VISIT), S.CLARIFICATION, P.ASK,
               "Ask for clarification", "Clarification asked", own_page=True),
    Transition("answer_clarification", (S.CLARIFICATION,), None, P.ANSWER,
               "Send your answers", "Clarification answered", own_page=True, back_to=(S.ASSESSMENT, S.VISIT)),
    Transition("close_return", (S.RETURNED,), S.CHECK, P.ASK,
               "Close the question without an answer", "Question closed without an answer", own_page=True),
    Transition("close_clarification", (S.CLARIFICATION,), None, P.ASK,
               "Close the question without an answer", "Question closed without an answer", own_page=True,
               back_to=(S.ASSESSMENT, S.VISIT)),
    Transition("visit", (S.ASSESSMENT,), S.VISIT, P.ASK,
               "Go to the visit", "Desk assessment finished", "assessed"),
    Transition("skip_visit", (S.ASSESSMENT,), S.PANEL, P.ASK,
               "Go to the panel without a visit", "Visit not needed", "no_visit"),
    Transition("visited", (S.VISIT,), S.PANEL, P.VISIT,
               "Record the visit and go to the panel", "Visit recorded", "visit"),
    # panel and decision
    Transition("recommend", (S.PANEL,), S.WITH_HEAD, P.PANEL,
               "Record the recommendation", "Recommended by the panel", "panel"),
    Transition("skip_panel", (S.PANEL,), S.WITH_HEAD, P.ASK,
               "Go to the Head of SEN without a panel", "One assessor’s findings to the Head of SEN", "no_panel"),
    Transition("approve", (S.WITH_HEAD,), S.APPROVED, P.DECIDE,
               "Approve to proceed", "Approved to proceed", own_page=True),
    Transition("approve_with_conditions", (S.WITH_HEAD,), S.CONDITIONS, P.DECIDE,
               "Approve to proceed, with conditions", "Approved to proceed, with conditions", own_page=True),
    Transition("decline", (S.WITH_HEAD,), S.DECLINED, P.DECIDE, "Decline", "Declined", own_page=True),
    Transition("defer", (S.WITH_HEAD,), S.DEFERRED, P.DECIDE, "Defer", "Deferred", own_page=True),
    Transition("panel_again", (S.WITH_HEAD,), S.PANEL, P.DECIDE,
               "Send back to the panel", "Sent back to the panel", "reason"),
    Transition("resume_assessment", (S.DEFERRED,), S.ASSESSMENT, P.CHECK,
               "Take up again at assessment", "Taken up again at assessment", "reason"),
    Transition("resume_panel", (S.DEFERRED,), S.PANEL, P.CHECK,
               "Take up again at the panel", "Taken up again at the panel", "reason"),
    # review of process
    Transition("ask_review", _DECIDED, S.PROCESS_REVIEW, P.CHECK,
               "Record a request for a review of process", "Review of process asked", "review_request"),
    Transition("review_stands", (S.PROCESS_REVIEW,), None, P.REVIEW_PROCESS,
               "The outcome stands", "Review: the outcome stands", "review", back_to=_DECIDED),
    Transition("decide_again", (S.PROCESS_REVIEW,), S.WITH_HEAD, P.REVIEW_PROCESS,
               "Ask for a fresh decision", "Review: a fresh decision is needed", "review"),
    # from approval to opening
    Transition("start_delivery", (S.APPROVED, S.CONDITIONS), S.PRE_STATUTORY, P.DELIVER,
               "Start conditions and feasibility", "Conditions and feasibility started", "delivery"),
    Transition("lapse", (S.CONDITIONS, S.PRE_STATUTORY), S.LAPSED, P.DELIVER,
               "Let the approval lapse", "Approval lapsed", "lapse", warns=True),
    Transition("consult", (S.PRE_STATUTORY,), S.CONSULTATION, P.DELIVER,
               "Start the consultation", "Consultation started", "consultation"),
    Transition("apply_to_dfe", (S.PRE_STATUTORY,), S.DFE, P.DELIVER,
               "Record the application to the DfE", "Application to the DfE made", "dfe_application"),
    Transition("statutory_agreed", (S.CONSULTATION,), S.AGREEMENT, P.DELIVER,
               "Record the statutory decision: agreed", "Statutory proposal agreed", "statutory_decision"),
    Transition("statutory_refused", (S.CONSULTATION,), S.NOT_ESTABLISHED, P.DELIVER,
               "Record the statutory decision: refused", "Statutory proposal refused", "refusal", warns=True),
    Transition("dfe_agreed", (S.DFE,), S.AGREEMENT, P.DELIVER,
               "Record the DfE decision: agreed", "DfE agreed the change", "dfe_decision"),
    Transition("dfe_refused", (S.DFE,), S.NOT_ESTABLISHED, P.DELIVER,
               "Record the DfE decision: refused", "DfE refused the change", "refusal", warns=True),
    Transition("open", (S.AGREEMENT,), S.OPEN, P.DELIVER, "Record the opening", "Opened", "opening"),
    # ways out and back
    Transition("withdraw", (*BEFORE_DECISION, *AFTER_APPROVAL, S.DEFERRED), S.WITHDRAWN, P.WITHDRAW,
               "Withdraw", "Withdrawn by the school", own_page=True, warns=True),
    Transition("reopen", tuple(s for s in Stage if s not in (S.DRAFT, S.SUBMITTED, S.CHECK)), None, P.REOPEN,
               "Put a wrong move right", "Put back", own_page=True, warns=True, back_to=_RETURNABLE),
)
# fmt: on

BY_ACTION = {t.action: t for t in TRANSITIONS}


def transition(stage: Stage, action: str) -> Transition:
    """The move named `action`, if it starts at this stage. Raises WrongStage."""
    move = BY_ACTION.get(action)
    if move is None or stage not in move.sources:
        raise WrongStage(f"This expression of interest is at “{STAGES[stage].label}”, so that step is not possible.")
    return move


def moves_from(stage: Stage) -> tuple[Transition, ...]:
    """Every move that starts here, in the order of the table."""
    return tuple(t for t in TRANSITIONS if stage in t.sources)


def diagram() -> str:
    """The table as a Mermaid state diagram, for `docs/architecture.md`. Withdrawing and putting right are notes."""
    shown = [t for t in TRANSITIONS if t.action not in ("withdraw", "reopen")]
    edges = [f"    {a} --> {b} : {t.label}" for t in shown for a in t.sources for b in t.targets]
    return "\n".join(
        [
            "stateDiagram-v2",
            "    [*] --> draft",
            *[f"    {s} : {STAGES[s].label}" for s in Stage],
            *edges,
            *[f"    {s} --> [*]" for s in Stage if STAGES[s].ended],
            "    note right of withdrawn : the school may withdraw from any stage until it opens",
            "    note right of check : the Head of SEN may put a wrong move right, with a reason",
        ]
    )
