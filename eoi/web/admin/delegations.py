"""Delegations of the Head of SEN: who decides in her place, recorded and ended."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Delegation
from eoi.queries import submissions, users
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.fields import DateField, LineField, Needed, SelectField, TextField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.workflow import delegations

bp = Blueprint("delegations", __name__, url_prefix="/admin/delegations")


class DelegationForm(Form):
    to = SelectField("Who decides", [Needed("Choose who decides")])
    starts_on = DateField("First day", [Needed("Enter the first day")], noun="the first day")
    ends_on = DateField(
        "Last day", noun="the last day", description="You can leave this empty where you name one case."
    )
    reference = LineField(
        "Reference of one case (optional)",
        description="Such as EOI-2026-0001. Leave this empty to delegate every case between the dates.",
    )
    reason = TextField(
        "Reason", [Needed("Enter the reason")], words=100,
        description="Such as leave, or a conflict of interest. Do not write about anybody's health or family.",
    )  # fmt: skip


@bp.get("")
@requires(Permission.DELEGATE)
def index() -> str:
    return render_template("admin/delegations.html", delegations=users.delegations())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.DELEGATE)
@recently_confirmed
def new() -> str | Response:
    form = DelegationForm()
    others = [choice(str(user.id), user.name) for user in users.staff() if user.id != actor().id]
    form.to.choices = [choice("", "Choose"), *others]
    if form.validate_on_submit():
        try:
            made = _made(form)
            db.session.commit()
            flash(f"{made.user.name} can decide from the first day.", "success")
            return redirect(url_for(".index"))
        except Invalid as refused:
            show(refused, form)
    return render_template("admin/delegation_new.html", form=form)


@bp.post("/<int:delegation_id>/revoke")
@requires(Permission.DELEGATE)
@recently_confirmed
def revoke(delegation_id: int) -> Response:
    delegation = db.session.get(Delegation, delegation_id)
    if delegation is None:
        raise NotFound
    delegations.revoke(delegation, by=actor())
    db.session.commit()
    flash("The delegation has ended.", "success")
    return redirect(url_for(".index"))


def _made(form: DelegationForm) -> Delegation:
    case = submissions.find(form.reference.data.upper(), actor()) if form.reference.data else None
    if form.reference.data and case is None:
        raise Invalid({"reference": f"There is no case {form.reference.data}"})
    to = users.by_id(int(form.to.data))
    if to is None:
        raise Invalid({"to": "Choose who decides"})
    return delegations.delegate(
        to,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        submission_id=case.id if case else None,
        reason=form.reason.data,
        by=actor(),
    )
