"""Finding letters: of a case that was found for the actor, or across the cases that the actor may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, not_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from eoi.extensions import db
from eoi.models import Access, Decision, Letter, Membership, Release, Submission
from eoi.queries.submissions import seen_by, visible_to
from eoi.rules.papers.kinds import OUTCOMES
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
        joinedload(Decision.decided_by), joinedload(Decision.reasons), joinedload(Decision.conditions)
    )
    named = select(Letter).where(Letter.submission_id == submission.id, Letter.public_id == public_id)
    return db.session.scalars(named.options(case, told)).unique().one_or_none()


def telling(decision: Decision) -> Letter:
    """The letter drafted with this decision."""
    drafted = select(Letter).where(Letter.decision_id == decision.id).order_by(Letter.id).limit(1)
    return db.session.scalars(drafted).one()


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
    first = and_(Letter.kind.in_(OUTCOMES), Letter.replaces_id.is_(None))
    live = or_(not_(first), Submission.stage.in_(SILENT_UNTIL_LETTER))
    drafts = _seen_by(actor).where(Letter.issued_at.is_(None), Letter.decision_id == newest, live)
    order = (Submission.due_on.is_(None), Submission.due_on, Letter.drafted_at)
    return db.session.scalars(drafts.order_by(*order)).unique().all()


def issued(actor: Actor) -> Sequence[Letter]:
    """The letters issued last, of the cases that the actor may see."""
    sent = _seen_by(actor).where(Letter.issued_at.is_not(None))
    return db.session.scalars(sent.order_by(Letter.issued_at.desc(), Letter.id.desc()).limit(RECENT)).unique().all()


def ready(actor: Actor, round_id: int) -> Sequence[Letter]:
    """The letters of a round that are handed over and not on their way yet, of the cases that the actor may see."""
    told = joinedload(Letter.decision).options(lazyload(Decision.reasons), lazyload(Decision.conditions))
    rows = _seen_by(actor).where(
        Submission.round_id == round_id, Letter.issued_at.is_(None), Letter.ready_at.is_not(None),
        Letter.decision_id.is_not(None), or_(Letter.release_id.is_(None), Letter.trouble != ""),
    )  # fmt: skip
    return db.session.scalars(rows.options(told).order_by(Letter.number)).unique().all()


def of_release(actor: Actor, release_id: int) -> Sequence[Letter]:
    """The letters of a release, of the cases that the actor may see, by number."""
    rows = _seen_by(actor).where(Letter.release_id == release_id)
    return db.session.scalars(rows.order_by(Letter.number)).unique().all()


def last_release(round_id: int) -> int | None:
    """The release made last in this round."""
    return db.session.scalar(select(func.max(Release.id)).where(Release.round_id == round_id))


def is_as_issued(number: str, sha256: str) -> bool:
    """Whether the letter of this number was issued with these bytes. One that nobody was told of yet is none."""
    row = select(Letter.id).where(Letter.number == number, Letter.key == sha256, Letter.released_at.is_not(None))
    return db.session.scalar(row) is not None


def of_round(actor: Actor, round_id: int) -> Sequence[Any]:
    """Every decision that holds in a round, with the latest letter that tells it: (submission, decision, letter)."""
    newest = select(func.max(Decision.id)).group_by(Decision.submission_id)
    latest = select(func.max(Letter.id)).where(Letter.decision_id == Decision.id, Letter.kind.in_(OUTCOMES))
    held = (
        select(Submission, Decision, Letter)
        .join(Decision, Decision.submission_id == Submission.id)
        .join(Letter, Letter.id == latest.correlate(Decision).scalar_subquery(), isouter=True)
        .options(lazyload(Decision.reasons), lazyload(Decision.conditions))
        .where(Submission.round_id == round_id, Decision.id.in_(newest), visible_to(actor))
    )
    return db.session.execute(held.order_by(Submission.reference)).unique().all()


def unread(since: datetime) -> Sequence[Letter]:
    """Decision letters told since then, still standing, that nobody with a place at the school has opened."""
    opened = (
        select(Access.id)
        .join(Membership, Membership.user_id == Access.user_id)
        .where(
            Access.submission_id == Letter.submission_id,
            Membership.urn == Submission.urn,
            Access.what == "/apply/" + Submission.public_id + "/letters/" + Letter.public_id,
        )
        .exists()
    )
    told = select(Letter).join(Letter.submission).where(Letter.released_at >= since, Letter.decision_id.is_not(None))
    case = contains_eager(Letter.submission)
    return db.session.scalars(told.where(Letter.ended.is_(None), ~opened).options(case).order_by(Letter.id)).all()


def first_opened(letters: Sequence[Letter]) -> dict[int, datetime]:
    """Letter id -> when somebody with a place at the school first opened it."""
    rows = (
        select(Letter.id, func.min(Access.at))
        .join(Submission, Submission.id == Letter.submission_id)
        .join(Access, Access.submission_id == Submission.id)
        .join(Membership, and_(Membership.user_id == Access.user_id, Membership.urn == Submission.urn))
        .where(
            Letter.id.in_([letter.id for letter in letters]),
            Access.what == "/apply/" + Submission.public_id + "/letters/" + Letter.public_id,
        )
        .group_by(Letter.id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _seen_by(actor: Actor) -> Select[Letter]:
    case = contains_eager(Letter.submission)
    return select(Letter).join(Letter.submission).options(case).where(visible_to(actor))


def cases(actor: Actor, names: Sequence[str]) -> Sequence[Submission]:
    """The cases with these references that the actor may see, by reference."""
    return db.session.scalars(
        seen_by(actor).where(Submission.reference.in_(names)).order_by(Submission.reference)
    ).all()
