"""A person's own account: what they may do, a new password, every other session ended."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, ValidationError

from eoi.extensions import db
from eoi.queries import users
from eoi.rules import passwords
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth import session as sessions
from eoi.web.auth.blueprint import bp
from eoi.web.auth.chosen import PASSWORD_HINT
from eoi.web.fields import Needed
from eoi.web.forms import Form
from eoi.workflow import accounts, throttling


class ChangePasswordForm(Form):
    password = PasswordField("Password you have now", [Needed("Enter the password you have now")])
    new_password = PasswordField("New password", [Needed("Enter a new password")], description=PASSWORD_HINT)

    def validate_password(self, field: PasswordField) -> None:
        if not passwords.is_right(field.data, current_user.password_hash, passwords.cost_of(current_app.config)):
            raise ValidationError("Enter the password you have now")

    def validate_new_password(self, field: PasswordField) -> None:
        if wrong := passwords.wrong_with(field.data, current_user.email):
            raise ValidationError(wrong)


@bp.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> str:
    return render_template("auth/account.html", user=current_user, schools=users.schools_of([current_user]))


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def password() -> str | Response:
    form = ChangePasswordForm()
    if form.is_submitted():
        _count_try()
    if form.validate_on_submit():
        kept = passwords.hashed(form.new_password.data, passwords.cost_of(current_app.config))
        accounts.change_password(current_user, password_hash=kept)
        _start_again("Your password has changed, and every other session has ended.")
        return redirect(url_for(".account"))
    return render_template("auth/password.html", form=form)


@bp.post("/account/sign-out-everywhere")
@requires(Permission.SIGNED_IN)
def sign_out_everywhere() -> Response:
    accounts.sign_out_everywhere(current_user, by=actor())
    _start_again("Every other session has ended.")
    return redirect(url_for(".account"))


def _count_try() -> None:
    """A session left open must not serve to guess the password."""
    try:
        throttling.count("change of password", current_user.email, limit=10, minutes=15)
    finally:
        db.session.commit()


def _start_again(words: str) -> None:
    """The account's sessions have ended, this one too: begin it anew."""
    user = current_user._get_current_object()
    db.session.commit()
    sessions.start(user)
    flash(words, "success")
