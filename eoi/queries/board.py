"""The sums of the need board, made in SQL: one statement for each source, however many cases there are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, case, cast, extract, func, literal, or_, select

from eoi.extensions import db
from eoi.models import NeedLine, Provision, School, Submission
from eoi.queries import schools
from eoi.queries.submissions import visible_to
from eoi.rules.board import PUBLIC, STAGES_OF, By, Column, Line
from eoi.rules.need import school_year
from eoi.rules.permissions import Actor
from eoi.rules.words import LABELS, Need, Path, Phase, State

#: The school year in which a case means to open.
YEAR = cast(extract("year", Submission.opening), Integer) - case((extract("month", Submission.opening) < 9, 1), else_=0)
#: Places of a case: what opened, where it has; else what it offers.
PLACES = func.coalesce(Provision.places, Submission.places, 0)
COLUMN = case(*((Submission.stage.in_(stages), column.value) for column, stages in STAGES_OF.items()), else_=None)


class Wanted(NamedTuple):
    """What the board is about. None and "" leave nothing out."""

    year: int | None = None
    district: str = ""
    need: Need | None = None
    phase: Phase | None = None
    path: Path | None = None


class Point(NamedTuple):
    """A school on the map: how far its places are, "existing" or a column; None where its place is not known."""

    urn: int
    school: str
    district: str
    latitude: float | None
    longitude: float | None
    kind: str


def reach(actor: Actor | None) -> ColumnElement[bool]:
    """The cases that count: for a person those they may see; for the public (None) what is formally decided."""
    if actor is None:
        return Submission.stage.in_([stage for column in PUBLIC for stage in STAGES_OF[column]])
    return visible_to(actor)


def lines(by: By, wanted: Wanted, actor: Actor | None, districts: dict[str, str]) -> list[Line]:
    """The rows of the board in their own order; every district and phase has one, needs and years where there are any.

    `districts`: code to name. `actor` None: the public's version.
    """
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, column, places in db.session.execute(_cases(by, wanted, actor)):
        sums[_key(key)][column] += places
    for key, places in db.session.execute(_sought(by, wanted)):
        sums[_key(key)]["sought"] += places
    if by is not By.YEAR:
        for key, places in db.session.execute(_existing(by, wanted)):
            sums[_key(key)]["existing"] += places
    every: dict[By, list[str]] = {
        By.DISTRICT: [wanted.district] if wanted.district else list(districts),
        By.PHASE: [phase.value for phase in Phase],
    }
    keys = every.get(by, [])
    keys = keys + sorted(key for key in sums if key not in keys)
    made = []
    for key in keys:
        existing = None if by is By.YEAR else sums[key].pop("existing", 0)
        made.append(Line(key, _title(by, key, districts), existing=existing, **sums[key]))
    return made


def gaps(actor: Actor) -> list[tuple[str, int | None, int]]:
    """District code, school year and gap, of every pair that there is."""
    counted = Submission.stage.in_([s for c in (Column.APPROVED, Column.OPENING, Column.OPEN) for s in STAGES_OF[c]])
    coming = (
        select(Submission.district_code.label("district"), YEAR.label("year"), func.sum(PLACES))
        .select_from(Submission)
        .outerjoin(Provision, Provision.submission_id == Submission.id)
        .where(reach(actor), counted)
        .group_by("district", "year")
    )
    sought = select(NeedLine.district_code.label("district"), NeedLine.year.label("year"), func.sum(NeedLine.places))
    found: dict[tuple[str, int | None], int] = defaultdict(int)
    for district, year, places in db.session.execute(sought.group_by("district", "year")):
        found[district, year] += places
    for district, year, places in db.session.execute(coming):
        found[district, year] -= places
    return [(district, year, gap) for (district, year), gap in found.items()]


def _cases(by: By, wanted: Wanted, actor: Actor | None) -> Select[Any]:
    keys = {
        By.DISTRICT: Submission.district_code, By.NEED: Submission.need, By.PHASE: Submission.phase, By.YEAR: YEAR,
    }  # fmt: skip
    found = (
        select(keys[by].label("key"), COLUMN.label("column"), func.sum(PLACES))
        .select_from(Submission)
        .outerjoin(Provision, Provision.submission_id == Submission.id)
        .where(reach(actor), COLUMN.is_not(None), *case_filters(wanted))
    )
    return found.group_by("key", "column")


def case_filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What leaves cases out."""
    pairs = (
        (Submission.need, wanted.need), (Submission.phase, wanted.phase), (Submission.path, wanted.path),
        (Submission.district_code, wanted.district or None),
    )  # fmt: skip
    found: list[ColumnElement[bool]] = [column == value for column, value in pairs if value is not None]
    return [*found, literal(wanted.year) == YEAR] if wanted.year is not None else found


