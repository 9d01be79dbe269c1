"""What the panel says of a case, as a section of questions: captured while it meets, and printed as the minute.

Its questions on the outcome are those of the Head of SEN's decision, so that the one can be confirmed as the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from eoi.rules.decision import section as decision
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.scoring import Criterion
from eoi.rules.words import Outcome, Step, long_date

K = Kind
#: Of the decision, those that the panel answers too.
SHARED = ("outcome", "conditions", "reasons", "would_help", "defer_reason", "review_on", "strengths", "needed")
SAID = {
    "outcome": ("The recommendation", "Choose the recommendation", "The panel advises. The Head of SEN decides"),
    "strengths": ("Strengths", "", "One a line. Needed for every recommendation but defer"),
}


def section(criteria: Sequence[Criterion]) -> Section:
    """The questions on one case, with an agreed score for each criterion of the round."""
    shared = {q.key: q for q in decision(criteria).questions}
    return Section("minutes", "The panel on this case", Step.REVIEW, (
        *_moderation(criteria),
        *(_as_recommended(shared[key]) for key in SHARED),
        Question("minute", "Minute", K.TEXT, words=300, missing="Enter the minute",
                 hint="What was discussed, and why the panel recommends this"),
    ))  # fmt: skip


def _moderation(criteria: Sequence[Criterion]) -> tuple[Question, ...]:
    parts = tuple(
        Question(
            c.key, f"{c.key} {c.title}", K.NUMBER, low=0, high=4, required=False, noun=f"the agreed score for {c.key}"
        )
        for c in criteria
    )
    return (
        Question("agreed", "Agreed scores", K.GRID, parts=parts, required=False,
                 hint="0 to 4, only where scorers differed and the panel agreed. It takes the place of their mean"),
        Question("moderation", "How differences of two or more were settled", K.TEXT, words=200, required=False),
        Question("rank", "Rank within path, need, phase and area", K.NUMBER, low=1, high=99, missing="Enter the rank",
                 noun="the rank", hint="1 is the strongest. By the totals unless the panel sees it differently"),
    )  # fmt: skip


def _as_recommended(question: Question) -> Question:
    """A question of the decision, in the words of the panel. Only the recommendation itself must be given here."""
    label, missing, hint = SAID.get(question.key, (question.label, question.missing, question.hint))
    needed = question.required and question.key != "strengths"
    return replace(question, label=label, missing=missing, hint=hint, required=needed)


def agreed(notes: Mapping[str, Any]) -> dict[str, int]:
    """The scores that the panel agreed, by criterion."""
    return {key: value for key, value in (notes.get("agreed") or {}).items() if isinstance(value, int)}


def record(notes: Mapping[str, Any], held_on: str, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The notes as the record of the move (`rules/records.RECORDS["panel"]`)."""
    conditions = [
        f"{n}. {c['text']} Evidence: {c['evidence']}. Owner: {c['owner']}. Due: {_day(c['due'])}."
        for n, c in enumerate(notes.get("conditions") or (), 1)
    ]
    told = {
        "met_on": held_on,
        "members": [{key: one[key] for key in ("name", "role", "voice")} for one in members],
        "rank": notes.get("rank"), "moderation": notes.get("moderation", ""), "recommendation": notes["outcome"],
        "conditions": "\n".join(conditions) if notes["outcome"] == Outcome.CONDITIONS else "",
        "minute": notes["minute"],
    }  # fmt: skip
    return {key: value for key, value in told.items() if value not in ("", None)}


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso))
