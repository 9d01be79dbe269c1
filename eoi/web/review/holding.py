"""Flags on a case, and holds that stop its clock: each put on and taken off on a page of its own, with the reason."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.queries import talking
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.words import count_of
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, TextField
from eoi.web.forms import Form
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import holding


class FlagForm(Form):
    reason = TextField("Reason", [Needed("Enter the reason")], words=100)


class HoldForm(SeenForm):
    reason = TextField("Reason", [Needed("Enter the reason")], words=100)


@bp.route("/submissions/<ref>/flags", methods=["GET", "POST"])
@requires(Permission.FLAG)
def flag(ref: str) -> str | Response:
    submission = find_case(ref, Permission.FLAG)
    form, wrong = FlagForm(), {}
    if form.validate_on_submit():
        wrong = attempt(lambda: holding.flag(submission, form.reason.data, by=actor()))
        if not wrong:
            flash(f"{submission.reference} is flagged.", "success")
            return redirect(url_for(".comments", ref=ref))
    return render_template("review/flag.html", submission=submission, form=form, errors=told(form, wrong), flag=None)


@bp.route("/submissions/<ref>/flags/<int:number>", methods=["GET", "POST"])
@requires(Permission.FLAG)
def clear_flag(ref: str, number: int) -> str | Response:
    submission = find_case(ref, Permission.FLAG)
    found = talking.flag(submission, number)
    if found is None:
        raise NotFound
    form, wrong = FlagForm(), {}
    if form.validate_on_submit():
        wrong = attempt(lambda: holding.clear(submission, found, form.reason.data, by=actor()))
        if not wrong:
            flash("The flag is down.", "success")
            return redirect(url_for(".comments", ref=ref))
    return render_template("review/flag.html", submission=submission, form=form, errors=told(form, wrong), flag=found)


@bp.route("/submissions/<ref>/hold", methods=["GET", "POST"])
@requires(Permission.HOLD)
def hold(ref: str) -> str | Response:
    """Put the case on hold, or take it up again where it is on hold."""
    submission = find_case(ref, Permission.HOLD)
    goes_on = submission.on_hold_since is not None
    form, wrong = HoldForm(version=submission.version), {}
    if form.validate_on_submit():
        verb, reason = holding.resume if goes_on else holding.hold, form.reason.data
        wrong = attempt(lambda: verb(submission, reason, seen=form.version.data, by=actor()), {"Reason": reason})
        if not wrong:
            flash(f"{submission.reference} {'goes on' if goes_on else 'is on hold'}.", "success")
            return redirect(url_for(".show", ref=ref))
    days = count_of(submission.hold_days, "working day")
    return render_template(
        "review/hold.html", submission=submission, form=form, errors=told(form, wrong), goes_on=goes_on, days=days
    )