def _sought(by: By, wanted: Wanted) -> Select[Any]:
    keys: dict[By, Any] = {
        By.DISTRICT: NeedLine.district_code, By.NEED: NeedLine.need, By.PHASE: NeedLine.phase, By.YEAR: NeedLine.year,
    }  # fmt: skip
    pairs = (
        (NeedLine.need, wanted.need), (NeedLine.phase, wanted.phase), (NeedLine.path, wanted.path),
        (NeedLine.district_code, wanted.district or None), (NeedLine.year, wanted.year),
    )  # fmt: skip
    where = [column == value for column, value in pairs if value is not None]
    return select(keys[by].label("key"), func.sum(NeedLine.places)).where(*where).group_by("key")


def _existing(by: By, wanted: Wanted) -> Select[Any]:
    keys: dict[By, Any] = {By.DISTRICT: School.district_code, By.NEED: Provision.need, By.PHASE: Provision.phase}
    found = select(keys[by].label("key"), func.sum(func.coalesce(Provision.places, 0)))
    return found.join(School, School.urn == Provision.urn).where(*_existing_filters(wanted)).group_by("key")


def _existing_filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What stands at open schools and came of no case."""
    where = [Provision.state == State.EXISTING, Provision.submission_id.is_(None), schools.IS_OPEN]
    if wanted.need is not None:
        where.append(Provision.need == wanted.need.value)
    if wanted.phase is not None:
        where.append(Provision.phase == wanted.phase)
    if wanted.path is not None:
        where.append(Provision.path == wanted.path)
    return [*where, School.district_code == wanted.district] if wanted.district else where


def _key(key: Any) -> str:
    return "" if key is None else str(getattr(key, "value", key))


def _title(by: By, key: str, districts: dict[str, str]) -> str:
    if not key:
        return "Not known"
    if by is By.DISTRICT:
        return districts.get(key, "Outside the council")
    if by is By.YEAR:
        return school_year(int(key))
    return next((text for member, text in LABELS.items() if member.value == key), key)


def points(wanted: Wanted, actor: Actor | None) -> list[Point]:
    """The schools of the map: what stands there, and the farthest that a case of theirs is."""
    place = (School.urn, School.name, School.district_code, School.latitude, School.longitude)
    stands = select(*place, literal("existing")).join(Provision, Provision.urn == School.urn)
    stands = stands.where(*_existing_filters(wanted)).distinct()
    coming = select(*place, COLUMN).join(Submission, Submission.urn == School.urn)
    coming = coming.where(reach(actor), COLUMN.is_not(None), *case_filters(wanted)).distinct()
    farthest: dict[int, Point] = {}
    order = ["offered", "panel", "approved", "existing", "opening", "open"]
    for row in db.session.execute(stands.union_all(coming)):
        point = Point(*row)
        held = farthest.get(point.urn)
        if held is None or order.index(point.kind) > order.index(held.kind):
            farthest[point.urn] = point
    return sorted(farthest.values(), key=lambda one: (order.index(one.kind), one.school))


def is_illustrative(wanted: Wanted) -> bool:
    """Whether a figure of this board is invented."""
    sought = select(NeedLine.id).where(NeedLine.illustrative)
    stands = select(Provision.id).where(Provision.illustrative)
    return bool(db.session.scalar(select(or_(sought.exists(), stands.exists()))))


def cases(column: Column, wanted: Wanted, actor: Actor) -> Sequence[Any]:
    """The expressions of interest behind a figure of the board, by school: what they offer, and where they are."""
    found = (
        select(
            Submission.reference, School.name.label("school"), School.district_name.label("district"), Submission.path,
            Submission.need, Submission.phase, Submission.stage, Submission.opening, PLACES.label("places"),
        )
        .join(School, School.urn == Submission.urn)
        .outerjoin(Provision, Provision.submission_id == Submission.id)
        .where(visible_to(actor), Submission.stage.in_(STAGES_OF[column]), *case_filters(wanted))
        .order_by(School.district_name, School.name, Submission.id)
    )  # fmt: skip
    return db.session.execute(found).all()
