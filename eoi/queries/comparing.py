"""Some cases together, for the page that sets them side by side."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eoi.extensions import db
from eoi.models import Round, Snapshot, Submission
from eoi.queries.submissions import seen_by
from eoi.rules.permissions import Actor
from eoi.rules.stages import Stage
from eoi.rules.words import Step


def found(actor: Actor, names: Sequence[str]) -> list[Submission]:
    """The cases of these references that the person may see, in the order of the names."""
    rows = seen_by(actor).where(Submission.reference.in_(names), Submission.stage != Stage.DRAFT)
    cases = db.session.scalars(rows.options(joinedload(Submission.round).lazyload(Round.strands))).all()
    return sorted(cases, key=lambda case: names.index(case.reference or ""))


def sent(cases: Sequence[Submission]) -> dict[int, Snapshot | None]:
    """The latest frozen copy of what each school sent."""
    latest = (
        select(func.max(Snapshot.id))
        .where(Snapshot.submission_id.in_([case.id for case in cases]), Snapshot.step.in_((Step.EOI, Step.DETAIL)))
        .group_by(Snapshot.submission_id)
    )
    held = {one.submission_id: one for one in db.session.scalars(select(Snapshot).where(Snapshot.id.in_(latest)))}
    return {case.id: held.get(case.id) for case in cases}
