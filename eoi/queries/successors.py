"""Schools that the register has closed, what waits there, and the school that may go on in their place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from eoi.extensions import db
from eoi.models import Membership, School, Submission
from eoi.queries.schools import IS_OPEN
from eoi.rules.lookup import likeness
from eoi.rules.stages import Stage

DRAFTS = Submission.stage == Stage.DRAFT


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed school with what waits there; `proposal` is where it may go on, by what the register says."""

    school: School
    drafts: int
    people: int
    proposal: School | None


def waiting() -> list[Closed]:
    """The closed schools that have drafts or people, by name. Four queries, however many there are."""
    drafts = _counts(select(Submission.urn, func.count()).where(DRAFTS).group_by(Submission.urn))
    people = _counts(select(Membership.urn, func.count()).group_by(Membership.urn))
    rows = select(School).where(~IS_OPEN, School.urn.in_(drafts.keys() | people.keys())).order_by(School.name)
    closed = db.session.scalars(rows).all()
    proposals = _proposals(closed)
    return [Closed(one, drafts[one.urn], people[one.urn], proposals.get(one.urn)) for one in closed]


def find(urn: int) -> Closed | None:
    """The closed school with this URN, where anything waits there."""
    return next((one for one in waiting() if one.school.urn == urn), None)


def drafts_of(urn: int) -> Sequence[Submission]:
    return db.session.scalars(select(Submission).where(Submission.urn == urn, DRAFTS).order_by(Submission.id)).all()


def others_at(urn: int) -> Sequence[Submission]:
    """What was sent from there already: it stays, and so do the places of those who read it."""
    return db.session.scalars(select(Submission).where(Submission.urn == urn, ~DRAFTS)).all()


def places_at(urn: int) -> Sequence[Membership]:
    return db.session.scalars(select(Membership).where(Membership.urn == urn).order_by(Membership.id)).all()


def _counts(rows: Select[int, int]) -> Counter[int]:
    return Counter({row[0]: row[1] for row in db.session.execute(rows)})


def _proposals(closed: Sequence[School]) -> dict[int, School]:
    """By URN of the closed school: an open one at its postcode that shares its DfE number or a telling word."""
    codes = {one.postcode for one in closed if one.postcode}
    if not codes:
        return {}
    there = db.session.scalars(select(School).where(IS_OPEN, School.postcode.in_(codes))).all()
    found = {}
    for one in closed:
        alike = [(_alike(one, other), other) for other in there if other.postcode == one.postcode]
        likely = [pair for pair in alike if pair[0]]
        if likely:
            found[one.urn] = max(likely, key=lambda pair: (pair[0], pair[1].urn))[1]
    return found


def _alike(closed: School, other: School) -> int:
    """A converter keeps its number; a school that is made anew keeps at least a word of its name."""
    same = closed.dfe_number and closed.dfe_number == other.dfe_number
    return likeness(closed.name, other.name) + (100 if same else 0)
