"""The keep-warm pool: offers deferred, or declined because of where or what they are, and whom to ask again."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import exists, func, or_, select

from eoi.extensions import db
from eoi.models import Decision, NeedLine, Provision, Reason, Renewal, Round, School, SectionAnswers, Submission
from eoi.queries.board import PLACES
from eoi.queries.submissions import visible_to
from eoi.rules.board import STAGES_OF, Column
from eoi.rules.permissions import Actor
from eoi.rules.stages import Stage

PLACE = "C1"  # the criterion "meets published need": district, phase, travel


def kept(actor: Actor) -> Sequence[Any]:
    """Each offer of the pool, by district: what it is, its decision's review day, and when it was last invited.

    `letter_issued` is False while the school does not know its outcome: it cannot be invited before.
    """
    declined_for_place = exists().where(
        Decision.submission_id == Submission.id, Reason.decision_id == Decision.id, Reason.criterion == PLACE
    )
    invited = select(func.max(Renewal.invited_at)).where(Renewal.submission_id == Submission.id).scalar_subquery()
    review = select(func.max(Decision.review_on)).where(Decision.submission_id == Submission.id).scalar_subquery()
    found = (
        select(
            Submission.id, Submission.reference, Submission.urn, Submission.path, Submission.need, Submission.phase,
            Submission.stage, Submission.places, Submission.letter_issued, Submission.district_code,
            School.name.label("school"), School.district_name.label("district"), review.label("review_on"),
            invited.label("invited_at"),
        )
        .join(School, School.urn == Submission.urn)
        .where(visible_to(actor))
        .where(or_(Submission.stage == Stage.DEFERRED, (Submission.stage == Stage.DECLINED) & declined_for_place))
        .order_by(School.district_name, School.name, Submission.id)
    )  # fmt: skip
    return db.session.execute(found).all()


def gaps(actor: Actor) -> dict[tuple[str, str, str, str], int]:
    """The gap of each district, need, phase and path."""
    keys = (Submission.district_code, Submission.need, Submission.phase, Submission.path)
    yes = [stage for c in (Column.APPROVED, Column.OPENING, Column.OPEN) for stage in STAGES_OF[c]]
    lines = (NeedLine.district_code, NeedLine.need, NeedLine.phase, NeedLine.path)
    found: dict[tuple[str, str, str, str], int] = {}
    for *key, places in db.session.execute(select(*lines, func.sum(NeedLine.places)).group_by(*lines)):
        found[tuple(key)] = places  # type: ignore[index]
    coming = select(*keys, func.sum(PLACES)).select_from(Submission)
    coming = coming.outerjoin(Provision, Provision.submission_id == Submission.id)
    for *key, places in db.session.execute(coming.where(visible_to(actor), Submission.stage.in_(yes)).group_by(*keys)):
        found[tuple(key)] = found.get(tuple(key), 0) - places  # type: ignore[arg-type,index]
    return found


def invitation(round_: Round, urn: int, strand: tuple[Any, Any, Any]) -> Submission | None:
    """The earlier expression of interest whose school was invited to renew it as this strand of this round."""
    path, need, phase = strand
    found = (
        select(Submission)
        .join(Renewal, Renewal.submission_id == Submission.id)
        .where(Renewal.round_id == round_.id, Submission.urn == urn, Submission.path == path)
        .where(Submission.need == need, Submission.phase == phase)
        .order_by(Renewal.id.desc())
    )
    return db.session.scalars(found.limit(1)).one_or_none()


def answers(submission: Submission) -> Mapping[str, Mapping[str, Any]]:
    """Its answers, section by section."""
    rows = select(SectionAnswers.key, SectionAnswers.answers).where(SectionAnswers.submission_id == submission.id)
    return dict(db.session.execute(rows).all())
