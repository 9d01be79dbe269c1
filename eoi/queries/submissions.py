"""Every read of submissions. Each starts from `visible_to`, the SQL form of `rules/permissions.may`."""

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import joinedload

from eoi.extensions import db
from eoi.models import Assignment, Conflict, Round, Submission
from eoi.models.submission import Channel
from eoi.rules.permissions import Actor, CaseFacts, Permission, Relation, relation_of
from eoi.rules.stages import Stage


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The submissions that this person may open.

    A school's people: those of their schools. Council roles: by their grant of READ_CASE, less the cases they are
    in conflict with, less drafts, whose existence officers see elsewhere (`drafts`) but never their answers. The
    drafts that officers log for schools are open to those who may log. What somebody began before an officer confirmed
    that they work at the school is seen by nobody else.
    """
    if actor.kind == "system":
        return true()
    if actor.kind != "user":
        return false()
    open_to = and_(Submission.held_by_id.is_(None), _open_to(actor))
    return open_to if actor.is_staff else or_(Submission.held_by_id == actor.id, open_to)


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """What the person may open of all that is no longer its author's alone."""
    own = Submission.urn.in_(actor.urns) if actor.urns else false()
    relations = relation_of(actor, Permission.READ_CASE)
    granted: list[ColumnElement[bool]] = []
    if Relation.ANY in relations or 0 in actor.delegated:
        granted.append(true())
    if Relation.ASSIGNED in relations:
        granted.append(exists().where(Assignment.submission_id == Submission.id, Assignment.user_id == actor.id))
    if actor.delegated:
        granted.append(Submission.id.in_(actor.delegated))
    if not granted:
        return own
    conflicted = exists().where(
        Conflict.submission_id == Submission.id, Conflict.user_id == actor.id, Conflict.conflicted.is_(True)
    )
    return or_(own, and_(or_(*granted), or_(Submission.stage != Stage.DRAFT, _logged_by(actor)), ~conflicted))


def _logged_by(actor: Actor) -> ColumnElement[bool]:
    """What is being logged for schools, where the person may do that."""
    if Relation.ANY not in relation_of(actor, Permission.LOG_FOR_SCHOOL):
        return false()
    return and_(Submission.channel != Channel.FORM, Submission.confirmed_at.is_(None))


def seen_by(actor: Actor) -> Select[Submission]:
    """The start of every query that loads submissions for a person."""
    return select(Submission).where(visible_to(actor))


def find(name: str, actor: Actor) -> Submission | None:
    """The submission with this reference or public id, or None where there is none that the person may see.

    What its round takes is loaded when a page asks for it: most do not.
    """
    column = Submission.reference if name.startswith("EOI-") else Submission.public_id
    found = seen_by(actor).where(column == name)
    return db.session.scalars(found.options(joinedload(Submission.round).lazyload(Round.strands))).one_or_none()


_ASSIGNED = select(Assignment.user_id, literal("assigned")).where(Assignment.submission_id == bindparam("id"))
_DECLARED = select(Conflict.user_id, case((Conflict.conflicted, "conflicted"), else_="clear")).where(
    Conflict.submission_id == bindparam("id")
)
_TIED = union_all(_ASSIGNED, _DECLARED)


def case_facts(submission: Submission) -> CaseFacts:
    """What the permission rules look at, in one query: who is assigned, who is in conflict, who said they are not."""
    found: dict[str, set[int]] = {"assigned": set(), "conflicted": set(), "clear": set()}
    for user_id, tie in db.session.execute(_TIED, {"id": submission.id}):
        found[tie].add(user_id)
    tied = {tie: frozenset(ids) for tie, ids in found.items()}
    return CaseFacts(
        submission.id, submission.urn, tied["assigned"], tied["conflicted"], submission.is_being_logged,
        submission.held_by_id, tied["clear"],
    )  # fmt: skip
