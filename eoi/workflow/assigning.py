"""Who works on a case: its officer, its scorers, and the conflicts they declare before it opens."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from eoi.extensions import db, now
from eoi.models import Assignment, Submission, User
from eoi.models.review import Conflict
from eoi.models.upsert import insert
from eoi.queries import review
from eoi.rules.errors import Refused
from eoi.rules.permissions import Actor, Permission, Role
from eoi.workflow import audit
from eoi.workflow.facts import refresh_score
from eoi.workflow.stages import compare, require, touch

MAY_BE_ASSIGNED = frozenset({Role.SCORER, Role.ESTATES, Role.FINANCE})


def give_officer(submission: Submission, officer: User | None, *, seen: int, by: Actor) -> None:
    """Make this SEN officer the case officer, or nobody. The caller commits. Raises Refused, MovedOn, NotAllowed."""
    require(by, Permission.ASSIGN, submission)
    compare(submission, seen)
    if officer and Role.SEN_OFFICER not in officer.roles:
        raise Refused("Choose a SEN officer.")
    submission.owner_id = officer.id if officer else None
    touch(submission)
    detail = {"officer": officer.name if officer else ""}
    audit.record(submission.case, "give_officer", by=by, detail=detail)


def assign_scorers(submission: Submission, scorers: Iterable[User], *, seen: int, by: Actor) -> None:
    """Make these the scorers of the case. Those who have locked their scores stay. The caller commits."""
    require(by, Permission.ASSIGN, submission)
    compare(submission, seen)
    wanted = {user.id: user for user in scorers}
    if any(not user.roles & MAY_BE_ASSIGNED for user in wanted.values()):
        raise Refused("Choose people who score, or speak for estates or finance.")
    touch(submission)
    present = db.session.scalars(select(Assignment).where(Assignment.submission_id == submission.id)).all()
    if kept := [a.user.name for a in present if a.locked_at and a.user_id not in wanted]:
        raise Refused(f"{', '.join(kept)} locked scores already, so cannot be taken off.")
    gone = [a.id for a in present if a.user_id not in wanted]
    db.session.execute(delete(Assignment).where(Assignment.id.in_(gone)))
    for user_id in wanted.keys() - {a.user_id for a in present}:
        db.session.add(Assignment(submission_id=submission.id, user_id=user_id, assigned_at=now()))
    names = sorted(user.name for user in wanted.values())
    audit.record(submission.case, "assign_scorers", by=by, detail={"scorers": names})


def declare_conflict(submission: Submission, conflicted: bool, handling: str, *, by: Actor) -> None:
    """Record this person's own yes or no. A yes takes every right of the review away here, and sets scores aside.

    Nothing about families is kept: only yes or no, and how it is handled. The caller commits.
    """
    require(by, Permission.READ_CASE, submission)
    values = {"conflicted": conflicted, "handling": handling.strip()[:200], "declared_at": now()}
    said = review.conflict_of(submission, by.id)
    if said and (said.conflicted, said.handling) == (values["conflicted"], values["handling"]):
        return
    row = insert(Conflict).values(submission_id=submission.id, user_id=by.id, **values)
    touch(submission)
    db.session.execute(row.on_conflict_do_update(index_elements=["submission_id", "user_id"], set_=values))
    if conflicted:
        refresh_score(submission)
    audit.record(submission.case, "declare_conflict", by=by, detail={"conflicted": conflicted})
