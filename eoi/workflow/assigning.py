"""Who works on a case: its officer, its scorers, and the conflicts they declare before it opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from eoi.extensions import db, now
from eoi.models import Assignment, Submission, User
from eoi.models.review import Conflict
from eoi.models.upsert import insert
from eoi.queries import review
from eoi.rules.assigning import HANDLINGS
from eoi.rules.errors import Invalid, Refused
from eoi.rules.permissions import Actor, Permission, Role
from eoi.rules.words import listed
from eoi.workflow import audit
from eoi.workflow.facts import refresh_score
from eoi.workflow.stages import compare, require, touch


@dataclass(frozen=True, slots=True)
class Share:
    """A case, the version of it that was seen, and who is to score it from now on besides those who do."""

    case: Submission
    seen: int
    scorers: Sequence[User]


MAY_BE_ASSIGNED = frozenset({Role.SCORER, Role.ESTATES, Role.FINANCE})


def give_officer(submission: Submission, officer: User | None, *, seen: int, by: Actor) -> None:
    """Make this SEN officer the case officer, or nobody. The caller commits. Raises Refused, MovedOn, NotAllowed."""
    require(by, Permission.ASSIGN, submission)
    compare(submission, seen)
    if officer and Role.SEN_OFFICER not in officer.roles:
        raise Refused("Choose a SEN officer.")
    if officer:
        _free_of_conflict(submission, [officer])
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
    present = review.assignments(submission)
    _free_of_conflict(submission, [wanted[new] for new in wanted.keys() - {a.user_id for a in present}])
    touch(submission)
    if kept := [a.user.name for a in present if a.locked_at and a.user_id not in wanted]:
        raise Refused(f"{', '.join(kept)} locked scores already, so cannot be taken off.")
    gone = [a.id for a in present if a.user_id not in wanted]
    db.session.execute(delete(Assignment).where(Assignment.id.in_(gone)))
    for user_id in wanted.keys() - {a.user_id for a in present}:
        db.session.add(Assignment(submission_id=submission.id, user_id=user_id, assigned_at=now()))
    names = sorted(user.name for user in wanted.values())
    audit.record(submission.case, "assign_scorers", by=by, detail={"scorers": names})


def _free_of_conflict(submission: Submission, people: Iterable[User]) -> None:
    """Refuse to give the case to somebody who declared a conflict of interest on it."""
    against = {conflict.user_id for conflict in review.conflicts(submission)}
    if names := sorted(user.name for user in people if user.id in against):
        raise Refused(f"{listed(names)} declared a conflict of interest on {submission.name}. Choose somebody else.")


def share_out(shares: Sequence[Share], *, by: Actor) -> int:
    """Give each case its further scorers: all of these or none. Returns how many were given. The caller commits.

    Raises what `assign_scorers` raises, and Invalid where nothing was chosen.
    """
    if not shares:
        raise Invalid({"case": "Choose at least one case"})
    for share in shares:
        present = [assignment.user for assignment in review.assignments(share.case)]
        assign_scorers(share.case, [*present, *share.scorers], seen=share.seen, by=by)
    return sum(len(share.scorers) for share in shares)


def hand_over(
    person: User, owned: Sequence[tuple[Submission, int]], officer: User | None, shares: Sequence[Share], *, by: Actor
) -> None:
    """Move the work of somebody who is away: their cases to this officer, what they had to score to those named.

    All or nothing; who has locked scores keeps them. The caller commits. Raises Invalid, Refused, MovedOn, NotAllowed.
    """
    if owned and officer is None:
        raise Invalid({"officer": "Choose who takes the cases over"})
    if officer and officer.id == person.id:
        raise Invalid({"officer": "Choose somebody else"})
    for case, seen in owned:
        give_officer(case, officer, seen=seen, by=by)
    moved = {case.id for case, _ in owned}
    for share in shares:
        seen = share.case.version if share.case.id in moved else share.seen
        stay = [a.user for a in review.assignments(share.case) if a.user_id != person.id]
        assign_scorers(share.case, [*stay, *share.scorers], seen=seen, by=by)


def declare_conflict(submission: Submission, conflicted: bool, handling: str, *, by: Actor) -> None:
    """Record this person's own yes or no. A yes takes every right of the review away here, and sets scores aside.

    Nothing about families is kept: only yes or no, and how it is handled. The caller commits.
    """
    require(by, Permission.READ_CASE, submission)
    if handling and handling not in dict(HANDLINGS).values():
        raise Invalid({"handling": "Choose how it is handled"})
    values = {"conflicted": conflicted, "handling": handling, "declared_at": now()}
    said = review.conflict_of(submission, by.id)
    if said and (said.conflicted, said.handling) == (values["conflicted"], values["handling"]):
        return
    row = insert(Conflict).values(submission_id=submission.id, user_id=by.id, **values)
    touch(submission)
    db.session.execute(row.on_conflict_do_update(index_elements=["submission_id", "user_id"], set_=values))
    if conflicted:
        refresh_score(submission)
    audit.record(submission.case, "declare_conflict", by=by, detail={"conflicted": conflicted})
