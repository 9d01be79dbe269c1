"""Provision at schools: what is known of it, what families see of it, what somebody says is wrong with it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eoi.extensions import db, today
from eoi.models.provision import ProblemReport, Provision, ProvisionChange
from eoi.models.retention import ProvisionEnd
from eoi.models.school import School
from eoi.models.submission import Submission
from eoi.models.user import User
from eoi.queries import schools
from eoi.rules import provision
from eoi.rules.errors import NotFound
from eoi.rules.provision import Row
from eoi.rules.sheets import Preview, preview
from eoi.rules.stages import Stage
from eoi.rules.words import Designation, Path, Phase, State


def listed() -> ColumnElement[bool]:
    """What the Local Offer shows: published, existing, at an open school, and where a case made it, still open.

    So a decision that is put right after the opening, a provision that ends and a school that closes take an entry out
    by themselves. Goes with `School` joined.
    """
    ended = select(ProvisionEnd.submission_id).where(ProvisionEnd.ended_on <= today())
    still = select(Submission.id).where(Submission.stage == Stage.OPEN, Submission.id.not_in(ended))
    return and_(
        Provision.published.is_(True),
        Provision.state == State.EXISTING,
        schools.IS_OPEN,
        or_(Provision.opened_on.is_(None), Provision.opened_on <= today()),
        or_(Provision.submission_id.is_(None), Provision.submission_id.in_(still)),
    )


def _rows() -> Any:
    joined = select(Provision).join(School, School.urn == Provision.urn)
    return joined.options(contains_eager(Provision.school), joinedload(Provision.partner))


def offered(
    *, need: Designation | None = None, phase: Phase | None = None, district: str = "", path: Path | None = None
) -> Sequence[Provision]:
    """The entries of the Local Offer that fit, by district and school."""
    found = _rows().where(listed())
    wanted = ((Provision.need, need), (Provision.phase, phase), (Provision.path, path))
    for column, value in wanted:
        if value is not None:
            found = found.where(column == value)
    if district:
        found = found.where(School.district_code == district)
    ordered = found.order_by(School.district_name, School.name, Provision.id)
    return list(db.session.scalars(ordered).all())


def entry(public_id: str) -> Provision | None:
    """An entry of the Local Offer that everybody may see, with its changes."""
    found = _rows().where(listed(), Provision.public_id == public_id)
    return db.session.scalars(found.options(selectinload(Provision.changes))).one_or_none()


def known(**filters: Any) -> Sequence[tuple[Provision, bool]]:
    """All provision for officers, by district and school, each with whether families see it."""
    found = select(Provision, listed()).join(School, School.urn == Provision.urn)
    found = found.options(contains_eager(Provision.school), joinedload(Provision.partner))
    for name, value in filters.items():
        if value:
            column = School.district_code if name == "district" else getattr(Provision, name)
            found = found.where(column == value)
    ordered = found.order_by(School.district_name, School.name, Provision.id)
    return [(row, bool(shown)) for row, shown in db.session.execute(ordered)]


def get(public_id: str) -> Provision | None:
    """Any provision, for officers."""
    return db.session.scalars(_rows().where(Provision.public_id == public_id)).one_or_none()


def of_case(submission_id: int) -> Provision | None:
    """What opened through this case."""
    return db.session.scalars(_rows().where(Provision.submission_id == submission_id)).one_or_none()


def is_listed(one: Provision) -> bool:
    """Whether families see it now."""
    found = select(Provision.id).join(School, School.urn == Provision.urn).where(listed(), Provision.id == one.id)
    return db.session.scalar(found) is not None


def history(one: Provision) -> Sequence[Any]:
    """Its changes, the newest first, each with the name of who made it."""
    found = select(ProvisionChange, User.name).outerjoin(User, User.id == ProvisionChange.changed_by_id)
    mine = found.where(ProvisionChange.provision_id == one.id)
    return db.session.execute(mine.order_by(ProvisionChange.id.desc())).all()


def untied(key: tuple[int, str, str, str]) -> Provision | None:
    """The known provision of this school, path, need and phase that came of no case."""
    names = (Provision.urn, Provision.path, Provision.need, Provision.phase)
    same = [column == value for column, value in zip(names, key, strict=True)]
    return db.session.scalars(_rows().where(*same, Provision.submission_id.is_(None))).one_or_none()


def preview_rows(text: str, la_code: str) -> Preview[Row]:
    """What this CSV would change among the known provision. Raises BadFile."""
    read = provision.read_rows(text, schools.names(la_code))
    untied_ = db.session.scalars(select(Provision).where(Provision.submission_id.is_(None)))
    return preview(read, {row.key: row for row in (one.row() for one in untied_)})


def reports(handled: bool = False) -> Sequence[ProblemReport]:
    """What people say is wrong, the oldest first; or what has been dealt with, the newest first."""
    found = select(ProblemReport).options(joinedload(ProblemReport.provision))
    if handled:
        done = found.where(ProblemReport.handled_at.is_not(None)).order_by(ProblemReport.handled_at.desc())
        return db.session.scalars(done.limit(50)).all()
    return db.session.scalars(found.where(ProblemReport.handled_at.is_(None)).order_by(ProblemReport.id)).all()


def report(number: int) -> ProblemReport:
    """The report with this number. Raises NotFound."""
    found = db.session.get(ProblemReport, number) if number < 2**31 else None
    if found is None:
        raise NotFound
    return found
