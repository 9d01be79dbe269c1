"""What the review found, for the summary: gates, scores, advice, visit, history, and what comes next."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eoi.models import Record, Score, Submission
from eoi.queries import review
from eoi.rules.papers import CriterionLine, Gate, HistoryLine, Visit
from eoi.rules.permissions import Permission
from eoi.rules.records import RECORDS
from eoi.rules.scoring import CriterionResult, Result
from eoi.rules.showing import shown
from eoi.rules.stages import OUTCOMES, SILENT_UNTIL_LETTER, STAGES, Court, Stage
from eoi.rules.statutory import Route
from eoi.rules.transitions import Transition, moves_from
from eoi.rules.words import LONDON, Path, label, long_date

Records = Mapping[str, Record]
AHEAD = 3  # actions that the summary names
#: Moves that lead aside from the way to an opening.
ASIDE = frozenset(
    {"reopen_draft", "correct_logged", "return", "clarify", "ask_review", "review_stands", "decide_again"}
)
GATES = {
    "strand_open": "Path, need and phase are open in the round",
    "governors_agree": "Governing body or trust agrees in principle",
    "ehc_plan_pupils": "For pupils with EHC plans",
    "no_safeguarding_failure": "No unresolved safeguarding failure",
    "no_pupil_data": "No pupil data in the answers",
    "consent_possible": "Site owner’s consent is possible",
    "signatures": "Confirmations are in, or asked for",
}
FINDINGS = {
    "rooms": "Rooms",
    "access": "Access",
    "pupil_voice": "Pupils said",
    "estates": "Estates",
    "finance": "Finance",
}


def gates(submission: Submission, records: Records) -> tuple[Gate, ...]:
    """The checks of the latest completeness check, in its order; nothing before it."""
    if "check" not in records:
        return ()
    found = records["check"].answers
    asked = [q.key for q in RECORDS["check"].questions if q.key in GATES]
    asked = [key for key in asked if key != "ehc_plan_pupils" or submission.path is Path.SRP]
    return tuple(Gate(GATES[key], found.get(key)) for key in asked)


def criteria(submission: Submission, scores: Result) -> dict[str, Any]:
    """The fields of the summary that show the scores: a line a criterion, the total, how many scored."""
    given = review.locked_scores(submission)
    lines = tuple(
        CriterionLine(
            row.criterion.key, row.criterion.title, row.criterion.weight, row.mean,
            _closest(row, [score for score in given if score.criterion == row.criterion.key]),
            row.spread and row.agreed is None,
        )
        for row in scores.criteria
    )  # fmt: skip
    return {"criteria": lines, "total": scores.total, "scorers": scores.scorers}


def _closest(row: CriterionResult, given: Sequence[Score]) -> str:
    """The first sentence of the comment whose mark lies nearest to the mean, without its writer's name."""
    comments = [score for score in given if score.comment.strip()]
    if not comments:
        return ""
    nearest = min(comments, key=lambda score: abs((score.value or 0) - row.mean))
    return re.split(r"(?<=[.!?])\s", nearest.comment.strip())[0]


def recommendation(submission: Submission, records: Records, scores: Result | None) -> str:
    """What the panel recommends and why, what the scores advise, and the decision once there is one."""
    said = []
    if panel := records.get("panel"):
        advised, rank, minute = (_answer(panel, key) for key in ("recommendation", "rank", "minute"))
        said.append(f"{advised}. {f'Ranked {rank}. ' if rank else ''}{minute}")
        if proposed := _answer(panel, "conditions"):
            said.append(f"Conditions proposed: {proposed}")
    if scores:
        said.append(f"The scores advise: {_inside(scores.advice)}.")
    if submission.stage is not Stage.WITH_HEAD and (decision := review.decision(submission)):
        said.append(f"Decided on {long_date(decision.decided_at)}: {_inside(label(decision.outcome))}.")
    return "\n\n".join(said)


def _answer(record: Record, key: str) -> str:
    question = next(q for q in RECORDS[record.kind].questions if q.key == key)
    return shown(question, record.answers.get(key))


def _inside(words: str) -> str:
    return words[:1].lower() + words[1:]


def visit(records: Records) -> Visit | None:
    """What was seen, or why no visit was needed."""
    if found := records.get("visit"):
        said = [f"{name}: {found.answers[key]}" for key, name in FINDINGS.items() if found.answers.get(key)]
        on = found.answers.get("visited_on")
        return Visit(date.fromisoformat(on) if on else None, "\n\n".join(said))
    if skipped := records.get("no_visit"):
        return Visit(None, f"Not needed: {skipped.answers['reason']}")
    return None


def history(submission: Submission) -> tuple[HistoryLine, ...]:
    """Each move with its day and the role of who made it, oldest first."""
    lines = []
    for entry in reversed(review.timeline(submission)):
        if entry.to_stage and entry.to_stage != Stage.DRAFT:
            on = entry.at.astimezone(LONDON).date()
            lines.append(HistoryLine(on, STAGES[Stage(entry.to_stage)].label, entry.actor_role))
    return tuple(lines)


def ahead(submission: Submission) -> tuple[str, ...]:
    """The next actions, walked along the table from this stage to the decision and its letter."""
    actions: list[str] = []
    if submission.stage in SILENT_UNTIL_LETTER and not submission.letter_issued:
        actions.append("Head of SEN issues the letter")
    stage: Stage | None = submission.stage
    while stage and len(actions) < AHEAD:
        if words := _action(submission, stage):
            actions.append(words)
        if stage is Stage.WITH_HEAD:
            actions.append("Head of SEN issues the letter")
            break
        stage = _onward(submission, stage)
    return tuple(actions[:AHEAD])


def _action(submission: Submission, stage: Stage) -> str:
    """What whoever has the ball does at this stage, and by when at the present one."""
    words = STAGES[stage].next_step
    if STAGES[stage].court is Court.SCHOOL:
        label_of = next((t.label for t in moves_from(stage) if t.needs is Permission.ANSWER), "")
        words = f"School: {_inside(label_of)}" if label_of else ""
    due = f" by {long_date(submission.due_on)}" if stage is submission.stage and submission.due_on else ""
    return f"{words}{due}" if words else ""


def _onward(submission: Submission, stage: Stage) -> Stage | None:
    """The next stage of the road, where the table leaves no choice of outcome."""
    if STAGES[stage].ended or stage in OUTCOMES - {Stage.APPROVED, Stage.CONDITIONS}:
        return None
    steps = [t for t in moves_from(stage) if _goes_on(t) and _is_of_this_case(submission, t)]
    if not steps:
        return None
    return steps[0].target or submission.stage_before


def _goes_on(step: Transition) -> bool:
    return not step.warns and step.record != "reason" and step.action not in ASIDE


def _is_of_this_case(submission: Submission, step: Transition) -> bool:
    """Rounds that asked for the detail at once skip that stage; the statutory road follows the school that changes."""
    if step.action in ("shortlist", "assess"):
        return (step.action == "assess") is submission.round.detail_with_eoi
    if step.action in ("consult", "apply_to_dfe"):
        academy = submission.changing_route in (Route.SIGNIFICANT_CHANGE, Route.SPECIAL_CHANGE)
        return (step.action == "apply_to_dfe") is academy
    return True
