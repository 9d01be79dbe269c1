"""A round for everybody: what the council looks for, who may apply, how it is judged, every question to read."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for

from eoi.extensions import now
from eoi.models import Round
from eoi.outbound.papers import blank_form_html
from eoi.outbound.press import print_pdf
from eoi.outbound.render import link
from eoi.queries import need, rounds
from eoi.rules import clocks, road
from eoi.rules.errors import NotFound
from eoi.rules.papers import BlankFormPaper
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind
from eoi.rules.scoring import ANCHORS
from eoi.rules.words import Need, Openness, Phase, Step, label, long_date
from eoi.web.access import public
from eoi.workflow.exceptions import MOST_WORDS

bp = Blueprint("rounds", __name__, url_prefix="/rounds")


@bp.get("/<slug>")
@public
def round(slug: str) -> str:
    return render_template("public/round.html", **page_of_round(_find(slug)))


def page_of_round(found: Round) -> dict[str, Any]:
    """What the page of a round is drawn from, for everybody and for the officers' preview."""
    every, decider = form(found.form).sections, current_app.config["COUNCIL_SIGNATORY_ROLE"]
    return {
        "round": found,
        "open": found.is_open(now()),
        "sections": {step: [s for s in every if s.step is step] for step in (Step.EOI, Step.DETAIL)},
        "papers": [(s.step, q) for s in every for q in s.questions if q.kind is Kind.FILE],
        "need": _need(found),
        "anchors": ANCHORS,
        "ahead": road.ahead(detail_with_eoi=found.detail_with_eoi, decider=decider),
        "after": road.after_approval(),
        "promise": clocks.LETTER_TARGET,
        "case_words": MOST_WORDS,
    }


@dataclass(frozen=True, slots=True)
class NeedTable:
    """Places sought of one school year: a line a district, with a cell for each need and phase that the round takes."""

    year: str
    heads: list[str]
    rows: list[tuple[str, list[int]]]
    sources: list[str]
    illustrative: bool


def _need(found: Round) -> NeedTable | None:
    """The newest need lines of what the round takes."""
    taken = {(s.need, s.phase, s.path) for s in found.strands if s.openness is not Openness.CLOSED}
    fit = [line for line in need.lines() if (line.need, line.phase, line.path) in taken]
    fit = [line for line in fit if line.year == fit[0].year]
    if not fit:
        return None
    columns = sorted({(line.need, line.phase) for line in fit})
    places: Counter[tuple[str, Need, Phase]] = Counter()
    for line in fit:
        places[line.district_name, line.need, line.phase] += line.places
    return NeedTable(
        fit[0].school_year,
        [f"{label(need)}, {label(phase).lower()}" for need, phase in columns],
        [(name, [places[name, *column] for column in columns]) for name in sorted({x.district_name for x in fit})],
        sorted({f"{line.source}, as at {long_date(line.as_at)}" for line in fit}),
        any(line.illustrative for line in fit),
    )


@bp.get("/<slug>/form.pdf")
@public
def blank_form(slug: str) -> Response:
    """Every question with room to write."""
    found = _find(slug)
    paper = BlankFormPaper(
        council=current_app.config["COUNCIL_NAME"],
        round_name=found.name,
        title="Expression of interest: all questions",
        sections=form(found.form).sections,
        start_url=link(current_app.config["SITE_URL"], url_for("apply.home")),
        closes_at=found.closes_at,
        demonstration=current_app.config["DEMONSTRATION"],
    )
    response = Response(_printed(blank_form_html(paper)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="questions-{found.slug}.pdf"'
    return response


@lru_cache(maxsize=8)
def _printed(html: str) -> bytes:
    """The same form is printed once a process, however many ask."""
    return print_pdf(html)


def _find(slug: str) -> Round:
    found = rounds.called(slug, now())
    if found is None:
        raise NotFound
    return found
