"""What plans are made from, the milestones of a case, and where delivery stands."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from eoi.extensions import bank_holidays, db
from eoi.models import Closure, Guidance, Milestone, School, Submission, User
from eoi.queries.submissions import visible_to
from eoi.rules import closures, guidance
from eoi.rules.guidance import Figure, Key
from eoi.rules.milestones import Calendar, Mark
from eoi.rules.permissions import Actor
from eoi.rules.stages import AFTER_APPROVAL

AROUND = timedelta(days=730)  # of days that a plan may touch, before and after


def added() -> Sequence[Guidance]:
    """The figures that officers added, the newest first."""
    return db.session.scalars(select(Guidance).order_by(Guidance.from_on.desc(), Guidance.id.desc())).all()


def figures(on: date) -> dict[Key, Figure]:
    """The figure of each key that holds on this day."""
    return dict(guidance.in_force(_figures(), on))


def every() -> list[Figure]:
    """Every figure, shipped and added."""
    return [*guidance.SHIPPED, *_figures()]


def _figures() -> list[Figure]:
    return [Figure(row.key, row.value, row.from_on, row.source) for row in added()]


def entered() -> Sequence[Closure]:
    """The school holidays that officers entered, in order."""
    return db.session.scalars(select(Closure).order_by(Closure.starts_on)).all()


def calendar(first: date, last: date) -> Calendar:
    """Bank holidays, and the school holidays around these days: entered ones, or the usual pattern."""
    spans = [(row.starts_on, row.ends_on) for row in entered()]
    return Calendar(bank_holidays(), closures.spans(spans, first - AROUND, last + AROUND))


def milestones(submission: Submission) -> list[Milestone]:
    """The milestones of a case, in the order in which they are expected."""
    found = db.session.scalars(select(Milestone).where(Milestone.submission_id == submission.id))
    order = list(Mark)
    return sorted(found, key=lambda one: (one.actual_on or one.expected_on, order.index(one.mark)))


def delivery(actor: Actor) -> list[tuple[Any, list[Milestone]]]:
    """Each case between approval and opening that has a plan, by opening, with its milestones."""
    found = (
        select(
            Submission.id, Submission.reference, Submission.stage, Submission.opening, School.name.label("school"),
            School.district_name.label("district"),
        )
        .join(School, School.urn == Submission.urn)
        .where(visible_to(actor), Submission.stage.in_(AFTER_APPROVAL))
        .order_by(Submission.opening, School.name)
    )  # fmt: skip
    rows = db.session.execute(found).all()
    plans: dict[int, list[Milestone]] = {row.id: [] for row in rows}
    for one in db.session.scalars(select(Milestone).where(Milestone.submission_id.in_(plans))):
        plans[one.submission_id].append(one)
    order = list(Mark)
    return [(row, sorted(plans[row.id], key=lambda one: order.index(one.mark))) for row in rows]


def due(days: Sequence[date]) -> list[tuple[Milestone, Submission, User]]:
    """The milestones expected on one of these days that have not happened, with the case and its officer."""
    found = (
        select(Milestone, Submission, User)
        .join(Submission, Submission.id == Milestone.submission_id)
        .join(User, User.id == Submission.owner_id)
        .where(Milestone.actual_on.is_(None), Milestone.expected_on.in_(days), Submission.stage.in_(AFTER_APPROVAL))
        .where(User.active.is_(True))
        .order_by(Milestone.id)
    )
    return [(milestone, case, owner) for milestone, case, owner in db.session.execute(found)]
