"""Finding schools: by URN, name, postcode or town, as people type them."""

from collections.abc import Sequence
from math import hypot

from sqlalchemy import ColumnElement, case, func, or_, select

from eoi.extensions import db
from eoi.models.school import School, SchoolTerm
from eoi.rules.lookup import anchor, nearest, words
from eoi.rules.register import MAINSTREAM_GROUPS, MAINSTREAM_PHASES, OPEN_STATUSES
from eoi.rules.suitability import Nearby

LONGEST = 100  # characters of a search that are looked at
MOST_WORDS = 8
IS_OPEN = School.status.in_(OPEN_STATUSES)
IS_MAINSTREAM = (
    IS_OPEN
    & School.type_group.in_(MAINSTREAM_GROUPS)
    & School.phase.in_(MAINSTREAM_PHASES)
    & ~School.type_name.ilike("%special%")
)


def get(urn: int) -> School | None:
    """The school with this URN, open or closed."""
    return db.session.get(School, urn)


def find(q: str, limit: int = 10, mainstream_only: bool = False) -> list[School]:
    """The open schools that every word of `q` begins a word of, best first; one slip of the fingers is forgiven.

    "st marys cofe" finds St Mary's Church of England; "me13 8" and "118246" find by postcode and URN. Names that
    begin as `q` does come first, then the others, each in the order of the alphabet.
    """
    terms = words(q[:LONGEST])[:MOST_WORDS]
    if not terms:
        return []
    wanted = IS_MAINSTREAM if mainstream_only else IS_OPEN
    found = _matching(terms, wanted, limit)
    if not found and (mended := _mended(terms)) != terms:
        found = _matching(mended, wanted, limit)
    return found


def _matching(terms: Sequence[str], wanted: ColumnElement[bool], limit: int) -> list[School]:
    """The longest telling word is looked up in the index, the others only among the schools that it finds.

    Without one ("st", "primary school") the names are walked in order: so many match that the walk is short.
    """
    query = select(School).where(wanted)
    telling = anchor(tuple(terms))
    if telling:
        query = query.where(School.urn.in_(select(SchoolTerm.urn).where(_begins(telling))))
    for term in terms:
        if term != telling:
            query = query.where(School.search.contains(f" {term}", autoescape=True))
    first = case((School.name.istartswith(terms[0], autoescape=True), 0), else_=1)
    order = (first, School.name, School.urn) if telling else (School.name, School.urn)
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def _begins(start: str) -> ColumnElement[bool]:
    return (SchoolTerm.term >= start) & (SchoolTerm.term < start + "\x7f")


def _mended(terms: tuple[str, ...]) -> tuple[str, ...]:
    """The words, each that no school is found by replaced by the nearest that begins with the same letter."""
    return tuple(_mend(term) for term in terms)


def _mend(term: str) -> str:
    if len(term) < 4 or anchor((term,)) is None or not term.isalpha():
        return term
    if db.session.scalar(select(SchoolTerm.term).where(_begins(term)).limit(1)):
        return term
    for start in (term[:2], term[0]):  # a slip in the second letter is rare, and the second look costs more
        known = db.session.scalars(select(SchoolTerm.term).where(_begins(start)).distinct())
        if found := nearest(term, list(known)):
            return found
    return term


def provision_near(school: School, metres: int) -> list[Nearby]:
    """Open special schools and schools with resourced provision or a unit, within so many metres of this one."""
    if school.easting is None or school.northing is None:
        return []
    special = School.type_name.ilike("%special%") & ~School.type_group.ilike("independent%")
    holds = func.coalesce(School.resourced_capacity, 0) + func.coalesce(School.sen_unit_capacity, 0) > 0
    inside = (
        School.easting.between(school.easting - metres, school.easting + metres),
        School.northing.between(school.northing - metres, school.northing + metres),
    )
    apart = (School.easting - school.easting, School.northing - school.northing)
    query = select(School.name, *apart).where(IS_OPEN, School.urn != school.urn, *inside)
    rows = db.session.execute(query.where(or_(special, holds)))
    away = [Nearby(name, hypot(east or 0, north or 0)) for name, east, north in rows]
    return [one for one in away if one.distance <= metres]


def districts(la_code: str) -> dict[str, str]:
    """The council's districts, code to name, by name."""
    pairs = select(School.district_code, School.district_name).where(School.la_code == la_code)
    known = pairs.where(School.district_code != "").distinct().order_by(School.district_name)
    return dict(db.session.execute(known).all())


def names(la_code: str, mainstream_only: bool = False) -> dict[int, str]:
    """The names of the council's schools by URN: all of them, or those that are open and mainstream."""
    query = select(School.urn, School.name).where(School.la_code == la_code)
    if mainstream_only:
        query = query.where(IS_MAINSTREAM)
    return dict(db.session.execute(query).all())


def place_of(postcode: str) -> tuple[float, float] | None:
    """About where a postcode is (latitude, longitude), from the schools of the register; None where none is near.

    The schools with the same postcode, else those of its sector ("ME14 1"), else those of its district ("ME14").
    Nobody else is asked.
    """
    typed = "".join(postcode.upper().split())
    if not (5 <= len(typed) <= 7 and typed.isascii() and typed.isalnum()):
        return None
    outward, inward = typed[:-3], typed[-3:]
    for start in (f"{outward} {inward}", f"{outward} {inward[0]}", f"{outward} "):
        near = (School.postcode.startswith(start, autoescape=True), School.latitude.is_not(None))
        latitude, longitude = db.session.execute(
            select(func.avg(School.latitude), func.avg(School.longitude)).where(*near)
        ).one()
        if latitude is not None:
            return float(latitude), float(longitude)
    return None
