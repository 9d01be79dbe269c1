"""What the dashboard shows, in as many queries as it has parts, however many cases there are."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, func, select

from eoi.extensions import db
from eoi.models import AuditDetail, AuditEntry, Round, School, Submission
from eoi.models.submission import Exception_
from eoi.queries.ledger import CASE_OF
from eoi.queries.lists import CaseRow, rows
from eoi.queries.submissions import visible_to
from eoi.queries.tasks import Moment, task_column
from eoi.rules.flow import Move
from eoi.rules.permissions import Actor
from eoi.rules.stages import STAGES, Stage
from eoi.rules.words import LONDON, label

DRAFTS_PAGE = 50
LOOKED_AT = 60  # latest moves, of which those of cases that the person may see are shown
CASE = "submission:"


class Change(NamedTuple):
    """A move of a case that the person may see."""

    entry: AuditEntry
    by: str
    reference: str | None
    school: str


def waiting(actor: Actor, at: Moment, limit: int) -> tuple[Sequence[CaseRow], dict[str, int]]:
    """The most pressing cases that wait for this person, and how many wait for each of their tasks.

    A row is one of `lists.rows` with the key of its `task`: the person's own first, then those of nobody, then by due
    date.
    """
    task = task_column(actor, at)
    if task is None:
        return [], {}
    counted = (
        select(task.label("task"), func.count())
        .select_from(Submission)
        .join(Round, Round.id == Submission.round_id)
        .where(visible_to(actor), task.is_not(None))
        .group_by("task")
    )
    own = case((Submission.owner_id == actor.id, 0), (Submission.owner_id.is_(None), 1), else_=2)
    pressing = (
        rows()
        .add_columns(task.label("task"))
        .where(visible_to(actor), task.is_not(None))
        .order_by(own, Submission.due_on.is_(None), Submission.due_on, Submission.submitted_at, Submission.id)
        .limit(limit)
    )
    counts = dict(db.session.execute(counted).all())
    return (db.session.execute(pressing).all() if counts else []), counts


def stage_counts(actor: Actor) -> dict[Stage, int]:
    """How many cases stand at each stage, those without any left out. Drafts are counted elsewhere."""
    counted = select(Submission.stage, func.count()).where(visible_to(actor), Submission.stage != Stage.DRAFT)
    return dict(db.session.execute(counted.group_by(Submission.stage)).all())


def due_between(actor: Actor, first: date, last: date, limit: int) -> Sequence[CaseRow]:
    """The live cases due in these days, each end included, the first due first."""
    live = [stage for stage in Stage if not STAGES[stage].ended and stage is not Stage.DRAFT]
    found = rows().where(visible_to(actor), Submission.due_on.between(first, last), Submission.stage.in_(live))
    return db.session.execute(found.order_by(Submission.due_on, Submission.id).limit(limit)).all()


#: Drafts of schools; not what people began before anybody confirmed that they work there.
SCHOOLS_DRAFTS = (Submission.stage == Stage.DRAFT, Submission.held_by_id.is_(None))


def draft_counts() -> Sequence[CaseRow]:
    """Of each round with drafts: its id and name, how many, how many of them ask for an exception, and the last change.

    For council staff.
    """
    asked = func.count().filter(Submission.exception == Exception_.ASKED).label("asked")
    last = func.max(Submission.changed_at).label("changed_at")
    counted = (
        select(Round.id, Round.name, func.count().label("number"), asked, last)
        .join(Round, Round.id == Submission.round_id)
        .where(*SCHOOLS_DRAFTS)
        .group_by(Round.id, Round.name)
        .order_by(Round.opens_at.desc())
    )
    return db.session.execute(counted).all()


def drafts(number: int) -> tuple[Sequence[CaseRow], int]:
    """A page of the drafts that exist, and how many there are: school, offer, round and last change, never answers."""
    total = db.session.scalar(select(func.count()).where(*SCHOOLS_DRAFTS)) or 0
    found = (
        select(
            Submission.id, Submission.urn, School.name.label("school"), School.district_name.label("district"),
            Round.name.label("round"), Submission.path, Submission.need, Submission.phase, Submission.exception,
            Submission.created_at, Submission.changed_at,
        )
        .join(Round, Round.id == Submission.round_id)
        .join(School, School.urn == Submission.urn)
        .where(*SCHOOLS_DRAFTS)
        .order_by(Submission.changed_at.desc(), Submission.id)
    )  # fmt: skip
    return db.session.execute(found.limit(DRAFTS_PAGE).offset((number - 1) * DRAFTS_PAGE)).all(), total


def latest(actor: Actor, limit: int, since: datetime | None = None) -> list[Change]:
    """The latest moves of cases that this person may see, the newest first; with `since`, only others' after it."""
    moved = (
        select(AuditEntry, AuditDetail.actor_name)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .where(AuditEntry.case.startswith(CASE), AuditEntry.to_stage.is_not(None), AuditEntry.to_stage != Stage.DRAFT)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(LOOKED_AT)
    )
    if since:
        moved = moved.where(AuditEntry.at > since, AuditEntry.actor_id.is_distinct_from(actor.id))
    entries = db.session.execute(moved).all()
    ids = {int(entry.case.removeprefix(CASE)) for entry, _ in entries}
    named = (
        select(Submission.id, Submission.reference, School.name)
        .join(School, School.urn == Submission.urn)
        .where(Submission.id.in_(ids), Submission.stage != Stage.DRAFT, visible_to(actor))
    )
    known = {id_: (reference, name) for id_, reference, name in db.session.execute(named)}
    shown = [
        Change(entry, by or "", *known[case_id])
        for entry, by in entries
        if (case_id := int(entry.case.removeprefix(CASE))) in known
    ]
    return shown[:limit]


