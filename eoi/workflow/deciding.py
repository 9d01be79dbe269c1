"""The Head of SEN decides: on a recommendation, or on what an officer proposed at the check.

Only the Head of SEN, or the person in a recorded delegation, decides (domain §8). A decision is on the expression of
interest: it never claims more than "approved to proceed".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from eoi.extensions import db, now, today
from eoi.models import Condition, Decision, Reason, Submission
from eoi.queries import review
from eoi.rules.errors import Invalid, Refused
from eoi.rules.permissions import Actor, Role
from eoi.rules.stages import Stage
from eoi.rules.words import Outcome
from eoi.workflow import letters
from eoi.workflow.guards import GUARDS
from eoi.workflow.stages import move

ACTIONS = {
    Outcome.APPROVED: "approve",
    Outcome.CONDITIONS: "approve_with_conditions",
    Outcome.DECLINED: "decline",
    Outcome.DEFERRED: "defer",
}
ADVISED = {"Recommend": {Outcome.APPROVED, Outcome.CONDITIONS}, "Decline": {Outcome.DECLINED}}
LONGEST_DEFERRAL = timedelta(days=366)  # "review date within 12 months"


@dataclass(frozen=True, slots=True)
class ConditionWanted:
    """A condition as the Head of SEN writes it."""

    text: str
    evidence: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision stands on. Which parts are needed follows from the outcome."""

    equality: str = ""
    strengths: str = ""
    would_help: str = ""
    reason: str = ""  # of a deferral; or of departing from the scores' advice
    needed: str = ""
    needed_by: date | None = None
    review_on: date | None = None
    reasons: tuple[tuple[str, str], ...] = ()  # (criterion key, text)
    conditions: tuple[ConditionWanted, ...] = field(default_factory=tuple)

    def missing(self, outcome: Outcome, today: date) -> dict[str, str]:
        """What this outcome still needs: field -> message."""
        errors = {}
        if not self.equality:
            errors["equality"] = "Enter what you considered for people with protected characteristics"
        if outcome in (Outcome.APPROVED, Outcome.CONDITIONS):
            if not self.strengths:
                errors["strengths"] = "Enter at least one strength"
            if not self.needed_by or self.needed_by <= today:
                errors["needed_by"] = "Enter a date after today by which you need the school’s reply"
        if outcome is Outcome.CONDITIONS:
            if not self.conditions:
                errors["conditions"] = "Enter at least one condition"
            elif any(c.due_on <= today for c in self.conditions):
                errors["conditions"] = "Enter due dates that are after today"
        if outcome is Outcome.DECLINED:
            if not self.strengths:
                errors["strengths"] = "Enter at least one strength"
            if not self.reasons:
                errors["reasons"] = "Enter a reason for each criterion that was not met"
            if not self.would_help:
                errors["would_help"] = "Enter what would help a future expression of interest"
        if outcome is Outcome.DEFERRED:
            if not self.reason:
                errors["reason"] = "Enter why you defer it"
            if not self.review_on or not today < self.review_on <= today + LONGEST_DEFERRAL:
                errors["review_on"] = "Enter a review date within the next 12 months"
        return errors


def decide(submission: Submission, outcome: Outcome, grounds: Grounds, *, seen: int, by: Actor) -> Decision:
    """Record the decision and draft its letter. The caller commits.

    Raises Invalid with what the outcome still needs, WrongStage, NotAllowed, MovedOn, Refused.
    """
    if errors := problems(submission, outcome, grounds):
        raise Invalid(errors)
    move(
        submission, ACTIONS[outcome], by=by, seen=seen, due=grounds.review_on if outcome is Outcome.DEFERRED else None,
        detail={"outcome": outcome, "reason": grounds.reason},
    )  # fmt: skip
    decision = _write(submission, outcome, grounds, by)
    letters.draft(submission, decision, by=by)
    return decision


def problems(submission: Submission, outcome: Outcome, grounds: Grounds) -> dict[str, str]:
    """What stops this decision from being recorded: field -> message. Looks, and writes nothing."""
    errors = grounds.missing(outcome, today())
    if not grounds.reason and outcome is not Outcome.DEFERRED and departs_from_advice(submission, outcome):
        errors["reason"] = "Enter why you depart from what the scores and the panel advise"
    if guard := GUARDS.get(ACTIONS[outcome]):
        try:
            guard(submission, {})
        except Refused as refused:
            errors["outcome"] = refused.message
    return errors


def departs_from_advice(submission: Submission, outcome: Outcome) -> bool:
    """Whether the outcome differs from what the scores advise, or else from what the panel recommended."""
    panel = review.records(submission).get("panel")
    if panel and panel.answers.get("recommendation") != outcome:
        return True
    scores = review.result_of(submission)
    return scores is not None and outcome not in ADVISED.get(scores.advice, {Outcome.CONDITIONS, Outcome.DEFERRED})


def confirm_sift(
    submissions: Sequence[tuple[Submission, int]], equality: str, *, strengths: str = "", by: Actor
) -> list[Decision]:
    """Confirm what officers proposed at the check: all of these (case, version seen) or none. The caller commits."""
    errors = {}
    if not submissions:
        errors["cases"] = "Choose at least one proposal to confirm"
    if not equality.strip():
        errors["equality"] = "Enter what you considered for people with protected characteristics"
    if errors:
        raise Invalid(errors)
    decisions = []
    for submission, seen in submissions:
        ineligible = submission.stage is Stage.INELIGIBLE_PROPOSED
        move(submission, "confirm_ineligible" if ineligible else "confirm_decline", by=by, seen=seen)
        proposal = review.records(submission)["sift"].answers
        grounds = Grounds(
            equality=equality, strengths=strengths, would_help=proposal.get("would_help", ""), reason=proposal["reason"]
        )
        decision = _write(submission, Outcome.DECLINED, grounds, by, not_shortlisted=True)
        letters.draft(submission, decision, by=by)
        decisions.append(decision)
    return decisions


def _write(
    submission: Submission, outcome: Outcome, grounds: Grounds, by: Actor, not_shortlisted: bool = False
) -> Decision:
    decision = Decision(
        submission_id=submission.id, outcome=outcome, not_shortlisted=not_shortlisted, strengths=grounds.strengths,
        would_help=grounds.would_help, reason=grounds.reason, needed=grounds.needed, needed_by=grounds.needed_by,
        review_on=grounds.review_on, equality=grounds.equality, decided_at=now(), decided_by_id=by.id,
        delegated=Role.HEAD_OF_SEN not in by.roles,
        reasons=[Reason(criterion=key, text=text) for key, text in grounds.reasons],
        conditions=[
            Condition(number=n, text=c.text, evidence=c.evidence, owner=c.owner, due_on=c.due_on)
            for n, c in enumerate(grounds.conditions, 1)
        ],
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    return decision
