"""Passwords chosen by link: the first one from an invitation, a new one when the old is forgotten."""

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField, ValidationError

from eoi.extensions import db
from eoi.models import Link, User
from eoi.models.link import Purpose
from eoi.queries import users
from eoi.rules import passwords
from eoi.web.access import public
from eoi.web.auth.arriving import welcome
from eoi.web.auth.blueprint import bp
from eoi.web.fields import EmailField, LineField, Needed
from eoi.web.forms import Form
from eoi.workflow import accounts, links, throttling

PASSWORD_HINT = "12 characters or more. Three words that do not belong together are easy to remember."


def context_of(user: User | None) -> list[str]:
    """Names that anybody would try first for this person: theirs, their schools', the council's."""
    schools = list(users.schools_of([user]).values()) if user else []
    return [user.name if user else "", *schools, current_app.config["COUNCIL_NAME"]]


class ForgottenForm(Form):
    email = EmailField("Email address", [Needed("Enter your email address")])


class NewPasswordForm(Form):
    new_password = PasswordField(
        "New password",
        [Needed("Enter a password")],
        description=PASSWORD_HINT,
    )

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link

    def validate_new_password(self, field: PasswordField) -> None:
        if wrong := passwords.wrong_with(field.data, self.link.email, self.names()):
            raise ValidationError(wrong)

    def names(self) -> list[str]:
        """What is no password for whoever holds this link."""
        return context_of(self.link.user)

    def hashed(self) -> str:
        """The hash to keep: made before anything is written."""
        return passwords.hashed(self.new_password.data, passwords.cost_of(current_app.config))


class InvitationForm(NewPasswordForm):
    name = LineField("Your name", [Needed("Enter your name")], description="As colleagues and letters should name you")


@bp.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> str | Response:
    form = ForgottenForm()
    if form.validate_on_submit():
        try:
            throttling.count_mail("forgotten", form.email.data, request.remote_addr or "")
            accounts.forgot(form.email.data)
        finally:
            db.session.commit()
        return redirect(url_for("auth.forgotten_sent"))
    return render_template("auth/forgotten.html", form=form)


@bp.get("/forgotten/sent")
@public
def forgotten_sent() -> str:
    """The same for everybody: it does not say whether there is such an account."""
    return render_template("auth/forgotten_sent.html")


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> str | Response:
    link = links.find(token, Purpose.RESET)
    form = NewPasswordForm(link)
    if form.validate_on_submit():
        return welcome(accounts.reset(link, password_hash=form.hashed()))
    return render_template("auth/reset.html", form=form, link=link)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> str | Response:
    link = links.find(token, Purpose.INVITE)
    form = InvitationForm(link)
    if not form.is_submitted():
        form.name.data = link.name
    if form.validate_on_submit():
        return welcome(accounts.accept(link, name=form.name.data, password_hash=form.hashed()))
    return render_template("auth/invitation.html", form=form, link=link)
