"""Conditions of an approval: met, or given more time."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.models import Condition, Submission
from eoi.queries import review
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.words import long_date
from eoi.web.access import actor, requires
from eoi.web.fields import DateField, Needed, TextField
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import delivery


class MetForm(SeenForm):
    met_on = DateField("Date it was met", [Needed("Enter the date it was met")], noun="the date it was met")
    note = TextField("Evidence you saw", [Needed("Enter the evidence you saw")], words=150)


class MoreTimeForm(SeenForm):
    due_on = DateField("New date", [Needed("Enter the new date")], noun="the new date")
    reason = TextField("Why more time is given", [Needed("Enter why more time is given")], words=150)


def find_condition(ref: str, number: int) -> tuple[Submission, Condition]:
    submission = find_case(ref, Permission.DELIVER)
    for condition in review.conditions(submission):
        if condition.number == number:
            return submission, condition
    raise NotFound


@bp.route("/submissions/<ref>/conditions/<int:number>/met", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def meet_condition(ref: str, number: int) -> str | Response:
    submission, condition = find_condition(ref, number)
    form, wrong = MetForm(version=submission.version), {}
    if form.validate_on_submit():
        day, note = form.met_on.data, form.note.data
        wrong = attempt(
            lambda: delivery.meet_condition(submission, condition, day, note, seen=form.version.data, by=actor()),
            {"Evidence you saw": note},
        )
        if not wrong:
            flash(f"Condition {number} is met.", "success")
            return redirect(url_for(".outcome", ref=ref))
    return render_template(
        "review/condition_met.html", submission=submission, condition=condition, form=form, errors=told(form, wrong)
    )


@bp.route("/submissions/<ref>/conditions/<int:number>/extend", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def extend_condition(ref: str, number: int) -> str | Response:
    submission, condition = find_condition(ref, number)
    form, wrong = MoreTimeForm(version=submission.version), {}
    if form.validate_on_submit():
        day, reason = form.due_on.data, form.reason.data
        wrong = attempt(
            lambda: delivery.extend_condition(submission, condition, day, reason, seen=form.version.data, by=actor()),
            {"Why more time is given": reason},
        )
        if not wrong:
            flash(f"Condition {number} is due on {long_date(day)}.", "success")
            return redirect(url_for(".outcome", ref=ref))
    return render_template(
        "review/condition_extend.html", submission=submission, condition=condition, form=form, errors=told(form, wrong)
    )
