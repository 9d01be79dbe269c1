"""A change of mind: answers changed until the round closes, or the expression of interest withdrawn."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Submission
from eoi.rules.permissions import Permission
from eoi.rules.road import shown_stage
from eoi.rules.stages import Stage
from eoi.rules.transitions import BY_ACTION
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp, seen_version
from eoi.web.fields import Needed, TextField, VersionField
from eoi.web.forms import Form
from eoi.workflow import submitting


class WithdrawForm(Form):
    version = VersionField()
    reason = TextField(
        "Why do you withdraw?",
        [Needed("Enter why you withdraw")],
        words=150,
        description="It helps us plan. You can make another expression of interest in a later round",
    )


@bp.route("/<public_id>/change", methods=["GET", "POST"])
@requires(Permission.SUBMIT)
def change(public_id: str) -> str | Response:
    """Reopen it, until the round closes. The reference stays."""
    submission = find_submission(public_id)
    if submission.stage is not Stage.SUBMITTED:
        return redirect(url_for(".show", public_id=public_id))
    if request.method == "GET":
        return render_template("apply/change.html", submission=submission)
    submitting.reopen(submission, seen=seen_version(), by=actor())
    db.session.commit()
    flash("You can change your answers now. Submit again before the round closes.", "success")
    return redirect(url_for(".show", public_id=public_id))


def may_withdraw(submission: Submission) -> bool:
    """Whether withdrawing is offered: by what the school knows, so that an untold outcome does not show here."""
    return shown_stage(submission.stage, submission.letter_issued) in BY_ACTION["withdraw"].sources


@bp.route("/<public_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.WITHDRAW)
def withdraw(public_id: str) -> str | Response | tuple[str, int]:
    submission = find_submission(public_id)
    form = WithdrawForm(version=submission.version)
    if not may_withdraw(submission):
        return redirect(url_for(".show", public_id=public_id))
    if form.validate_on_submit():
        submitting.withdraw(submission, form.reason.data, seen=form.version.data, by=actor())
        db.session.commit()
        flash("Your expression of interest is withdrawn.", "success")
        return redirect(url_for(".show", public_id=public_id))
    page = render_template("apply/withdraw.html", submission=submission, form=form)
    return (page, 422) if form.errors else page
