"""Where delivery stands in all cases; the figures of law and guidance, and the school holidays, that plans use."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import today
from eoi.outbound import charts
from eoi.queries import planning as queries
from eoi.rules.closures import USUAL, school_year_of, usual
from eoi.rules.guidance import MEANINGS, Key
from eoi.rules.milestones import MARKS, Mark, behind, slip
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.fields import DateField, LineField, Needed, SelectField, TickField, WholeField, choice
from eoi.web.forms import Form
from eoi.web.need.blueprint import bp
from eoi.web.review.opening import attempt, told
from eoi.workflow import planning as verbs


@bp.get("/delivery")
@requires(Permission.REVIEW)
def delivery() -> str:
    """Each case between approval and opening: its next step, and how late its opening is."""
    rows, bars = [], []
    for case, held in queries.delivery(actor()):
        ahead = [one for one in held if one.actual_on is None]
        following = min(ahead, key=lambda one: one.expected_on, default=None)
        opening = next((one for one in held if one.mark is Mark.OPENING), None)
        days = slip(opening.planned_on, opening.expected_on, opening.actual_on) if opening else None
        rows.append((case, following, opening, days))
        if opening:
            stands = opening.actual_on or opening.expected_on
            bars.append(charts.Step(case.school, opening.planned_on, stands, bool(opening.actual_on)))
    picture = charts.steps(bars, "Openings as first planned and as expected now")
    return render_template("need/delivery.html", rows=rows, names=MARKS, behind=behind, picture=picture)


class FigureForm(Form):
    key = SelectField("What it is about", [Needed("Choose what the figure is about")])
    value = WholeField("Figure", [Needed("Enter the figure")], noun="the figure", high=100_000_000, width="10")
    from_on = DateField("Holds from", [Needed("Enter the date from which it holds")], noun="the date it holds from")
    source = LineField("Source", [Needed("Enter the source")], description="The law, guidance or decision")


class ClosureForm(Form):
    name = LineField("Name", [Needed("Enter a name, such as autumn half term")])
    starts_on = DateField("First day", [Needed("Enter the first day")], noun="the first day")
    ends_on = DateField("Last day", [Needed("Enter the last day")], noun="the last day")
    source = LineField("Source", [Needed("Enter the source")])
    illustrative = TickField("Illustrative", description="Invented for demonstration")


@bp.get("/route")
@requires(Permission.REVIEW)
def guidance() -> str:
    holds = queries.figures(today())
    later = [row for row in queries.added() if row.from_on > today()]
    first = school_year_of(today())
    return render_template(
        "need/guidance.html", holds=[(MEANINGS[key], holds[key]) for key in Key], later=later, meanings=MEANINGS,
        earlier=[f for f in queries.every() if f.from_on <= today() and f != holds[f.key]],
        entered=queries.entered(), usual=usual(first), usual_source=USUAL,
    )  # fmt: skip


@bp.route("/route/figure", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def new_figure() -> str | Response:
    form, wrong = FigureForm(), {}
    about = [choice(key.value, f"{one.title} ({one.unit})") for key, one in MEANINGS.items()]
    form.key.choices = [choice("", ""), *about]
    if form.validate_on_submit():
        said = (Key(form.key.data), form.value.data, form.from_on.data, form.source.data)
        wrong = attempt(lambda: verbs.add_figure(*said, by=actor()))
        if not wrong:
            flash("The figure is added. The older ones stay.", "success")
            return redirect(url_for(".guidance"))
    return render_template("need/figure_new.html", form=form, errors=told(form, wrong))


@bp.route("/route/holiday", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def new_closure() -> str | Response:
    form, wrong = ClosureForm(), {}
    if form.validate_on_submit():
        said = (form.name.data, form.starts_on.data, form.ends_on.data, form.source.data, form.illustrative.data)
        wrong = attempt(lambda: verbs.add_closure(*said, by=actor()))
        if not wrong:
            flash("The school holiday is added.", "success")
            return redirect(url_for(".guidance"))
    return render_template("need/closure_new.html", form=form, errors=told(form, wrong))
