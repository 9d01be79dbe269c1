"""Finding letters: of a case that was found for the actor, or across the cases that the actor may see."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from eoi.extensions import db
from eoi.models import Decision, Letter, Submission
from eoi.queries.submissions import seen_by, visible_to
from eoi.rules.permissions import Actor
from eoi.rules.stages import SILENT_UNTIL_LETTER

RECENT = 20


def find(submission: Submission, public_id: str) -> Letter | None:
    """The letter of this case with this public id, with all that its paper names, in one query."""
    case = joinedload(Letter.submission).options(
        lazyload(Submission.round),  # the case is at hand, and its round with it
        lazyload(Submission.school),
        joinedload(Submission.owner),
        joinedload(Submission.lead),
        joinedload(Submission.partner),
    )
    told = joinedload(Letter.decision).options(
        joinedload(Decision.decided_by), lazyload(Decision.reasons), lazyload(Decision.conditions)
    )
    named = select(Letter).where(Letter.submission_id == submission.id, Letter.public_id == public_id)
    return db.session.scalars(named.options(case, told)).one_or_none()


def telling(decision: Decision) -> Letter:
    """The letter drafted with this decision."""
    return db.session.scalars(select(Letter).where(Letter.decision_id == decision.id)).one()


def latest(submission: Submission) -> Letter | None:
    """The latest letter that was issued and is printed."""
    printed = select(Letter).where(
        Letter.submission_id == submission.id, Letter.issued_at.is_not(None), Letter.key.is_not(None)
    )
    return db.session.scalars(printed.order_by(Letter.issued_at.desc(), Letter.id.desc()).limit(1)).one_or_none()


def waiting(actor: Actor) -> Sequence[Letter]:
    """The drafts that tell the decision that holds, of the cases that the actor may see, the first due first."""
    newest = (
        select(func.max(Decision.id)).where(Decision.submission_id == Letter.submission_id).correlate(Letter)
    ).scalar_subquery()
    drafts = _seen_by(actor).where(
        Letter.issued_at.is_(None), Letter.decision_id == newest, Submission.stage.in_(SILENT_UNTIL_LETTER)
    )
    order = (Submission.due_on.is_(None), Submission.due_on, Letter.drafted_at)
    return db.session.scalars(drafts.order_by(*order)).unique().all()


def issued(actor: Actor) -> Sequence[Letter]:
    """The letters issued last, of the cases that the actor may see."""
    sent = _seen_by(actor).where(Letter.issued_at.is_not(None))
    return db.session.scalars(sent.order_by(Letter.issued_at.desc(), Letter.id.desc()).limit(RECENT)).unique().all()


def _seen_by(actor: Actor) -> Select[Letter]:
    case = contains_eager(Letter.submission)
    return select(Letter).join(Letter.submission).options(case).where(visible_to(actor))


def cases(actor: Actor, names: Sequence[str]) -> Sequence[Submission]:
    """The cases with these references that the actor may see, by reference."""
    return db.session.scalars(
        seen_by(actor).where(Submission.reference.in_(names)).order_by(Submission.reference)
    ).all()
