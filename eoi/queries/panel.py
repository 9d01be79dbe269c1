"""What the panel's pages show: meetings with their agendas, results of many cases at once, where scorers differ."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from eoi.extensions import db
from eoi.models import (
    Assignment,
    Conflict,
    Pack,
    PanelItem,
    PanelMeeting,
    Round,
    School,
    Score,
    Submission,
    User,
    UserRole,
)
from eoi.queries.review import NO_CASE
from eoi.queries.submissions import visible_to
from eoi.queries.tasks import SCORED_AT
from eoi.rules import minutes
from eoi.rules.permissions import Actor, Role
from eoi.rules.ranking import Band, Standing, area_of, ranks
from eoi.rules.scoring import CriterionResult, Result, result
from eoi.rules.stages import Stage

#: Who sits on the panel.
MEMBERS = (Role.SCORER, Role.ESTATES, Role.FINANCE, Role.PANEL_CHAIR, Role.AEO, Role.SEN_OFFICER)
OPEN = joinedload(PanelItem.submission).joinedload(Submission.round).lazyload(Round.strands)


@dataclass(frozen=True, slots=True)
class Line:
    """A case on an agenda: its band, its result and its rank in the band, among all cases of its round."""

    item: PanelItem
    band: Band
    result: Result | None
    rank: int | None


def meetings() -> Sequence[tuple[PanelMeeting, int, int]]:
    """Every meeting, the latest first: how many cases are on its agenda, and of how many it has said its word."""
    number, recorded = func.count(PanelItem.id), func.count(PanelItem.recorded_at)
    found = select(PanelMeeting, number, recorded).outerjoin(PanelItem).group_by(PanelMeeting.id)
    rows = db.session.execute(found.order_by(PanelMeeting.held_on.desc(), PanelMeeting.id.desc()))
    return [(meeting, cases, done) for meeting, cases, done in rows]


def meeting(meeting_id: int) -> PanelMeeting | None:
    return db.session.get(PanelMeeting, meeting_id)


def item(meeting_id: int, case: Submission) -> PanelItem | None:
    """The case's place on the agenda of this meeting, with the meeting."""
    found = select(PanelItem).where(PanelItem.meeting_id == meeting_id, PanelItem.submission_id == case.id)
    return db.session.scalars(found.options(joinedload(PanelItem.meeting))).one_or_none()


def items(of: PanelMeeting, actor: Actor) -> Sequence[PanelItem]:
    """The agenda as far as this person may read its cases."""
    found = select(PanelItem).join(Submission).where(PanelItem.meeting_id == of.id, visible_to(actor))
    return db.session.scalars(found.options(OPEN).order_by(PanelItem.id)).all()


def withheld(of: PanelMeeting, actor: Actor) -> Sequence[str]:
    """References of the agenda's cases that are closed to this person by a conflict of interest."""
    found = (
        select(Submission.reference)
        .join(PanelItem, PanelItem.submission_id == Submission.id)
        .join(Conflict, Conflict.submission_id == Submission.id)
        .where(PanelItem.meeting_id == of.id, Conflict.user_id == actor.id, Conflict.conflicted.is_(True))
    )
    return [str(reference) for reference in db.session.scalars(found.order_by(PanelItem.id))]


def lines(found: Sequence[PanelItem]) -> list[Line]:
    """The items with their results, band by band, the strongest first."""
    cases = [item.submission for item in found]
    told, bands = results(cases), {case.id: band_of(case) for case in cases}
    placed = placed_in({case.round_id for case in cases})
    made = [Line(item, bands[(at := item.submission_id)], told[at], placed.get(at)) for item in found]
    return sorted(made, key=lambda line: (*order(line.band), line.rank or 99, line.item.id))


def placed_in(rounds: Collection[int]) -> Mapping[int, int]:
    """Case -> its rank in its band, among every case of its round that has a total."""
    areas = current_app.config["COUNCIL_AREAS"]
    found = (
        select(
            Submission.id, Submission.round_id, Submission.path, Submission.need, Submission.phase,
            School.district_name, Submission.score,
        )
        .join(School, School.urn == Submission.urn)
        .where(Submission.round_id.in_(rounds), Submission.score.is_not(None), Submission.stage.not_in(NO_CASE))
    )  # fmt: skip
    by_round: dict[int, list[Standing]] = defaultdict(list)
    for row in db.session.execute(found):
        band = Band(row.path, row.need, row.phase, area_of(row.district_name, areas))
        by_round[row.round_id].append(Standing(row.id, band, row.score))
    return {case: rank for standings in by_round.values() for case, rank in ranks(standings).items()}


def order(band: Band) -> tuple[str, str, str, str]:
    """What bands are sorted by."""
    return band.path.value, band.need.value, band.phase.value, band.area


