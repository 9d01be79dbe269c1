"""Reading the need lines and the council's figures, and what an upload would change in them."""

from typing import Any

from sqlalchemy import func, select

from eoi.extensions import db
from eoi.models.need import CouncilFigure, Invitation, NeedLine, NeedLinePast
from eoi.models.school import School
from eoi.models.user import User
from eoi.queries import schools
from eoi.rules import figures, inviting, need
from eoi.rules.figures import Figure, Kind
from eoi.rules.inviting import Invited
from eoi.rules.need import Line
from eoi.rules.sheets import Preview, preview
from eoi.rules.words import Need, Path, Phase


def lines(
    *,
    year: int | None = None,
    district: str = "",
    need: Need | None = None,
    phase: Phase | None = None,
    path: Path | None = None,
) -> list[NeedLine]:
    """The need lines that fit, the newest year first, then by district, need, phase and path."""
    query = select(NeedLine)
    wanted = ((NeedLine.year, year), (NeedLine.need, need), (NeedLine.phase, phase), (NeedLine.path, path))
    for column, value in wanted:
        if value is not None:
            query = query.where(column == value)
    if district:
        query = query.where(NeedLine.district_code == district)
    order = (NeedLine.year.desc(), NeedLine.district_name, NeedLine.need, NeedLine.phase, NeedLine.path)
    return list(db.session.scalars(query.order_by(*order)))


def line_for(district: str, need: Need, phase: Phase, path: Path) -> NeedLine | None:
    """The newest need line of this district, need, phase and path."""
    found = lines(district=district, need=need, phase=phase, path=path)
    return found[0] if found else None


def line(line_id: int) -> NeedLine | None:
    """The need line with this number."""
    return db.session.get(NeedLine, line_id)


def line_of(key: tuple[int, str, str, str, str]) -> NeedLine | None:
    """The need line of this year, district, need, phase and path."""
    names = (NeedLine.year, NeedLine.district_code, NeedLine.need, NeedLine.phase, NeedLine.path)
    return db.session.scalars(select(NeedLine).where(*(c == v for c, v in zip(names, key, strict=True)))).one_or_none()


def history(of: NeedLine) -> list[Any]:
    """What the line said before, the newest first: the row and the name of who ended it."""
    same = (
        NeedLinePast.year == of.year, NeedLinePast.district_code == of.district_code, NeedLinePast.need == of.need,
        NeedLinePast.phase == of.phase, NeedLinePast.path == of.path,
    )  # fmt: skip
    found = select(NeedLinePast, User.name).outerjoin(User, User.id == NeedLinePast.ended_by_id).where(*same)
    return list(db.session.execute(found.order_by(NeedLinePast.id.desc())).all())


def removed(limit: int = 50) -> list[Any]:
    """The lines that were taken away, the newest first: the row and the name of who did."""
    found = select(NeedLinePast, User.name).outerjoin(User, User.id == NeedLinePast.ended_by_id)
    gone = found.where(NeedLinePast.removed).order_by(NeedLinePast.id.desc()).limit(limit)
    return list(db.session.execute(gone).all())


def years() -> list[int]:
    """The school years that have need lines, the newest first."""
    return list(db.session.scalars(select(NeedLine.year).distinct().order_by(NeedLine.year.desc())))


def figures_of(urn: int) -> list[CouncilFigure]:
    """What the council holds about one school: kinds in the order of `Kind`, items in their own order."""
    found = db.session.scalars(select(CouncilFigure).where(CouncilFigure.urn == urn))
    kinds = list(Kind)
    return sorted(found, key=lambda f: (kinds.index(f.kind), figures.item_order(f.item)))


def holdings() -> list[tuple[Kind, int, Any, int]]:
    """Of each kind that is held: how many schools, the newest day it was true, how many figures are illustrative."""
    illustrative = func.count().filter(CouncilFigure.illustrative)
    held = select(
        CouncilFigure.kind, func.count(CouncilFigure.urn.distinct()), func.max(CouncilFigure.as_at), illustrative
    )
    found = {row[0]: row for row in db.session.execute(held.group_by(CouncilFigure.kind))}
    return [found[kind] for kind in Kind if kind in found]


def invitations() -> list[Invitation]:
    """Whom the council invited, the newest first."""
    return list(db.session.scalars(select(Invitation).order_by(Invitation.sent_at.desc(), Invitation.id)))


def preview_lines(text: str, la_code: str) -> Preview[Line]:
    """What this CSV would change among the need lines. Raises BadFile."""
    read = need.read_lines(text, schools.districts(la_code))
    return preview(read, {row.key: row for row in (line.row() for line in lines())})


def preview_figures(text: str, la_code: str) -> Preview[Figure]:
    """What this CSV would change among the council's figures. Raises BadFile."""
    read = figures.read_figures(text, schools.names(la_code))
    here = select(CouncilFigure).join(School).where(School.la_code == la_code)
    return preview(read, {row.key: row for row in (figure.row() for figure in db.session.scalars(here))})


def preview_invitations(text: str, la_code: str) -> Preview[Invited]:
    """Whom this CSV would invite. Raises BadFile."""
    read = inviting.read_invitations(text, schools.names(la_code, mainstream_only=True), _invited())
    return preview(read, {})


def _invited() -> set[tuple[int, str]]:
    return set(db.session.execute(select(Invitation.urn, Invitation.email)))
