"""The cases of a round that wait for the Head of SEN or for the release of their letter, beside those like them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, lazyload

from eoi.extensions import db
from eoi.models import Decision, NeedLine, PanelItem, Record, Round, Submission
from eoi.queries import panel
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import Actor, Permission, Relation, relation_of
from eoi.rules.ranking import Band
from eoi.rules.running import Offered, running
from eoi.rules.stages import OUTCOMES, Stage
from eoi.rules.words import Outcome

TAKEN = (Outcome.APPROVED, Outcome.CONDITIONS)


@dataclass(frozen=True, slots=True)
class Row:
    """A case: what the panel says of it, what is decided, and where its places bring the need line to."""

    case: Submission
    band: Band
    rank: int | None
    proposal: Mapping[str, Any]  # by the keys of `rules/minutes.section`; empty where no panel has met
    outcome: Outcome | None  # decided; pending until its letter is issued
    running: int
    sought: int | None

    @property
    def proposed(self) -> Outcome | None:
        return Outcome(self.proposal["outcome"]) if self.proposal.get("outcome") else None


def rounds(actor: Actor) -> Sequence[tuple[Round, int]]:
    """The rounds with cases that this person may decide, and how many wait; the most first."""
    found = (
        select(Round, func.count(Submission.id).filter(Submission.stage == Stage.WITH_HEAD).label("waiting"))
        .join(Submission, Submission.round_id == Round.id)
        .where(*_decidable(actor))
        .group_by(Round.id)
        .order_by(func.count(Submission.id).filter(Submission.stage == Stage.WITH_HEAD).desc(), Round.id.desc())
        .options(lazyload(Round.strands))
    )
    return [(made, waiting) for made, waiting in db.session.execute(found)]


def _decidable(actor: Actor) -> list[Any]:
    pending = (Submission.stage.in_(OUTCOMES)) & Submission.letter_issued.is_(False)
    wanted = [visible_to(actor), (Submission.stage == Stage.WITH_HEAD) | pending]
    if Relation.ANY not in relation_of(actor, Permission.DECIDE) and 0 not in actor.delegated:
        wanted.append(Submission.id.in_(actor.delegated))
    return wanted


def rows(made: Round, actor: Actor) -> list[Row]:
    """Band by band, the strongest first."""
    light = joinedload(Submission.round).lazyload(Round.strands)
    found = select(Submission).where(*_decidable(actor), Submission.round_id == made.id).options(light)
    cases = list(db.session.scalars(found))
    ids = [case.id for case in cases]
    said, decided, sought = proposals(ids), _decided(ids), _sought()
    placed, bands = panel.placed_in({made.id}), {case.id: panel.band_of(case) for case in cases}
    cases.sort(key=lambda case: (*panel.order(bands[case.id]), placed.get(case.id) or 99, case.id))
    ran = running(Offered(c.id, _line(c), c.places or 0, _taken(c, said, decided)) for c in cases)
    return [
        Row(
            case, bands[case.id], placed.get(case.id), said.get(case.id, {}), decided.get(case.id), ran[case.id],
            sought.get(_line(case)),
        )
        for case in cases
    ]  # fmt: skip


def _line(case: Submission) -> tuple[Any, ...]:
    return case.district_code, case.need, case.phase, case.path


def _taken(case: Submission, said: Mapping[int, Any], decided: Mapping[int, Outcome]) -> bool:
    """By the decision, or by what the panel recommends while there is none."""
    outcome = decided.get(case.id) or said.get(case.id, {}).get("outcome")
    return outcome in TAKEN


def proposals(ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What the panel recommended, in the words of its meeting; where it met elsewhere, as its record has it."""
    found: dict[int, dict[str, Any]] = {}
    records = select(Record).where(Record.submission_id.in_(ids), Record.kind == "panel").order_by(Record.id)
    for record in db.session.scalars(records):
        kept = record.answers
        found[record.submission_id] = {
            "outcome": kept.get("recommendation"), "minute": kept.get("minute", ""), "said": kept.get("conditions", ""),
        }  # fmt: skip
    items = select(PanelItem).where(PanelItem.submission_id.in_(ids), PanelItem.recorded_at.is_not(None))
    for item in db.session.scalars(items.order_by(PanelItem.id)):
        recorded = found.get(item.submission_id)
        if recorded and recorded["minute"] == item.notes.get("minute"):
            found[item.submission_id] = {**recorded, **item.notes}
    return found


def _decided(ids: Collection[int]) -> dict[int, Outcome]:
    """The outcome that holds, of the cases that are not with the Head of SEN again."""
    rows = (
        select(Decision.submission_id, Decision.outcome)
        .join(Submission, Submission.id == Decision.submission_id)
        .where(Decision.submission_id.in_(ids), Submission.stage != Stage.WITH_HEAD)
    )
    return {row[0]: row[1] for row in db.session.execute(rows.order_by(Decision.id))}


def _sought() -> dict[tuple[Any, ...], int]:
    """The places of the newest need line of each district, need, phase and path."""
    rows = select(NeedLine).order_by(NeedLine.year)
    return {(one.district_code, one.need, one.phase, one.path): one.places for one in db.session.scalars(rows)}
