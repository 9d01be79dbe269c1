"""The board of conditions that are due, and what schools sent for them."""

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.queries import condition_board as board
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, TextField
from eoi.web.review.blueprint import bp
from eoi.web.review.conditions import find_condition
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.web.stored import send
from eoi.workflow import delivery


class NotMetForm(SeenForm):
    reason = TextField("Why it is not met", [Needed("Enter why it is not met")], words=150,
                       description="The school reads it in these words")  # fmt: skip


@bp.get("/conditions")
@requires(Permission.REVIEW)
def condition_board() -> str:
    """Every open condition, the first due first."""
    found = board.open_conditions(actor())
    sent = board.evidence([condition for condition, _ in found])
    return render_template("review/condition_board.html", found=found, sent=sent)


@bp.route("/submissions/<ref>/conditions/<int:number>/not-met", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def condition_not_met(ref: str, number: int) -> str | AnyResponse:
    """What was sent does not meet the condition: the school is told why."""
    submission, condition = find_condition(ref, number)
    form, wrong = NotMetForm(version=submission.version), {}
    if form.validate_on_submit():
        reason = form.reason.data
        wrong = attempt(
            lambda: delivery.find_not_met(submission, condition, reason, seen=form.version.data, by=actor()),
            {"Why it is not met": reason},
        )
        if not wrong:
            flash(f"Condition {number} is recorded as not met. The school is told.", "success")
            return redirect(url_for(".outcome", ref=ref))
    sent = board.evidence([condition]).get(condition.id, [])
    return render_template("review/condition_not_met.html", submission=submission, condition=condition, form=form,
                           sent=sent, errors=told(form, wrong))  # fmt: skip


@bp.get("/submissions/<ref>/evidence/<name>")
@requires(Permission.REVIEW)
def evidence(ref: str, name: str) -> Response:
    """A file that the school sent for a condition, to save."""
    found = board.piece(find_case(ref), name)
    if found is None:
        raise NotFound
    return send(found.key, found.name, found.kind)
