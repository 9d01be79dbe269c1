"""The bodies of letters that follow a decision: conditions met, lapsed, a review done, feedback."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from eoi.extensions import today
from eoi.models import Decision, Letter
from eoi.queries import review
from eoi.queries.papers.parts import lines
from eoi.rules.errors import Refused
from eoi.rules.papers import Body, ConditionLine, Discharge, Feedback, Lapse, LetterKind, OwnMark, ReviewResult
from eoi.rules.phrases import in_sentence
from eoi.rules.words import LONDON

Answers = Mapping[str, Any]


def day_of(letter: Letter) -> date:
    """The day that the letter bears: of its issue, or today."""
    return letter.issued_at.astimezone(LONDON).date() if letter.issued_at else today()


def decision_of(letter: Letter) -> Decision:
    """The decision that the letter tells, or that it follows."""
    decision = letter.decision
    if decision is None:
        raise Refused("This letter tells a decision, and none is recorded with it.")
    return decision


def _discharge(letter: Letter, _: Answers) -> Discharge:
    return Discharge(_conditions(letter))


def _lapse(letter: Letter, _: Answers) -> Lapse:
    record = review.records(letter.submission).get("lapse")
    unmet = tuple(line for line in _conditions(letter) if line.met_on is None)
    since = letter.submission.stage_since.astimezone(LONDON).date()
    return Lapse(unmet, since, (record.answers.get("reason") or "") if record else "")


def _conditions(letter: Letter) -> tuple[ConditionLine, ...]:
    return tuple(ConditionLine(c.text, c.evidence, c.owner, c.due_on, c.met_on) for c in decision_of(letter).conditions)


def _review_result(letter: Letter, _: Answers) -> ReviewResult:
    record = review.records(letter.submission).get("review")
    if record is None:
        raise Refused("No review of process is recorded, so there is no such letter to write.")
    findings = lines(str(record.answers.get("findings") or record.answers.get("reason") or ""))
    return ReviewResult(record.action == "review_stands", in_sentence(decision_of(letter).outcome), findings)


def _feedback(letter: Letter, _: Answers) -> Feedback:
    """The school's own marks: the mean of those who scored, by criterion, with the reason where it fell short."""
    decision, submission = decision_of(letter), letter.submission
    given = review.scores_by_criterion(submission)
    reasons = {reason.criterion: reason.text for reason in decision.reasons}
    marks = tuple(
        OwnMark(c.title, c.weight, sum(given[c.key]) / len(given[c.key]) if given.get(c.key) else None,
                reasons.get(c.key, ""))
        for c in submission.round.criteria
    )  # fmt: skip
    told = "not shortlisted" if decision.not_shortlisted else in_sentence(decision.outcome)
    return Feedback(told, lines(decision.strengths), marks, lines(decision.would_help), submission.score)


AFTER: dict[LetterKind, Callable[[Letter, Answers], Body]] = {
    LetterKind.DISCHARGED: _discharge,
    LetterKind.LAPSED: _lapse,
    LetterKind.PROCESS_REVIEW: _review_result,
    LetterKind.FEEDBACK: _feedback,
}
