"""Putting a wrong move right: back to a stage that the case has been in, with the reason, nothing erased."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.rules.permissions import Permission
from eoi.rules.stages import STAGES, Stage
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, RadiosField, TextField, choice
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import stages

CHOOSE = "Choose the stage to go back to"


class PutRightForm(SeenForm):
    to = RadiosField("Go back to", [Needed(CHOOSE)], message=CHOOSE)
    reason = TextField(
        "What was wrong with the move", [Needed("Enter what was wrong with the move")], words=200,
        description="It stays on the record and in the timeline.",
    )  # fmt: skip


@bp.route("/submissions/<ref>/put-right", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def put_right(ref: str) -> str | Response:
    submission = find_case(ref, Permission.REOPEN)
    back = stages.ways_back(submission)
    form, wrong = PutRightForm(version=submission.version), {}
    form.to.choices = [choice(stage.value, STAGES[stage].label) for stage in back]
    if form.validate_on_submit():
        to, reason = Stage(form.to.data), form.reason.data
        wrong = attempt(
            lambda: stages.put_right(submission, to, reason, seen=form.version.data, by=actor()),
            {"What was wrong with the move": reason},
        )
        if not wrong:
            flash(f"{submission.reference} is back at “{STAGES[to].label}”.", "success")
            return redirect(url_for(".show", ref=ref))
    return render_template(
        "review/put_right.html", submission=submission, form=form, back=back, errors=told(form, wrong)
    )
