"""A round for everybody: what the council looks for, who may apply, how it is judged, every question to read."""

from functools import lru_cache

from flask import Blueprint, Response, current_app, render_template, url_for

from eoi.extensions import now
from eoi.models import Round
from eoi.outbound.papers import blank_form_html
from eoi.outbound.press import print_pdf
from eoi.outbound.render import link
from eoi.queries import rounds
from eoi.rules.errors import NotFound
from eoi.rules.papers import BlankFormPaper
from eoi.rules.questions import form
from eoi.rules.words import Step
from eoi.web.access import public

bp = Blueprint("rounds", __name__, url_prefix="/rounds")


@bp.get("/<slug>")
@public
def round(slug: str) -> str:
    found = _find(slug)
    sections = {step: [s for s in form(found.form).sections if s.step is step] for step in (Step.EOI, Step.DETAIL)}
    return render_template("public/round.html", round=found, sections=sections, open=found.is_open(now()))


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
