"""Scorers score alone, and lock before they see the others'. The score is advice, never the decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Assignment, Submission
from eoi.models.review import Score
from eoi.models.upsert import insert
from eoi.queries import review
from eoi.rules.errors import Invalid, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.stages import STAGES, Stage
from eoi.workflow import audit
from eoi.workflow.facts import refresh_score
from eoi.workflow.stages import require, touch

SCORING = frozenset({Stage.ASSESSMENT, Stage.CLARIFICATION, Stage.VISIT, Stage.PANEL})


@dataclass(frozen=True, slots=True)
class Mark:
    """A scorer's score of one criterion, 0 to 4 or not yet given, and the comment."""

    value: int | None
    comment: str


def save(submission: Submission, marks: Mapping[str, Mark], *, by: Actor) -> None:
    """Keep those of the scorer's own marks that differ; nothing need be complete. The caller commits."""
    assignment = _open_assignment(submission, by)
    known = {c.key for c in submission.round.criteria}
    for key, mark in marks.items():
        if key not in known or (mark.value is not None and not 0 <= mark.value <= 4):
            raise Invalid({key: "Choose a score from 0 to 4"})
    held = review.own_scores(submission, assignment.user_id)
    marks = {key: mark for key, mark in marks.items() if not _is_held(mark, held.get(key))}
    if not marks:
        return
    own = {"submission_id": submission.id, "user_id": assignment.user_id, "changed_at": now()}
    rows = [{**own, "criterion": k, "value": m.value, "comment": m.comment.strip()} for k, m in marks.items()]
    put = insert(Score)
    new = {name: put.excluded[name] for name in ("value", "comment", "changed_at")}
    put = put.on_conflict_do_update(index_elements=["submission_id", "user_id", "criterion"], set_=new)
    db.session.execute(put, rows)
    for score in held.values():
        db.session.expire(score)  # written past the session
    audit.record(submission.case, "save_scores", by=by, detail={"criteria": sorted(marks)})


def _is_held(mark: Mark, score: Score | None) -> bool:
    """Whether the mark is as it was kept before; nothing given and nothing kept are the same."""
    held = (score.value, score.comment) if score else (None, "")
    return held == (mark.value, mark.comment.strip())


def lock(submission: Submission, *, by: Actor) -> None:
    """Lock the scorer's marks: every criterion scored, each with its comment. The caller commits."""
    assignment = _open_assignment(submission, by)
    own = review.own_scores(submission, assignment.user_id)
    errors = {}
    for criterion in submission.round.criteria:
        score = own.get(criterion.key)
        if score is None or score.value is None:
            errors[criterion.key] = f"Choose a score for {criterion.title.lower()}"
        elif not score.comment:
            errors[f"{criterion.key}-comment"] = f"Enter a comment on {criterion.title.lower()}"
    if errors:
        raise Invalid(errors)
    if review.conflict_of(submission, by.id) is None:
        raise Refused("Say first whether you have a conflict of interest.")
    touch(submission)
    assignment.locked_at = now()
    db.session.flush()
    refresh_score(submission)
    audit.record(submission.case, "lock_scores", by=by)


def _open_assignment(submission: Submission, by: Actor) -> Assignment:
    """The scorer's assignment. Raises NotAllowed, WrongStage outside assessment, Refused once locked."""
    require(by, Permission.SCORE, submission)
    if submission.stage not in SCORING:
        raise WrongStage(f"Scores are given during assessment. This case is at “{STAGES[submission.stage].label}”.")
    own = select(Assignment).where(Assignment.submission_id == submission.id, Assignment.user_id == by.id)
    assignment = db.session.scalars(own).one()
    if assignment.locked_at:
        raise Refused("You have locked your scores.")
    return assignment
