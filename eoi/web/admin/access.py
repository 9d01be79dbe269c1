"""Requests for access to a school: what is known beside each, confirmed by one click or refused with the reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Membership
from eoi.queries import access_requests as queries
from eoi.queries import users
from eoi.rules.errors import MovedOn, NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, TextField
from eoi.web.forms import Form
from eoi.workflow import access_requests

bp = Blueprint("access_requests", __name__, url_prefix="/admin/access")


class RefuseForm(Form):
    reason = TextField(
        "Reason",
        [Needed("Enter the reason")],
        words=100,
        description="The person reads it in an email. It is kept in the audit record.",
    )


@bp.get("")
@requires(Permission.INVITE_SCHOOLS)
def index() -> str:
    return render_template("admin/access.html", requests=queries.waiting(), total=queries.count())


@bp.post("/<int:membership_id>/confirm")
@requires(Permission.INVITE_SCHOOLS)
def confirm(membership_id: int) -> Response:
    place = _find(membership_id)
    name = place.user.name
    access_requests.confirm(place, instead_of=_chosen(place, request.form.get("instead_of", "")), by=actor())
    db.session.commit()
    flash(f"{name} now has access. They get an email.", "success")
    return redirect(url_for(".index"))


@bp.route("/<int:membership_id>/refuse", methods=["GET", "POST"])
@requires(Permission.INVITE_SCHOOLS)
def refuse(membership_id: int) -> str | Response:
    place, form = _find(membership_id), RefuseForm()
    if form.validate_on_submit():
        name = place.user.name
        access_requests.refuse(place, reason=form.reason.data, by=actor())
        db.session.commit()
        flash(f"{name} gets no access. They get an email with the reason.", "success")
        return redirect(url_for(".index"))
    return render_template("admin/access_refuse.html", form=form, place=place, schools=users.schools_of([place.user]))


def _find(membership_id: int) -> Membership:
    """The request; one that was refused is gone, one that was confirmed says so."""
    place = queries.find(membership_id)
    if place is None:
        raise NotFound
    if place.confirmed_at:
        raise MovedOn(access_requests.ANSWERED)
    return place


def _chosen(place: Membership, typed: str) -> Membership | None:
    """The place of the headteacher whom this one takes over from, as the button said."""
    there = {str(other.id): other for other in users.members_of(place.urn)}
    if typed and typed not in there:
        raise MovedOn("That headteacher's place has ended meanwhile. Look at the request again.")
    return there.get(typed)
