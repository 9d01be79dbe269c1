"""A strand open by exception only: the school's case, then the wait for an officer's answer."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Submission
from eoi.models.submission import Exception_
from eoi.rules.errors import Invalid
from eoi.rules.permissions import Permission
from eoi.web import refusals
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp
from eoi.web.fields import Needed, TextField, VersionField
from eoi.web.forms import Form
from eoi.workflow import exceptions


class CaseForm(Form):
    version = VersionField()
    case = TextField(
        "Your case for an exception",
        [Needed("Enter your case for an exception")],
        words=exceptions.MOST_WORDS,
        description="What is different at your school or in your area? Do not name or describe a child",
    )


@bp.route("/<public_id>/exception", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def exception(public_id: str) -> str | Response | tuple[str, int]:
    submission = find_submission(public_id)
    if submission.exception is not Exception_.TO_ASK:
        return redirect(url_for(".show", public_id=public_id))
    form = CaseForm(version=submission.version)
    if form.validate_on_submit():
        try:
            exceptions.ask(submission, form.case.data, seen=form.version.data, by=actor())
        except Invalid as invalid:
            refusals.show(invalid, form)
        else:
            db.session.commit()
            flash("Your case has gone to the council.", "success")
            return redirect(url_for(".show", public_id=public_id))
    page = render_template("apply/exception.html", submission=submission, form=form, strand=strand_of(submission))
    return (page, 422) if form.errors else page


def strand_of(submission: Submission) -> object:
    """The strand of the round that it stands in, with its policy note."""
    return submission.round.facts().strand(submission.path, submission.need, submission.phase)
