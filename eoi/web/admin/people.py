"""People: who has an account, what they may do, inviting them, switching accounts off and on."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import User
from eoi.queries import users
from eoi.rules.errors import Invalid, NotFound, Refused
from eoi.rules.permissions import ROLE_LABELS, SCHOOL_ROLES, Permission, Role
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.auth.session import oldest_alive
from eoi.web.fields import (
    CheckboxesField,
    EmailField,
    LineField,
    Needed,
    OnlyIf,
    RadiosField,
    SchoolField,
    TextField,
    choice,
)
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.web.typed import page_number
from eoi.workflow import accounts, second_factor

bp = Blueprint("people", __name__, url_prefix="/admin/people")

COUNCIL_ROLES = [choice(role, label) for role, label in ROLE_LABELS.items() if role not in SCHOOL_ROLES]
AT_SCHOOL = [choice(role, ROLE_LABELS[role]) for role in Role if role in SCHOOL_ROLES]


class InviteForm(Form):
    name = LineField("Name", [Needed("Enter the person's name")])
    email = EmailField("Email address", [Needed("Enter the person's email address")])
    job_title = LineField("Job title (optional)")
    where = RadiosField(
        "Where do they work?",
        [Needed("Choose where the person works")],
        choices=[choice("council", "At the council", reveals="roles"), choice("school", "At a school", reveals="urn")],
    )
    roles = CheckboxesField(
        "Roles at the council", [OnlyIf("where", "council", "Choose at least one role")], choices=COUNCIL_ROLES
    )
    urn = SchoolField("School", [OnlyIf("where", "school", "Choose the school")])
    role = RadiosField(
        "Role at the school",
        [OnlyIf("where", "school", "Choose the role at the school")],
        choices=AT_SCHOOL,
        description="Only for somebody at a school. A headteacher submits; an editor types and cannot submit.",
    )

    def granted(self) -> dict[str, Any]:
        """What `accounts.invite` is to give: council roles, or a place at a school."""
        if self.where.data == "council":
            return {"roles": [Role(role) for role in self.roles.data]}
        return {"urn": self.urn.data, "role": Role(self.role.data)}


class RolesForm(Form):
    roles = CheckboxesField(
        "Roles at the council", choices=COUNCIL_ROLES, description="Roles at a school are given by an invitation."
    )


class ReasonForm(Form):
    reason = TextField("Reason", [Needed("Enter the reason")], words=100, description="It is kept in the audit record.")


@bp.get("")
@requires(Permission.MANAGE_USERS)
def index() -> str:
    role = request.args.get("role", "")
    found = users.listed(
        request.args.get("q", "")[:100],
        Role(role) if role in list(Role) else None,
        {"on": True, "off": False}.get(request.args.get("state", "")),
    )
    page = db.paginate(found, page=page_number(), per_page=25, max_per_page=25)
    return render_template("admin/people.html", page=page, schools=users.schools_of(page.items), labels=ROLE_LABELS)


@bp.route("/invite", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
@recently_confirmed
def invite() -> str | Response:
    form = InviteForm()
    if form.validate_on_submit():
        try:
            user = accounts.invite(
                form.email.data, form.name.data, job_title=form.job_title.data, by=actor(), **form.granted()
            )
            db.session.commit()
            flash(f"{user.name} is invited.", "success")
            return redirect(url_for(".person", user_id=user.id))
        except Invalid as refused:
            show(refused, form)
    return render_template("admin/person_invite.html", form=form)


@bp.get("/<int:user_id>")
@requires(Permission.MANAGE_USERS)
def person(user_id: int) -> str:
    user = _find(user_id)
    return render_template(
        "admin/person.html",
        user=user,
        schools=users.schools_of([user]),
        history=users.history(user),
        sessions=users.sessions_of(user.id, oldest_alive()),
    )


@bp.route("/<int:user_id>/roles", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
@recently_confirmed
def roles(user_id: int) -> str | Response:
    user = _find(user_id)
    form = RolesForm(roles=sorted(user.roles))
    if form.validate_on_submit():
        accounts.change_roles(user, [Role(role) for role in form.roles.data], by=actor())
        return _done(user, f"The roles of {user.name} have changed.")
    return render_template("admin/person_roles.html", user=user, form=form)


@bp.route("/<int:user_id>/<any(on, off):which>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
@recently_confirmed
def switch(user_id: int, which: str) -> str | Response:
    user, form = _find(user_id), ReasonForm()
    if form.validate_on_submit():
        verb = accounts.switch_on if which == "on" else accounts.switch_off
        verb(user, reason=form.reason.data, by=actor())
        return _done(user, f"The account of {user.name} is switched {which}.")
    return render_template("admin/person_switch.html", user=user, form=form, which=which)


@bp.route("/<int:user_id>/second-step", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
@recently_confirmed
def reset_second_step(user_id: int) -> str | Response:
    user, form = _find(user_id), ReasonForm()
    if user.second_factor is None:
        raise Refused(f"{user.name} has no second step to reset.")
    if form.validate_on_submit():
        second_factor.reset(user, by=actor(), reason=form.reason.data)
        return _done(user, f"The second step of {user.name} is reset. They set up a new one when they next sign in.")
    return render_template("admin/person_second_step.html", user=user, form=form)


@bp.post("/<int:user_id>/invite-again")
@requires(Permission.MANAGE_USERS)
@recently_confirmed
def invite_again(user_id: int) -> Response:
    user = _find(user_id)
    accounts.invite_again(user, by=actor())
    return _done(user, f"{user.name} gets a new invitation by email.")


@bp.post("/<int:user_id>/sign-out")
@requires(Permission.MANAGE_USERS)
@recently_confirmed
def sign_out(user_id: int) -> Response:
    user = _find(user_id)
    accounts.sign_out_everywhere(user, by=actor())
    return _done(user, f"{user.name} is signed out everywhere.")


@bp.post("/<int:user_id>/schools/<int:urn>/leave")
@requires(Permission.MANAGE_USERS)
@recently_confirmed
def leave(user_id: int, urn: int) -> Response:
    user = _find(user_id)
    place = next((place for place in user.memberships if place.urn == urn), None)
    if place is None:
        raise NotFound
    accounts.leave_school(place, by=actor())
    return _done(user, f"{user.name} no longer acts for that school.")


def _find(user_id: int) -> User:
    user = users.by_id(user_id)
    if user is None:
        raise NotFound
    return user


def _done(user: User, words: str) -> Response:
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".person", user_id=user.id))
