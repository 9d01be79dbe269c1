"""What the Head of SEN fills in to decide, as a section of questions like every other record."""

from collections.abc import Mapping, Sequence
from typing import Any

from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.scoring import Criterion
from eoi.rules.showing import shown
from eoi.rules.words import Outcome, Step

K = Kind
_ACTS = {
    Outcome.APPROVED: "Approve to proceed",
    Outcome.CONDITIONS: "Approve to proceed, with conditions",
    Outcome.DECLINED: "Decline",
    Outcome.DEFERRED: "Defer",
}
_MEANS = "On the expression of interest only. Nothing is established by it: the statutory or DfE decision comes later"
_PROTECTED = "Age, disability, race, sex and the other protected characteristics of the Equality Act 2010, section 149"


def section(criteria: Sequence[Criterion]) -> Section:
    """The questions of a decision, with a reason for each criterion of the round. The verb says what is missing."""
    return Section("decision", "Decision", Step.REVIEW, (*_outcome(criteria), *_whatever_the_outcome()))


def said(decided: Section, answers: Mapping[str, Any]) -> dict[str, str]:
    """Label to answer, of what was answered: for the check before recording, and for two who decided at once."""
    return {q.label: text for q in decided.questions if (text := _told(q, answers.get(q.key)))}


def _told(question: Question, value: Any) -> str:
    """As everywhere, but each condition with the names of its parts, and each reason under its criterion."""
    if question.kind is K.ROWS:
        rows = [[f"{part.label}: {shown(part, row.get(part.key))}" for part in question.parts] for row in value or ()]
        return "\n\n".join("\n".join(row) for row in rows)
    if question.kind is K.GRID:
        return "\n\n".join(f"{part.label}: {value[part.key]}" for part in question.parts if (value or {}).get(part.key))
    return shown(question, value)


def _outcome(criteria: Sequence[Criterion]) -> tuple[Question, ...]:
    declined, deferred = ("outcome", Outcome.DECLINED.value), ("outcome", Outcome.DEFERRED.value)
    return (
        Question(
            "outcome", "What do you decide?", K.ONE_OF, missing="Choose what you decide",
            options=tuple((outcome.value, act) for outcome, act in _ACTS.items()), hint=_MEANS,
        ),
        Question(
            "conditions", "Conditions", K.ROWS, noun="conditions", rows=(1, 12), parts=_condition(),
            shown_if=("outcome", Outcome.CONDITIONS.value), missing="Enter at least one condition",
        ),
        Question(
            "reasons", "Where it fell short", K.GRID, shown_if=declined,
            hint="A reason from the evidence for each criterion that was not met. Leave the others empty",
            parts=tuple(Question(c.key, f"{c.key} {c.title}", K.TEXT, words=80, required=False) for c in criteria),
        ),
        Question(
            "would_help", "What would help a future expression of interest", K.TEXT, words=100, shown_if=declined,
            hint="One a line",
        ),
        Question("defer_reason", "Why you defer it", K.TEXT, words=100, shown_if=deferred,
                 hint="One a line. The school reads it"),
        Question("review_on", "When it is looked at again", K.DATE, noun="the review date", shown_if=deferred,
                 hint="Within the next 12 months"),
    )  # fmt: skip


def _condition() -> tuple[Question, ...]:
    return (
        Question("text", "Condition", K.TEXT, words=60, missing="Enter the condition", noun="the condition"),
        Question("evidence", "Evidence", K.LINE, missing="Enter the evidence", noun="the evidence"),
        Question("owner", "Owner", K.LINE, missing="Enter the owner", noun="the owner"),
        Question("due", "Due date", K.DATE, missing="Enter the due date", noun="the due date"),
    )


def _whatever_the_outcome() -> tuple[Question, ...]:
    return (
        Question(
            "strengths", "Strengths", K.TEXT, words=120,
            hint="One a line. The school reads them in its letter. Needed for every outcome but defer",
        ),
        Question(
            "needed", "What the school needs to do", K.TEXT, words=80, required=False,
            hint="One a line. For an approval, and for a deferral where there is something to do",
        ),
        Question("needed_by", "By when the school replies", K.DATE, noun="the reply date", hint="For an approval"),
        Question("equality", "Equality considerations", K.TEXT, words=150, hint=_PROTECTED),
        Question(
            "departure", "Why you depart from the advice", K.TEXT, words=100, required=False,
            hint="Needed if you decide otherwise than the scores or the panel advise. It stays on the record, "
            "and is not in the letter",
        ),
    )  # fmt: skip
