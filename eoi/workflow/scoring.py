"""Scorers score alone, and lock before they see the others'. The score is advice, never the decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Assignment, Submission, User
from eoi.models.review import Score
from eoi.models.upsert import insert
from eoi.queries import review
from eoi.rules.errors import Invalid, NotAllowed, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.stages import STAGES, Stage
from eoi.workflow import audit, notices
from eoi.workflow.facts import refresh_score
from eoi.workflow.stages import compare, require, touch

SCORING = frozenset({Stage.ASSESSMENT, Stage.CLARIFICATION, Stage.VISIT, Stage.PANEL})


@dataclass(frozen=True, slots=True)
class Mark:
    """A scorer's score of one criterion, 0 to 4 or not yet given, and the comment; or that they abstain, and why."""

    value: int | None
    comment: str
    abstained: bool = False


def save(submission: Submission, marks: Mapping[str, Mark], *, by: Actor) -> None:
    """Keep those of the scorer's own marks that differ; nothing need be complete. The caller commits."""
    assignment = _open_assignment(submission, by)
    known = {c.key for c in submission.round.criteria}
    for key, mark in marks.items():
        if key not in known or (mark.value is not None and (mark.abstained or not 0 <= mark.value <= 4)):
            raise Invalid({key: "Choose a score from 0 to 4, or abstain"})
    held = review.own_scores(submission, assignment.user_id)
    marks = {key: mark for key, mark in marks.items() if not _is_held(mark, held.get(key))}
    if not marks:
        return
    own = {"submission_id": submission.id, "user_id": assignment.user_id, "changed_at": now()}
    rows = [
        {**own, "criterion": k, "value": m.value, "abstained": m.abstained, "comment": m.comment.strip()}
        for k, m in marks.items()
    ]
    put = insert(Score)
    new = {name: put.excluded[name] for name in ("value", "abstained", "comment", "changed_at")}
    put = put.on_conflict_do_update(index_elements=["submission_id", "user_id", "criterion"], set_=new)
    db.session.execute(put, rows)
    for score in held.values():
        db.session.expire(score)  # written past the session
    audit.record(submission.case, "save_scores", by=by, detail={"criteria": sorted(marks)})


def _is_held(mark: Mark, score: Score | None) -> bool:
    """Whether the mark is as it was kept before; nothing given and nothing kept are the same."""
    held = (score.value, score.abstained, score.comment) if score else (None, False, "")
    return held == (mark.value, mark.abstained, mark.comment.strip())


def lock(submission: Submission, *, by: Actor) -> None:
    """Lock the scorer's marks: every criterion scored or abstained from, each with its comment. The caller commits.

    The marks go to the audit record, so that what was locked can be read there after a reopening.
    """
    assignment = _open_assignment(submission, by)
    own = review.own_scores(submission, assignment.user_id)
    if errors := _unfinished(submission, own):
        raise Invalid(errors)
    if review.conflict_of(submission, by.id) is None:
        raise Refused("Say first whether you have a conflict of interest.")
    touch(submission)
    assignment.locked_at = now()
    db.session.flush()
    refresh_score(submission)
    marks = {key: "abstained" if score.abstained else score.value for key, score in own.items()}
    audit.record(submission.case, "lock_scores", by=by, detail={"marks": marks})


def _unfinished(submission: Submission, own: Mapping[str, Score]) -> dict[str, str]:
    """What stands between these marks and the lock: field -> message."""
    errors = {}
    for criterion in submission.round.criteria:
        score = own.get(criterion.key)
        if score is None or (score.value is None and not score.abstained):
            errors[criterion.key] = f"Choose a score for {criterion.title.lower()}"
        elif not score.comment:
            errors[f"{criterion.key}-comment"] = f"Enter a comment on {criterion.title.lower()}"
    if not errors and all(score.abstained for score in own.values()):
        first = submission.round.criteria[0].key
        errors[first] = "Score at least one criterion, or ask the officer to take you off this case"
    return errors


def reopen(submission: Submission, scorer: User, reason: str, *, seen: int, by: Actor) -> None:
    """Give a scorer their locked marks back, for the chair only and with the reason. The caller commits.

    The marks stay as they are until the scorer changes them; they do not count until they are locked again.
    Raises NotAllowed, WrongStage, MovedOn, Invalid, Refused.
    """
    require(by, Permission.PANEL, submission)
    _during_assessment(submission)
    compare(submission, seen)
    if by.id == scorer.id:
        raise Refused("Another chair has to reopen your own scores.")
    if not reason.strip():
        raise Invalid({"reason": "Enter why the scores are reopened"})
    touch(submission)
    assignment = _assignment(submission, scorer.id)
    if assignment is None or assignment.locked_at is None:
        raise Refused("These scores are not locked.")
    assignment.locked_at = None
    db.session.flush()
    refresh_score(submission)
    seq = audit.record(
        submission.case, "reopen_scores", by=by, detail={"scorer": scorer.name, "reason": reason.strip()}
    )
    notices.mail(
        "scores_reopened", scorer.email, f"reopened {submission.id} {seq}", submission_id=submission.id,
        path=f"/panel/{submission.reference}", name=scorer.name, school=submission.school.name,
        reference=submission.reference, reason=reason.strip(),
    )  # fmt: skip


def _open_assignment(submission: Submission, by: Actor) -> Assignment:
    """The scorer's assignment. Raises NotAllowed, WrongStage outside assessment, Refused once locked."""
    require(by, Permission.SCORE, submission)
    _during_assessment(submission)
    assignment = _assignment(submission, by.id)
    if assignment is None:
        raise NotAllowed
    if assignment.locked_at:
        raise Refused("You have locked your scores.")
    return assignment


def _during_assessment(submission: Submission) -> None:
    if submission.stage not in SCORING:
        raise WrongStage(f"Scores are given during assessment. This case is at “{STAGES[submission.stage].label}”.")


def _assignment(submission: Submission, user_id: int | None) -> Assignment | None:
    own = select(Assignment).where(Assignment.submission_id == submission.id, Assignment.user_id == user_id)
    return db.session.scalars(own).one_or_none()
