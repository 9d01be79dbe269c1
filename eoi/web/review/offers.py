"""What a person is offered on a case: the moves that its stage and their role allow, each with its page."""

from dataclasses import dataclass

from flask import url_for

from eoi.extensions import now
from eoi.models import Submission
from eoi.queries import review
from eoi.rules.permissions import Actor, may
from eoi.rules.statutory import Route
from eoi.rules.transitions import Transition, moves_from
from eoi.web.review.opening import case_facts, url_if

AFTER_LETTER = frozenset({"start_delivery", "lapse", "ask_review"})
DECIDED_BY = frozenset({"approve", "approve_with_conditions", "decline", "defer"})
SCHOOLS_OWN = frozenset({"submit", "reopen_draft", "answer_return", "send_detail", "answer_clarification", "withdraw"})
TO_COUNCIL = (Route.PROPOSAL, Route.SPECIAL_PROPOSAL)
TO_DFE = (Route.SIGNIFICANT_CHANGE, Route.SPECIAL_CHANGE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of a case's page."""

    action: str
    label: str
    href: str
    warns: bool = False


def offers(submission: Submission, actor: Actor) -> list[Offer]:
    """The moves that this person can make now, in the order of the table, those that end a case last.

    Putting a wrong move right is not among them: it stands apart on the page.
    """
    found: dict[str, Offer] = {}
    for step in moves_from(submission.stage):
        if step.action == "reopen" or step.action in SCHOOLS_OWN or not may(actor, step.needs, case_facts()):
            continue
        href = page_of(step, submission) if _fits(step.action, submission) else ""
        if href and href not in found:
            label = "Decide" if step.action in DECIDED_BY else step.label
            found[href] = Offer(step.action, label, href, step.warns)
    return sorted(found.values(), key=lambda offer: offer.warns)


def page_of(step: Transition, submission: Submission) -> str:
    """The page on which the move is made, or "" where the service does not have it."""
    ref = submission.reference
    if not step.own_page:
        return url_for("review.move", ref=ref, action=step.action)
    if step.action in ("return", "clarify"):
        return url_for("review.ask", ref=ref, kind="information" if step.action == "return" else "clarification")
    if step.action in ("confirm_decline", "confirm_ineligible"):
        return url_for("review.proposals")
    return url_if("review.decision", ref=ref) if step.action in DECIDED_BY else ""


def _fits(action: str, submission: Submission) -> bool:
    """Whether the move can fit this case at all: of two roads only the one that is open is offered."""
    if action in ("start_check", "start_early"):
        closes = submission.round.closes_at
        return (closes is None or closes <= now()) is (action == "start_check")
    if action in ("shortlist", "assess"):
        return submission.round.detail_with_eoi is (action == "assess")
    if action == "skip_panel":
        return submission.round.one_assessor and review.judges_of(submission).alone
    if action in ("consult", "apply_to_dfe"):
        return submission.changing_route in (TO_COUNCIL if action == "consult" else TO_DFE)
    return submission.letter_issued or action not in AFTER_LETTER
