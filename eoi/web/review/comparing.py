"""Two to four cases side by side, criterion by criterion: the scores, and the answers that they stand on."""

from typing import Any

from flask import g, render_template, request

from eoi.queries import comparing as queries
from eoi.queries import panel
from eoi.rules.errors import NotFound, Refused
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Kind
from eoi.web.access import actor, requires
from eoi.web.review import telling
from eoi.web.review.blueprint import bp

FEWEST, MOST = 2, 4
LONGEST = 400  # characters of an answer; the whole stands on the case's own page


@bp.get("/compare")
@requires(Permission.SEE_SCORES)
def compare() -> str:
    """The cases that the address names by `case`. One that the person may not open is not found."""
    names = list(dict.fromkeys(request.args.getlist("case")))
    if not FEWEST <= len(names) <= MOST:
        raise Refused(f"Choose from {FEWEST} to {MOST} cases to compare.")
    cases = queries.found(actor(), names)
    if len(cases) < len(names):
        raise NotFound
    g.opened = [case.id for case in cases]
    hidden = panel.own_open(actor())
    told, held = panel.results(cases), queries.sent(cases)
    results = {case.id: None if case.id in hidden else told[case.id] for case in cases}
    answers = {case.id: _answers(held[case.id]) for case in cases}
    criteria = list({c.key: c for case in cases for c in case.round.criteria}.values())
    return render_template(
        "review/compare.html", cases=cases, results=results, answers=answers, criteria=criteria,
        bands={case.id: panel.band_of(case) for case in cases}, ranks=panel.placed_in({c.round_id for c in cases}),
        rows={case.id: _rows(results[case.id]) for case in cases}, longest=LONGEST,
    )  # fmt: skip


def _rows(found: Any) -> dict[str, Any]:
    return {row.criterion.key: row for row in found.criteria} if found else {}


def _answers(sent: Any) -> dict[str, list[tuple[str, str]]]:
    """Criterion -> label and text of each answer that it concerns, as it was sent."""
    told: dict[str, list[tuple[str, str]]] = {}
    for section in telling.sections_of(sent):
        for question in section["questions"]:
            if question.get("criterion") and question["kind"] != Kind.FILE and question["shown"]:
                told.setdefault(question["criterion"], []).append((question["label"], str(question["shown"])))
    return told
