"""What people report about entries of the Local Offer, and what an officer did about it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.models import ProblemReport
from eoi.queries import provision
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, TextField
from eoi.web.forms import Form
from eoi.web.need.blueprint import bp
from eoi.web.review.opening import attempt, told
from eoi.workflow import provisions


class HandledForm(Form):
    answer = TextField("What you found and did", [Needed("Enter what you found and did")], words=150)


@bp.get("/problems")
@requires(Permission.EDIT_NEED)
def problems() -> str:
    return render_template("need/problems.html", waiting=provision.reports(), done=provision.reports(handled=True))


@bp.route("/problems/<int:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def handle_problem(number: int) -> str | Response:
    found: ProblemReport = provision.report(number)
    form, wrong = HandledForm(), {}
    if form.validate_on_submit():
        answer = form.answer.data
        wrong = attempt(lambda: provisions.handle(found, answer, by=actor()), {"What you found and did": answer})
        if not wrong:
            flash("The report is dealt with.", "success")
            return redirect(url_for(".problems"))
    return render_template("need/problem.html", report=found, form=form, errors=told(form, wrong))