def band_of(case: Submission) -> Band:
    """What this case is compared with."""
    area = area_of(case.school.district_name, current_app.config["COUNCIL_AREAS"])
    return Band(case.path, case.need, case.phase, area)


def results(cases: Collection[Submission]) -> dict[int, Result | None]:
    """`queries/review.result_of` of many cases, in two queries."""
    ids = [case.id for case in cases]
    given: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for score in db.session.scalars(_counted(ids)):
        if score.value is not None:
            given[score.submission_id][score.criterion].append(score.value)
    notes = select(PanelItem.submission_id, PanelItem.notes).where(PanelItem.submission_id.in_(ids))
    agreed = {case: minutes.agreed(said) for case, said in db.session.execute(notes.order_by(PanelItem.id))}
    return {case.id: result(case.round.criteria, given[case.id], agreed.get(case.id)) for case in cases}


def _counted(ids: Collection[int]) -> Select[Score]:
    """The scores that count: locked, and of nobody in conflict."""
    conflicted = exists().where(
        Conflict.submission_id == Assignment.submission_id, Conflict.user_id == Assignment.user_id,
        Conflict.conflicted.is_(True),
    )  # fmt: skip
    return (
        select(Score)
        .join(
            Assignment,
            (Assignment.submission_id == Score.submission_id) & (Assignment.user_id == Score.user_id),
        )
        .where(Score.submission_id.in_(ids), Score.value.is_not(None), Assignment.locked_at.is_not(None), ~conflicted)
    )


def for_the_panel(actor: Actor) -> Sequence[Submission]:
    """The cases that wait for a panel and stand on no agenda that is still open."""
    planned = exists().where(
        PanelItem.submission_id == Submission.id, PanelItem.meeting_id == PanelMeeting.id,
        PanelMeeting.closed_at.is_(None),
    )  # fmt: skip
    found = select(Submission).where(visible_to(actor), Submission.stage == Stage.PANEL, ~planned)
    light = joinedload(Submission.round).lazyload(Round.strands)
    return db.session.scalars(found.options(light).order_by(Submission.due_on, Submission.id)).all()


def differing(actor: Actor) -> list[tuple[Submission, tuple[CriterionResult, ...]]]:
    """The cases being scored on which scorers differ by two or more and nothing is agreed yet.

    Not those that the person is to score and has not locked: nobody sees the others' scores before.
    """
    own = exists().where(
        Assignment.submission_id == Submission.id, Assignment.user_id == actor.id, Assignment.locked_at.is_(None)
    )
    light = joinedload(Submission.round).lazyload(Round.strands)
    cases = select(Submission).where(visible_to(actor), Submission.stage.in_(SCORED_AT), Submission.score.is_not(None))
    found = db.session.scalars(cases.where(~own).options(light).order_by(Submission.due_on, Submission.id)).all()
    told = results(found)
    return [(case, one.spreads) for case in found if (one := told[case.id]) and one.spreads]


def own_open(actor: Actor) -> set[int]:
    """The cases that this person is to score and has not locked: the others' scores of them stay hidden."""
    if Role.SCORER not in actor.roles:
        return set()
    rows = select(Assignment.submission_id).where(Assignment.user_id == actor.id, Assignment.locked_at.is_(None))
    return set(db.session.scalars(rows))


def packs(of: PanelMeeting, actor: Actor) -> Sequence[Pack]:
    """The packs of this meeting that were made for this person, the latest first."""
    rows = select(Pack).where(Pack.meeting_id == of.id, Pack.reader_id == actor.id)
    return db.session.scalars(rows.order_by(Pack.id.desc())).all()


def pack(public_id: str, actor: Actor) -> Pack | None:
    """A pack that was made for this person, with its meeting."""
    rows = select(Pack).where(Pack.public_id == public_id, Pack.reader_id == actor.id)
    return db.session.scalars(rows.options(joinedload(Pack.meeting))).one_or_none()


def readable(cases: Collection[int], actor: Actor) -> int:
    """How many of these cases the person may read."""
    found = select(func.count()).select_from(Submission).where(Submission.id.in_(cases), visible_to(actor))
    return db.session.scalar(found) or 0


def members() -> Sequence[User]:
    """The people of the council who may sit on a panel, by name."""
    found = select(User).where(
        User.active.is_(True), exists().where(UserRole.user_id == User.id, UserRole.role.in_(MEMBERS))
    )
    return list(db.session.scalars(found.options(joinedload(User.role_rows)).order_by(User.name)).unique())


def declared(cases: Iterable[int], people: Iterable[int]) -> Mapping[tuple[int, int], bool]:
    """(case, person) -> whether they declared a conflict; nothing where they have not said."""
    rows = select(Conflict.submission_id, Conflict.user_id, Conflict.conflicted).where(
        Conflict.submission_id.in_(list(cases)), Conflict.user_id.in_(list(people))
    )
    return {(case, who): conflicted for case, who, conflicted in db.session.execute(rows)}
