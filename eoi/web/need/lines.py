"""The need lines: places sought by district, need, phase and path, each with its source and its day; edited here."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import today
from eoi.models import NeedLine
from eoi.queries import need
from eoi.rules.errors import NotFound
from eoi.rules.need import MOST, Line, school_year
from eoi.rules.permissions import Permission
from eoi.rules.words import Need, Path, Phase
from eoi.web.access import actor, requires
from eoi.web.fields import DateField, LineField, Needed, SelectField, TickField, VersionField, WholeField, choice
from eoi.web.forms import Form
from eoi.web.need import filters
from eoi.web.need.blueprint import bp
from eoi.web.review.opening import attempt, told
from eoi.web.typed import page_number
from eoi.workflow import need as verbs

PAGE = 36  # lines
AHEAD = 12  # school years that a new line may be about


@bp.get("/lines")
@requires(Permission.REVIEW)
def lines() -> str:
    years, known = need.years(), filters.districts()
    on = filters.chosen(years, known)
    found = need.lines(**on.facts())
    gone = need.removed() if request.args.get("removed") else []
    pages = -(-len(found) // PAGE)
    page = min(page_number(), max(pages, 1))
    panel = filters.panel(on, years, known)
    return render_template(
        "need/lines.html", filters=panel, lines=found[(page - 1) * PAGE : page * PAGE], any_chosen=bool(on), gone=gone,
        districts=known, many=len(found), places=sum(line.places for line in found), page=page, pages=pages,
    )  # fmt: skip


class LineForm(Form):
    """What a line says."""

    version = VersionField()
    places = WholeField("Places sought", [Needed("Enter the places sought")], noun="the places sought", high=MOST)
    source = LineField("Source", [Needed("Enter the source")], description="Where the figure is published or decided")
    as_at = DateField("As at", [Needed("Enter the date on which it was true")], noun="the date on which it was true")
    illustrative = TickField("Illustrative", description="Invented for demonstration, not published")


class NewLineForm(LineForm):
    """What it is about, too."""

    district = SelectField("District", [Needed("Choose the district")], message="Choose the district")
    year = SelectField("School year", [Needed("Choose the school year")], message="Choose the school year")
    need = SelectField("Need", [Needed("Choose the need")], choices=filters.choices(Need, blank=True))
    phase = SelectField("Phase", [Needed("Choose the phase")], choices=filters.choices(Phase, blank=True))
    path = SelectField("Path", [Needed("Choose the path")], choices=filters.choices(Path, blank=True))


class RemoveForm(Form):
    """The version that the person saw."""

    version = VersionField()


@bp.route("/lines/new", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def new_line() -> str | Response:
    form, known = NewLineForm(version=0), filters.districts()
    first = today().year - 1
    form.district.choices = [choice("", ""), *(choice(code, name) for code, name in known.items())]
    form.year.choices = [choice("", ""), *(choice(str(y), school_year(y)) for y in range(first, first + AHEAD))]
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        about = (int(form.year.data), form.district.data, known[form.district.data])
        closed = (Need(form.need.data), Phase(form.phase.data), Path(form.path.data))
        line = Line(*about, *closed, *_said(form))
        wrong = attempt(lambda: verbs.add_line(line, by=actor()))
        if not wrong:
            flash("The need line is added.", "success")
            return redirect(url_for(".lines"))
    return render_template("need/line_new.html", form=form, errors=told(form, wrong))


@bp.route("/lines/<int:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def line(number: int) -> str | Response:
    """One line: what it says, and what it said before."""
    found = _find(number)
    names = ("places", "source", "as_at", "illustrative")
    form, wrong = LineForm(version=found.version, **{name: getattr(found, name) for name in names}), {}
    if form.validate_on_submit():
        to = Line(*(getattr(found, name) for name in Line.__slots__[:6]), *_said(form))
        wrong = _tried(lambda: verbs.change_line(found, to, seen=form.version.data, by=actor()), form)
        if not wrong:
            flash("The need line is saved.", "success")
            return redirect(url_for(".lines"))
    return render_template(
        "need/line.html", line=found, form=form, history=need.history(found), errors=told(form, wrong)
    )


@bp.route("/lines/<int:number>/remove", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def remove_line(number: int) -> str | Response:
    found = _find(number)
    form, wrong = RemoveForm(version=found.version), {}
    if form.validate_on_submit():
        wrong = attempt(lambda: verbs.remove_line(found, seen=form.version.data, by=actor()))
        if not wrong:
            flash("The need line is removed. Its history is kept.", "success")
            return redirect(url_for(".lines"))
    return render_template("need/line_remove.html", line=found, form=form, errors=told(form, wrong))


def _find(number: int) -> NeedLine:
    found = need.line(number) if number < 2**31 else None
    if found is None:
        raise NotFound
    return found


def _said(form: LineForm) -> tuple[Any, ...]:
    return form.places.data, form.source.data, form.as_at.data, form.illustrative.data


def _tried(verb: Callable[[], Any], form: LineForm) -> dict[str, str]:
    return attempt(verb, {"Places sought": str(form.places.data), "Source": form.source.data})
