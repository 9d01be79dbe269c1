"""People of a school ask for access: who they are, the address confirmed by link, and the wait for an officer."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Link, School
from eoi.models.link import Purpose
from eoi.queries import drafts, rounds, users
from eoi.rules.errors import Invalid
from eoi.rules.permissions import Permission, Role, may
from eoi.rules.retention import SCHEDULE, Kept
from eoi.web.access import actor, public, requires
from eoi.web.auth.arriving import welcome
from eoi.web.auth.blueprint import bp
from eoi.web.auth.chosen import InvitationForm
from eoi.web.fields import EmailField, LineField, Needed, OnlyIf, RadiosField, SchoolField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.workflow import access_requests, links, throttling


class AskForm(Form):
    urn = SchoolField(
        "Your school",
        [Needed("Choose your school")],
        description="Type the name and choose it from the list, or type its URN, a number of 6 digits",
    )
    name = LineField("Your name", [Needed("Enter your name")], description="As colleagues and letters should name you")
    role = RadiosField(
        "Your role at the school",
        [Needed("Choose your role at the school")],
        choices=[
            choice(Role.HEADTEACHER, "Headteacher", "Executive or acting too. You fill in the form and send it"),
            choice(Role.EDITOR, "Somebody else", "You fill in the form. The headteacher sends it", reveals="job_title"),
        ],
    )
    job_title = LineField(
        "Your job title",
        [OnlyIf("role", Role.EDITOR, "Enter your job title")],
        description="For example SENCO or school business manager",
    )
    email = EmailField(
        "Your work email address", [Needed("Enter your work email address")], description="We send a link to it"
    )


class AccessForm(InvitationForm):
    """The invitation's form; the name of the school that is asked for is no password either."""

    def names(self) -> list[str]:
        return [*super().names(), _school_of(self.link)]


@bp.route("/ask-for-access", methods=["GET", "POST"])
@public
def ask_access() -> str | Response:
    form = AskForm()
    if form.validate_on_submit():
        try:
            _ask(form)
            return redirect(url_for(".access_asked"))
        except Invalid as refused:
            show(refused, form)
    return render_template("auth/ask_access.html", form=form)


def _ask(form: AskForm) -> None:
    """Count the try and send the link. The same for every address, known or not."""
    role = Role(form.role.data)
    title = form.job_title.data if role is Role.EDITOR else ""
    try:
        throttling.count_mail("access", form.email.data, request.remote_addr or "")
        access_requests.ask(form.email.data, name=form.name.data, urn=form.urn.data, role=role, job_title=title)
    finally:
        db.session.commit()


@bp.get("/ask-for-access/sent")
@public
def access_asked() -> str:
    """The same for everybody: it does not say whether the address is known."""
    return render_template("auth/access_asked.html")


@bp.route("/access/<token>", methods=["GET", "POST"])
@public
def access(token: str) -> str | Response:
    """Opening the link changes nothing; sending its form confirms the address."""
    link = links.find(token, Purpose.ACCESS)
    if not access_requests.needs_password(link):
        return _access_of_known(link)
    form = AccessForm(link)
    if not form.is_submitted():
        form.name.data = link.name
    if form.validate_on_submit():
        return welcome(access_requests.take_up(link, name=form.name.data, password_hash=form.hashed()))
    return render_template("auth/access.html", form=form, link=link, school=_school_of(link))


def _access_of_known(link: Link) -> str | Response:
    """Who has a password signs in with it: this link adds the school and opens nothing."""
    form = Form()
    if form.validate_on_submit():
        access_requests.take_up(link)
        db.session.commit()
        flash(f"Your email address is confirmed for {_school_of(link)}. Sign in to see what happens next.", "success")
        return redirect(url_for(".waiting"))
    return render_template("auth/access.html", form=None, link=link, school=_school_of(link))


@bp.get("/account/access")
@requires(Permission.SIGNED_IN)
def waiting() -> str:
    """What becomes of the request, for who waits."""
    return render_template(
        "auth/waiting.html",
        places=[place for place in current_user.memberships if not place.confirmed_at],
        inside=may(actor(), Permission.READ_OWN),
        schools=users.schools_of([current_user]),
        rounds=rounds.open_at(now()),
        begun=drafts.begun_ahead(actor()),
        asked=actor().asked,
        refused_days=SCHEDULE[Kept.REFUSED].days,
    )


def lead_to_waiting() -> Response | None:
    """Before each request: who has no school yet and opens the first page of schools reads where the request is."""
    if request.endpoint != "apply.home" or not current_user.is_authenticated:
        return None
    waits = any(place.confirmed_at is None for place in current_user.memberships)
    return redirect(url_for("auth.waiting")) if waits and not may(actor(), Permission.READ_OWN) else None


def _school_of(link: Link) -> str:
    return db.session.get_one(School, link.payload["urn"]).name
