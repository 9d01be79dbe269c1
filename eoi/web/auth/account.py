"""A person's own account: what they may do, and a new password."""

from flask import current_app, flash, redirect, render_template, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, ValidationError

from eoi.extensions import db
from eoi.models.sign_in import How
from eoi.queries import users
from eoi.rules import passwords
from eoi.rules.permissions import Permission
from eoi.web.access import requires
from eoi.web.auth import session as sessions
from eoi.web.auth.blueprint import bp
from eoi.web.auth.chosen import PASSWORD_HINT, context_of
from eoi.web.fields import Needed
from eoi.web.forms import Form
from eoi.workflow import accounts, second_factor, throttling


class ChangePasswordForm(Form):
    password = PasswordField("Password you have now", [Needed("Enter the password you have now")])
    new_password = PasswordField("New password", [Needed("Enter a new password")], description=PASSWORD_HINT)

    def validate_password(self, field: PasswordField) -> None:
        if not passwords.is_right(field.data, current_user.password_hash, passwords.cost_of(current_app.config)):
            raise ValidationError("Enter the password you have now")

    def validate_new_password(self, field: PasswordField) -> None:
        if wrong := passwords.wrong_with(field.data, current_user.email, context_of(current_user)):
            raise ValidationError(wrong)


@bp.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> str:
    return render_template(
        "auth/account.html",
        user=current_user,
        schools=users.schools_of([current_user]),
        codes_left=second_factor.codes_left(current_user),
        needed=second_factor.is_needed(current_user),
    )


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def password() -> str | Response:
    form = ChangePasswordForm()
    if form.is_submitted():
        _count_try()
    if form.validate_on_submit():
        kept = passwords.hashed(form.new_password.data, passwords.cost_of(current_app.config))
        accounts.change_password(current_user, password_hash=kept)
        sessions.start(current_user._get_current_object(), How(session["how"]))  # it ended with the others
        db.session.commit()
        flash("Your password has changed, and every other session has ended.", "success")
        return redirect(url_for(".account"))
    return render_template("auth/password.html", form=form)


def _count_try() -> None:
    """A session left open must not serve to guess the password."""
    try:
        throttling.count("change of password", current_user.email, limit=10, minutes=15)
    finally:
        db.session.commit()
