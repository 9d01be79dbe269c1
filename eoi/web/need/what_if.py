"""What if: scenarios made, ticked, compared side by side, and tied to the panel pack of a round."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, today
from eoi.queries import board, rounds
from eoi.queries import scenarios as queries
from eoi.rules import what_if as rules
from eoi.rules.need import school_year
from eoi.rules.permissions import Permission
from eoi.rules.what_if import Result
from eoi.web.access import actor, requires
from eoi.web.fields import LineField, Needed, PoundsField, SelectField, TextField, VersionField, choice
from eoi.web.forms import Form
from eoi.web.need import filters
from eoi.web.need.blueprint import bp
from eoi.web.review.opening import attempt, told
from eoi.workflow import scenarios as verbs

USUAL_BUDGET = 20_000_000_00  # pence: High Needs Capital for the growth of resourced provision (Kent, 4 December 2025)
SHOWN = 60  # offers of a page to tick from


class ScenarioForm(Form):
    version = VersionField()
    name = LineField("Name", [Needed("Enter a name for the scenario")])
    note = TextField("What it is about", words=150)
    capital_budget = PoundsField("Capital budget", [Needed("Enter the capital budget")], noun="the capital budget")
    revenue_budget = PoundsField(
        "Revenue budget for a year", [Needed("Enter the revenue budget")], noun="the revenue budget"
    )


class EditScenarioForm(ScenarioForm):
    round_id = SelectField("Put it in the panel pack of", description="A round has one scenario at most")


class TickForm(Form):
    version = VersionField()


@bp.get("/what-if")
@requires(Permission.REVIEW)
def scenarios() -> str:
    every = queries.every()
    known = queries.offers(actor(), [case.submission_id for one in every for case in one.cases]) if every else []
    rows = [(one, queries.result(one, known)) for one in every]
    return render_template("need/scenarios.html", rows=rows)


@bp.route("/what-if/new", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def new_scenario() -> str | Response:
    form, wrong = ScenarioForm(version=0, capital_budget=USUAL_BUDGET), {}
    if form.validate_on_submit():
        made: list[Any] = []
        wrong = attempt(lambda: made.append(verbs.make(_facts(form), by=actor())))
        if not wrong:
            return redirect(url_for(".scenario", number=made[0].id))
    return render_template("need/scenario_new.html", form=form, errors=told(form, wrong))


@bp.get("/what-if/<int:number>")
@requires(Permission.REVIEW)
def scenario(number: int) -> str:
    """Its sums, and the offers to tick."""
    one = queries.get(number)
    ids = [case.submission_id for case in one.cases]
    known = queries.offers(actor(), ids)
    result = queries.result(one, known)
    gaps, districts = board.gaps(actor()), filters.districts()
    years = sorted({year for _, year, _ in gaps if year is not None})
    on = filters.chosen(years, districts)
    fits = sorted((o for o in known if _fits(o, on)), key=lambda o: o.id not in ids)[:SHOWN]
    return render_template(
        "need/scenario.html", one=one, result=result, offers=fits, ids=set(ids),
        form=TickForm(formdata=None, version=one.version), today=today(),
        hidden=len(ids) - len(result.offers), filters=filters.panel(on, years, districts),
        gaps=_gaps(gaps, result, districts),
    )  # fmt: skip


@bp.post("/what-if/<int:number>/choice")
@requires(Permission.EDIT_NEED)
def tick(number: int) -> Response:
    """Choose among the offers that the page showed."""
    one, form = queries.get(number), TickForm()
    if form.validate_on_submit():
        verbs.tick(one, _numbers("shown"), _numbers("case"), seen=form.version.data, by=actor())
        db.session.commit()
        flash("The choice is saved.", "success")
    return redirect(url_for(".scenario", number=number))


@bp.route("/what-if/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def edit_scenario(number: int) -> str | Response:
    one = queries.get(number)
    names = ("name", "note", "capital_budget", "revenue_budget", "round_id")
    form, wrong = EditScenarioForm(version=one.version, **{name: getattr(one, name) for name in names}), {}
    form.round_id.choices = [choice("", "No panel pack"), *(choice(str(r.id), r.name) for r in rounds.every())]
    if form.validate_on_submit():
        facts = {**_facts(form), "round_id": int(form.round_id.data) if form.round_id.data else None}
        yours = {"Name": form.name.data, "Note": form.note.data}
        wrong = attempt(lambda: verbs.change(one, facts, seen=form.version.data, by=actor()), yours)
        if not wrong:
            flash("The scenario is saved.", "success")
            return redirect(url_for(".scenario", number=number))
    return render_template("need/scenario_edit.html", one=one, form=form, errors=told(form, wrong))


@bp.get("/what-if/compare")
@requires(Permission.REVIEW)
def compare() -> str:
    """Two scenarios side by side."""
    every = {str(one.id): one for one in queries.every()}
    pair = [every[key] for key in (request.args.get("a", ""), request.args.get("b", "")) if key in every]
    known = queries.offers(actor(), [case.submission_id for one in pair for case in one.cases]) if pair else []
    gaps, districts = board.gaps(actor()), filters.districts()
    shown = [(one, result := queries.result(one, known), _gaps(gaps, result, districts)) for one in pair]
    options = [(key, one.name) for key, one in every.items()]
    panel = [
        {"name": name, "label": title, "value": request.args.get(name, "")[:9], "options": options, "any": "Choose"}
        for name, title in (("a", "One"), ("b", "The other"))
    ]
    return render_template("need/compare.html", shown=shown, filters=panel)


def _facts(form: ScenarioForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("name", "note", "capital_budget", "revenue_budget")}


def _numbers(name: str) -> list[int]:
    return [int(one) for one in request.form.getlist(name)[:500] if one.isascii() and one.isdigit() and len(one) < 10]


def _fits(offer: rules.Offer, on: filters.Chosen) -> bool:
    pairs = (
        (on.year, offer.year), (on.district or None, offer.district_code), (on.need, offer.need),
        (on.phase, offer.phase), (on.path, offer.path),
    )  # fmt: skip
    return all(wanted is None or wanted == held for wanted, held in pairs)


def _gaps(
    known: list[tuple[str, int | None, int]], result: Result, districts: dict[str, str]
) -> dict[str, list[tuple[str, int, int]]]:
    """By district and by year: the name, the gap now, and the gap that is left."""
    places = dict.fromkeys(districts, 0)
    years: dict[str, int] = {}
    for district, year, gap in known:
        places[district] = places.get(district, 0) + gap
        years[str(year or "")] = years.get(str(year or ""), 0) + gap
    titles = {**districts, **{key: school_year(int(key)) for key in years if key}}
    after = {**rules.left(places, result, "district_code"), **rules.left(years, result, "year")}
    return {
        name: [(titles.get(key, "Not known"), gap, after[key]) for key, gap in rows]
        for name, rows in (("district", places.items()), ("year", sorted(years.items())))
    }
