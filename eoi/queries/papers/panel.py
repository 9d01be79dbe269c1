"""The panel's papers, each made for its reader: a case that is closed to them by a conflict is withheld."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import current_app

from eoi.extensions import now
from eoi.models import PanelItem, PanelMeeting, Submission
from eoi.queries import need, review
from eoi.queries import panel as queries
from eoi.queries.panel import Line
from eoi.queries.papers.summary import summary
from eoi.rules import minutes
from eoi.rules.decision import said
from eoi.rules.panel import VOICES
from eoi.rules.papers import AgendaLine, MinuteCase, MinutePaper, NeedFigure, NeedLineShown, PackPaper
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.ranking import Band
from eoi.rules.words import count_of, label


def agenda(meeting: PanelMeeting, actor: Actor) -> tuple[list[Line], Sequence[str]]:
    """The lines that the reader may read, band by band, and the references that are withheld."""
    return queries.lines(queries.items(meeting, actor)), queries.withheld(meeting, actor)


def pack(meeting: PanelMeeting, actor: Actor) -> Iterator[PackPaper | int]:
    """How many cases are gathered, again and again; and at last the paper."""
    found, closed = agenda(meeting, actor)
    hidden, made = queries.own_open(actor), []
    for number, line in enumerate(found, 1):
        made.append(_agenda_line(line, actor, hidden))
        yield number
    criteria = found[0].item.submission.round.criteria if found else ()
    yield PackPaper(
        council=current_app.config["COUNCIL_NAME"], held_on=meeting.held_on, place=meeting.place,
        made_for=actor.role_label, made_at=now(), criteria=tuple(f"{c.key} {c.title}, {c.weight}" for c in criteria),
        lines=(*made, *(AgendaLine(reference, withheld=True) for reference in closed)),
        need=_need([line.item.submission for line in found]),
        demonstration=current_app.config["DEMONSTRATION"],
    )  # fmt: skip


def _agenda_line(line: Line, actor: Actor, hidden: set[int]) -> AgendaLine:
    case = line.item.submission
    seen = line.result if case.id not in hidden and _reads_scores(case, actor) else None
    return AgendaLine(
        reference=case.name, id=case.id, school=case.school.name, offer=_offer(case), band=_band(line.band),
        rank=line.rank if seen else None, total=seen.total if seen else None,
        means=tuple(f"{row.mean:.1f}{'*' if row.spread and row.agreed is None else ''}" for row in seen.criteria)
        if seen else (),
        conflicts=len(review.conflicts(case)), summary=summary(case, actor),
    )  # fmt: skip


def _reads_scores(case: Submission, actor: Actor) -> bool:
    return may(actor, Permission.SEE_SCORES) or review.sees_scores(case, actor)


def _offer(case: Submission) -> str:
    places = count_of(case.places, "place") if case.places else "places not given"
    return f"{label(case.path)}, {label(case.need).lower()}, {label(case.phase).lower()}, {places}"


def _band(band: Band) -> str:
    return f"{label(band.path)}, {label(band.need).lower()}, {label(band.phase).lower()}, {band.area}"


def _need(cases: Sequence[Submission]) -> tuple[NeedLineShown, ...]:
    """The need line of each district, need, phase and path on the agenda, once."""
    found: dict[tuple[Any, ...], NeedLineShown] = {}
    for case in cases:
        wanted = (case.district_code, case.need, case.phase, case.path)
        if wanted not in found and (line := need.line_for(*wanted)):
            figure = NeedFigure(line.district_name, line.places, line.source, line.as_at, line.illustrative)
            words = f"{label(case.path)}, {label(case.need).lower()}, {label(case.phase).lower()}"
            found[wanted] = NeedLineShown(words, figure)
    return tuple(sorted(found.values(), key=lambda one: (one.figure.district, one.words)))


def minute(meeting: PanelMeeting, actor: Actor) -> MinutePaper:
    """What the panel said, as it stands: a draft until the meeting is closed."""
    found, closed = agenda(meeting, actor)
    ids = [member["user_id"] for member in meeting.members if member.get("user_id")]
    conflicts = queries.declared([line.item.submission_id for line in found], ids)
    away = {case: sum(conflicts.get((case, who)) is True for who in ids) for case, _ in conflicts}
    hidden = queries.own_open(actor)
    return MinutePaper(
        council=current_app.config["COUNCIL_NAME"], held_on=meeting.held_on, place=meeting.place,
        members=tuple((m["name"], m["role"], dict(VOICES)[m["voice"]]) for m in meeting.members),
        cases=(
            *(_minute_case(line, away.get(line.item.submission_id, 0), hidden) for line in found),
            *(MinuteCase(reference, withheld=True) for reference in closed),
        ),
        closed=meeting.closed_at is not None, made_for=actor.role_label, made_at=now(),
        demonstration=current_app.config["DEMONSTRATION"],
    )  # fmt: skip


def _minute_case(line: Line, away: int, hidden: set[int]) -> MinuteCase:
    case, seen = line.item.submission, line.result if line.item.submission_id not in hidden else None
    return MinuteCase(
        reference=case.name, school=case.school.name, offer=_offer(case), band=_band(line.band),
        total=seen.total if seen else None, advice=seen.advice if seen else "", away=away,
        rows=tuple((name, text) for name, text in _said(line.item).items() if text),
        recorded=line.item.recorded_at is not None,
    )  # fmt: skip


def _said(item: PanelItem) -> dict[str, str]:
    return said(minutes.section(item.submission.round.criteria), item.notes)