def moves(actor: Actor, round_id: int) -> Iterator[Move]:
    """Every move of the round's cases that the person may see, case by case, in order."""
    found = (
        select(AuditEntry.case, AuditEntry.to_stage, AuditEntry.at)
        .join(Submission, AuditEntry.case == CASE_OF)
        .where(Submission.round_id == round_id, AuditEntry.to_stage.is_not(None), visible_to(actor))
        .order_by(AuditEntry.case, AuditEntry.seq)
    )
    for case_, stage, at in db.session.execute(found):
        yield Move(case_, Stage(stage or ""), at.astimezone(LONDON).date())


def places(actor: Actor, round_id: int) -> dict[tuple[str, str], int]:
    """(district, need in words) to the places that the round's cases offer, those that were ended left out."""
    live = [stage for stage in Stage if (not STAGES[stage].ended or stage is Stage.OPEN) and stage is not Stage.DRAFT]
    found = (
        select(School.district_name, Submission.need, func.sum(Submission.places))
        .join(School, School.urn == Submission.urn)
        .where(Submission.round_id == round_id, Submission.stage.in_(live), visible_to(actor))
        .group_by(School.district_name, Submission.need)
        .order_by(School.district_name, Submission.need)
    )
    return {(district, label(need)): int(number) for district, need, number in db.session.execute(found) if number}


def board(actor: Actor, each: int) -> Sequence[CaseRow]:
    """Of each stage the cases first due, `each` at most."""
    place = func.row_number().over(
        partition_by=Submission.stage, order_by=(Submission.due_on.is_(None), Submission.due_on, Submission.id)
    )
    ranked = select(Submission.id, place.label("place")).where(visible_to(actor), Submission.stage != Stage.DRAFT)
    first = ranked.subquery()
    found = rows().join(first, first.c.id == Submission.id).where(first.c.place <= each)
    return db.session.execute(found.order_by(first.c.place)).all()


def overdue(actor: Actor, today: date) -> dict[Stage, int]:
    """How many cases of each stage are past their day."""
    late = (Submission.due_on < today, Submission.stage != Stage.DRAFT)
    counted = select(Submission.stage, func.count()).where(visible_to(actor), *late).group_by(Submission.stage)
    return dict(db.session.execute(counted).all())
