"""Scenarios, and the expressions of interest that one can choose from."""

from collections.abc import Sequence
from math import hypot
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from eoi.extensions import db, today
from eoi.models import Provision, Round, Scenario, School, SectionAnswers, Submission
from eoi.queries import planning
from eoi.queries.submissions import visible_to
from eoi.rules import milestones
from eoi.rules.board import STAGES_OF, Column
from eoi.rules.closures import school_year_of
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Actor
from eoi.rules.what_if import Offer, Result, chosen
from eoi.rules.words import State

UNDECIDED = (*STAGES_OF[Column.OFFERED], *STAGES_OF[Column.PANEL])
MONEY = ("capital_band", "startup_revenue")


def every() -> Sequence[Scenario]:
    """All scenarios by name, each with its cases and the round that it is tied to."""
    found = select(Scenario).options(joinedload(Scenario.cases), joinedload(Scenario.round).lazyload(Round.strands))
    return db.session.scalars(found.order_by(Scenario.name)).unique().all()


def get(number: int) -> Scenario:
    """The scenario with this number. Raises NotFound."""
    found = select(Scenario).options(joinedload(Scenario.cases), joinedload(Scenario.round).lazyload(Round.strands))
    one = db.session.scalars(found.where(Scenario.id == number)).unique().one_or_none() if number < 2**31 else None
    if one is None:
        raise NotFound
    return one


def attached_to(round_id: int, actor: Actor) -> tuple[Scenario, Result] | None:
    """The scenario that belongs to the panel pack of this round, with its sums; None where none is tied to it."""
    found = select(Scenario).options(joinedload(Scenario.cases)).where(Scenario.round_id == round_id)
    one = db.session.scalars(found).unique().one_or_none()
    return (one, result(one, offers(actor, [case.submission_id for case in one.cases]))) if one else None


def result(scenario: Scenario, known: Sequence[Offer]) -> Result:
    """The sums of a scenario, of what the person may see."""
    ids = [case.submission_id for case in scenario.cases]
    return Result(chosen(known, ids), scenario.capital_budget, scenario.revenue_budget)


def offers(actor: Actor, ids: Sequence[int] = ()) -> list[Offer]:
    """What is undecided, and whatever is named, with its money and what to look at; by district and school."""
    wanted = or_(Submission.stage.in_(UNDECIDED), Submission.id.in_(ids))
    found = (
        select(Submission)
        .join(School, School.urn == Submission.urn)
        .where(visible_to(actor), wanted, Submission.places.is_not(None))
        .options(joinedload(Submission.partner), joinedload(Submission.round).lazyload(Round.strands))
        .order_by(School.district_name, School.name, Submission.id)
    )
    rows = db.session.scalars(found).all()
    money, near, day = _money([row.id for row in rows]), _existing(), today()
    figures = planning.figures(day)
    last = max((row.opening for row in rows if row.opening), default=day)
    calendar = planning.calendar(day, max(day, last))
    return [_offer(row, money.get(row.id, {}), near, figures, calendar) for row in rows]


def _offer(row: Submission, money: dict[str, Any], near: Sequence[Any], figures: Any, calendar: Any) -> Offer:
    band, startup = money.get("capital_band"), money.get("startup_revenue")
    route = row.changing_route
    begins = None
    if row.opening:
        begins = milestones.begins(route, row.opening, building="existing", figures=figures, calendar=calendar)
    return Offer(
        id=row.id, reference=row.reference or "", school=row.school.name, district_code=row.district_code,
        district=row.school.district_name, need=row.need, phase=row.phase, path=row.path, places=row.places or 0,
        year=school_year_of(row.opening) if row.opening else None, band=band if isinstance(band, str) else "",
        startup=startup if isinstance(startup, int) else 0, begins=begins, nearest=_nearest(row, near),
    )  # fmt: skip


def _money(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Submission -> what it says of money."""
    keys = ("cost", "money")
    rows = select(SectionAnswers.submission_id, SectionAnswers.answers).where(SectionAnswers.key.in_(keys))
    found: dict[int, dict[str, Any]] = {}
    for submission_id, answers in db.session.execute(rows.where(SectionAnswers.submission_id.in_(ids))):
        found.setdefault(submission_id, {}).update({key: answers[key] for key in MONEY if key in answers})
    return found


def _existing() -> Sequence[Any]:
    columns = (Provision.urn, Provision.need, Provision.phase, School.easting, School.northing)
    found = select(*columns).join(School, School.urn == Provision.urn)
    return db.session.execute(found.where(Provision.state == State.EXISTING, School.easting.is_not(None))).all()


def _nearest(row: Submission, near: Sequence[Any]) -> float | None:
    """Kilometres to the next provision for the same need and phase at another school."""
    east, north = row.school.easting, row.school.northing
    if east is None or north is None:
        return None
    like = [one for one in near if one.need == row.need.value and one.phase == row.phase and one.urn != row.urn]
    return min((hypot(one.easting - east, one.northing - north) / 1000 for one in like), default=None)
