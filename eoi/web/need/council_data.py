"""What the council holds about schools: an overview by kind, and one school's figures."""

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.queries import need, schools
from eoi.rules.errors import NotFound
from eoi.rules.figures import KIND_LABELS
from eoi.rules.parsing import clean
from eoi.rules.permissions import Permission
from eoi.web.access import requires
from eoi.web.need.blueprint import bp


@bp.get("/council-data")
@requires(Permission.REVIEW)
def council_data() -> str | Response:
    """The overview; `?school=` finds a school by URN or words."""
    typed = clean(request.args.get("school", ""))[: schools.LONGEST]
    found = schools.find(typed) if typed else []
    if len(found) == 1:
        return redirect(url_for(".school_figures", urn=found[0].urn))
    return render_template(
        "need/council_data.html", holdings=need.holdings(), labels=KIND_LABELS, typed=typed, found=found
    )


@bp.get("/council-data/<int:urn>")
@requires(Permission.REVIEW)
def school_figures(urn: int) -> str:
    school = schools.get(urn)
    if school is None or school.la_code != current_app.config["COUNCIL_LA_CODE"]:
        raise NotFound
    return render_template("need/school_figures.html", school=school, figures=need.figures_of(urn), labels=KIND_LABELS)
