"""What the report of a round is made of."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func, literal, select

from eoi.extensions import db
from eoi.models import AuditEntry, NeedLine, Provision, Round, School, SectionAnswers, Submission
from eoi.queries.board import PLACES
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import Actor
from eoi.rules.round_report import RoundReport, Sent, report
from eoi.rules.stages import Stage
from eoi.rules.suitability import BAND_TOPS
from eoi.rules.what_if import MILLION


def of_round(round_: Round, actor: Actor) -> RoundReport:
    """The report, of the cases that the person may see. Drafts are no part of it."""
    mine = (Submission.round_id == round_.id, Submission.stage != Stage.DRAFT, visible_to(actor))
    rows = db.session.execute(
        select(Submission.id, School.district_name, Submission.stage, PLACES, SectionAnswers.answers)
        .join(School, School.urn == Submission.urn)
        .outerjoin(Provision, Provision.submission_id == Submission.id)
        .outerjoin(SectionAnswers, (SectionAnswers.submission_id == Submission.id) & (SectionAnswers.key == "cost"))
        .where(*mine)
    ).all()
    sent = [Sent(id_, area, stage, places, _capital(answers or {})) for id_, area, stage, places, answers in rows]
    wanted = {(s.need, s.phase, s.path) for s in round_.strands if s.openness != "closed"}
    lines = select(NeedLine.district_name, NeedLine.need, NeedLine.phase, NeedLine.path, func.sum(NeedLine.places))
    grouped = lines.group_by(NeedLine.district_name, NeedLine.need, NeedLine.phase, NeedLine.path)
    sought: dict[str, int] = {}
    for district, need, phase, path, places in db.session.execute(grouped):
        if (need, phase, path) in wanted:
            sought[district] = sought.get(district, 0) + places
    return report(round_.name, sent, sought, _moves(mine))


def _capital(answers: dict[str, object]) -> int:
    band = answers.get("capital_band")
    return MILLION if band == "over_1m" else BAND_TOPS.get(str(band), 0)


def _moves(mine: Iterable[ColumnElement[bool]]) -> list[tuple[int, datetime, str | None]]:
    case = literal("submission:") + cast(Submission.id, String)
    found = (
        select(Submission.id, AuditEntry.at, AuditEntry.to_stage)
        .join(AuditEntry, AuditEntry.case == case)
        .where(*mine, AuditEntry.to_stage.is_not(None))
        .order_by(Submission.id, AuditEntry.seq)
    )
    return [(number, at, stage) for number, at, stage in db.session.execute(found)]
