"""The plan of a case from approval to opening: worked out, taken, and kept as things happen."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.outbound import charts
from eoi.queries import planning as queries
from eoi.rules.errors import NotFound
from eoi.rules.milestones import BUILDING, MARKS, Mark, behind, slip
from eoi.rules.permissions import Permission
from eoi.rules.stages import AFTER_APPROVAL
from eoi.web.access import actor, requires
from eoi.web.fields import DateField, LineField, Needed, RadiosField, choice
from eoi.web.review.blueprint import bp
from eoi.web.review.case import draw
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import planning as verbs

BUILT = {
    "existing": "Rooms that are there, made ready",
    "adapt": "Rooms adapted",
    "new": "An extension, a new or a modular building",
}
assert BUILT.keys() == BUILDING.keys()


class PlanForm(SeenForm):
    opening = DateField("Wanted opening", [Needed("Enter the wanted opening")], noun="the wanted opening")
    building = RadiosField(
        "What has to be built?",
        [Needed("Choose what has to be built")],
        choices=[choice(*one) for one in BUILT.items()],
    )


class MilestoneForm(SeenForm):
    expected_on = DateField("Expected on", [Needed("Enter the date on which it is expected")], noun="the expected date")
    actual_on = DateField(
        "Happened on", noun="the date on which it happened", description="Leave it empty if it has not"
    )
    note = LineField("Note")


@bp.get("/submissions/<ref>/plan")
@requires(Permission.REVIEW)
def plan(ref: str) -> str:
    submission = find_case(ref)
    held = queries.milestones(submission)
    rows = [(one, slip(one.planned_on, one.expected_on, one.actual_on)) for one in held]
    may_plan = submission.stage in AFTER_APPROVAL
    bars = [
        charts.Step(MARKS[one.mark], one.planned_on, one.actual_on or one.expected_on, bool(one.actual_on))
        for one in held
    ]
    picture = charts.steps(bars, "Each step as planned and as it stands")
    return draw("plan", submission, rows=rows, names=MARKS, behind=behind, picture=picture, may_plan=may_plan)


@bp.route("/submissions/<ref>/plan/make", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def make_plan(ref: str) -> str | Response:
    """Work out what an opening asks for; the button takes it. Wanted and built stand in the form."""
    submission = find_case(ref, Permission.DELIVER)
    form = PlanForm(version=submission.version, opening=submission.opening, building="existing")
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        opening, building, seen = form.opening.data, form.building.data, form.version.data
        wrong = attempt(lambda: verbs.take(submission, opening, building, seen=seen, by=actor()))
        if not wrong:
            flash("The plan is made.", "success")
            return redirect(url_for(".plan", ref=ref))
    wanted: date | None = form.opening.data
    known = wanted is not None and form.building.data in BUILT
    shown = verbs.worked_out(submission, wanted, form.building.data) if wanted and known else None
    return render_template(
        "review/plan_make.html", submission=submission, form=form, plan=shown, errors=told(form, wrong)
    )


@bp.route("/submissions/<ref>/plan/<mark>", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def milestone(ref: str, mark: str) -> str | Response:
    submission = find_case(ref, Permission.DELIVER)
    one = next((held for held in queries.milestones(submission) if held.mark.value == mark), None)
    if one is None:
        raise NotFound
    held = {"expected_on": one.expected_on, "actual_on": one.actual_on, "note": one.note}
    form, wrong = MilestoneForm(version=submission.version, **held), {}
    if form.validate_on_submit():
        days, note, seen = (form.expected_on.data, form.actual_on.data), form.note.data, form.version.data
        wrong = attempt(lambda: verbs.keep(submission, Mark(mark), *days, note, seen=seen, by=actor()), {"Note": note})
        if not wrong:
            flash("The plan is saved.", "success")
            return redirect(url_for(".plan", ref=ref))
    return render_template(
        "review/milestone.html", submission=submission, one=one, title=MARKS[one.mark], form=form,
        errors=told(form, wrong),
    )  # fmt: skip
