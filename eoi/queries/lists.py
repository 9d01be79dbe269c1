"""The list of submissions: filtered, searched, sorted, cut to a page.

Columns only, no objects, so that a thousand cases answer at once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from eoi.extensions import db
from eoi.models import Round, School, Submission, User
from eoi.queries.search import has_word
from eoi.queries.submissions import visible_to
from eoi.queries.tasks import Moment, Task, condition
from eoi.rules.lookup import words
from eoi.rules.permissions import Actor
from eoi.rules.searching import terms
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase

PAGE = 25
LONGEST = 100  # characters of a search that are looked at
MOST_WORDS = 8
OWNER = aliased(User)
COLUMNS = (
    Submission.id, Submission.reference, Submission.urn, School.name.label("school"),
    School.district_name.label("district"), Submission.path, Submission.need, Submission.phase, Submission.places,
    Submission.stage, Submission.stage_since, Submission.due_on, Submission.submitted_at, Submission.score,
    Submission.letter_issued, Submission.version, Submission.paused_days, Submission.on_hold_since,
    Submission.hold_days, Round.closes_at, Submission.owner_id, OWNER.name.label("owner"), Round.closures,
)  # fmt: skip
STAGE_ORDER = case({stage: number for number, stage in enumerate(Stage)}, value=Submission.stage)
#: A row of a list: the columns below, by name.
CaseRow = Row[*tuple[Any, ...]]
CaseRows = Select[*tuple[Any, ...]]
SORTS: dict[str, SQLColumnExpression[Any]] = {
    "due": Submission.due_on,
    "submitted": Submission.submitted_at,
    "school": School.name,
    "reference": Submission.reference,
    "district": School.district_name,
    "need": Submission.need,
    "phase": Submission.phase,
    "path": Submission.path,
    "places": Submission.places,
    "stage": STAGE_ORDER,
    "since": Submission.stage_since,
    "officer": OWNER.name,
    "score": Submission.score,
}
REFERENCE = re.compile(r"(?:EOI-?)?(\d{4}-\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is asked for; everything left out asks for nothing. `owner` is "me", "nobody" or an id as text."""

    stage: Stage | None = None
    need: Need | None = None
    path: Path | None = None
    phase: Phase | None = None
    district: str = ""
    owner: str = ""
    q: str = ""
    task: Task | None = None
    sort: str = "due"


def rows() -> CaseRows:
    """The start of every list of cases: the columns, from a case with its round, school and officer."""
    return (
        select(*COLUMNS)
        .select_from(Submission)
        .join(Round, Round.id == Submission.round_id)
        .join(School, School.urn == Submission.urn)
        .outerjoin(OWNER, OWNER.id == Submission.owner_id)
    )


def count(actor: Actor, filters: Filters, at: Moment) -> int:
    """How many cases fit."""
    found = select(func.count()).select_from(Submission).join(Round, Round.id == Submission.round_id)
    if filters.q:
        found = found.join(School, School.urn == Submission.urn)
    return db.session.scalar(found.where(*_conditions(actor, filters, at))) or 0


def page(actor: Actor, filters: Filters, at: Moment, number: int) -> Sequence[CaseRow]:
    """The cases of one page, `PAGE` at most, in the order asked for."""
    found = rows().where(*_conditions(actor, filters, at)).order_by(*_order(filters.sort))
    return db.session.execute(found.limit(PAGE).offset((number - 1) * PAGE)).all()


def everything(actor: Actor, filters: Filters, at: Moment, references: Sequence[str] = ()) -> Sequence[CaseRow]:
    """Every case that fits, for an export; only these references where some are given."""
    found = rows().where(*_conditions(actor, filters, at)).order_by(*_order(filters.sort))
    if references:
        found = found.where(Submission.reference.in_(references))
    return db.session.execute(found).all()


def references(actor: Actor, filters: Filters, at: Moment) -> Sequence[str]:
    """The references of every case that fits, in the order asked for."""
    found = rows().with_only_columns(Submission.reference).where(*_conditions(actor, filters, at))
    return [reference for reference in db.session.scalars(found.order_by(*_order(filters.sort))) if reference]


def _conditions(actor: Actor, filters: Filters, at: Moment) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [visible_to(actor), Submission.stage != Stage.DRAFT]
    exact = (
        (Submission.stage, filters.stage), (Submission.need, filters.need), (Submission.path, filters.path),
        (Submission.phase, filters.phase), (Submission.district_code, filters.district or None),
    )  # fmt: skip
    wanted += [column == value for column, value in exact if value is not None]
    if filters.owner == "nobody":
        wanted.append(Submission.owner_id.is_(None))
    elif filters.owner:
        wanted.append(Submission.owner_id == (actor.id if filters.owner == "me" else int(filters.owner)))
    if filters.task:
        wanted.append(condition(filters.task, actor, at))
    if filters.q:
        wanted.append(_matches(filters.q, actor))
    return wanted


def _matches(q: str, actor: Actor) -> ColumnElement[bool]:
    """By reference or URN; else each word is a beginning of one of the school's, or of one that the person may read."""
    typed = q.strip()[:LONGEST]
    if number := REFERENCE.fullmatch(typed):
        return Submission.reference.startswith(f"EOI-{number[1]}", autoescape=True)
    if typed.isascii() and typed.isdigit():
        by_number = Submission.reference.endswith(typed, autoescape=True)
        return or_(by_number, Submission.urn == int(typed)) if len(typed) <= 6 else by_number
    school = words(typed)[:MOST_WORDS]
    by_name = and_(*(_has_word(term) for term in school)) if school else School.name.icontains(typed, autoescape=True)
    written = [or_(_has_word(spelt), has_word(term, actor)) for term in terms(typed) if (spelt := _spelt(term))]
    return or_(by_name, and_(*written)) if written else by_name


def _spelt(term: str) -> str:
    """One word as schools are found by it; "" for a small word, which narrows nothing."""
    return next(iter(words(term)), "")


def _has_word(term: str) -> ColumnElement[bool]:
    return or_(School.search.contains(f" {term}", autoescape=True), School.name.icontains(term, autoescape=True))


def _order(sort: str) -> list[SQLColumnExpression[Any]]:
    """The column asked for, cases without a value last, then the oldest first."""
    column = SORTS[sort.removeprefix("-")]
    first = column.desc() if sort.startswith("-") else column.asc()
    return [column.is_(None), first, Submission.submitted_at, Submission.id]
