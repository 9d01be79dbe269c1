"""Before what cannot be taken back or gives rights, a person shows again that it is them: "Confirm it is you"."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, ValidationError

from eoi.extensions import db
from eoi.rules import passwords
from eoi.rules.permissions import Permission
from eoi.web.access import requires
from eoi.web.auth import session as sessions
from eoi.web.auth.arriving import home, safe
from eoi.web.auth.blueprint import bp
from eoi.web.auth.kept import given_back, keep_typed
from eoi.web.auth.second_step import CodeField, shows_code
from eoi.web.fields import Needed
from eoi.web.forms import Form
from eoi.workflow import accounts, second_factor, throttling
from eoi.workflow.demo_accounts import PASSWORD

View = TypeVar("View", bound=Callable[..., Any])


def recently_confirmed(view: View) -> View:
    """A POST to this endpoint needs a proof within the last ten minutes. What was typed is kept meanwhile."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if request.method != "POST" or sessions.is_confirmed():
            return view(*args, **kwargs)
        keep_typed()
        return redirect(url_for("auth.confirm_it_is_you", next=_came_from()))

    guarded.confirmed = True  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _came_from() -> str | None:
    """The page of ours that the form was on: a button that was not kept is pressed there again."""
    page = urlsplit(request.referrer or "")
    return safe(page.path) or None if page.netloc == request.host else None


class PasswordForm(Form):
    password = PasswordField("Password", [Needed("Enter your password")])

    def validate_password(self, field: PasswordField) -> None:
        """A session left open must not serve to guess the password."""
        try:
            throttling.count("confirm", str(current_user.id), limit=10, minutes=15)
        finally:
            db.session.commit()
        kept = current_user.password_hash
        db.session.commit()
        if not passwords.is_right(field.data, kept, passwords.cost_of(current_app.config)):
            raise ValidationError("Enter your password")


class AppCodeForm(Form):
    code = CodeField("Code", [Needed("Enter the code")], description="The 6 digits that the app shows now")

    def validate_code(self, field: CodeField) -> None:
        if not shows_code(current_user, field.data):
            raise ValidationError(second_factor.WRONG)


@bp.route("/account/confirm", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def confirm_it_is_you() -> str | Response | tuple[str, int]:
    form = _form()
    if form and form.validate_on_submit():
        return confirmed(request.args.get("next", ""))
    password = PASSWORD if current_user.demonstration else ""
    page = render_template("auth/confirm.html", form=form, password=password)
    return (page, 422) if form and form.errors else page


def _form() -> AppCodeForm | PasswordForm | None:
    """What this person can show: the app's code, the password, or neither, who signs in at the council alone."""
    if current_user.second_factor:
        return AppCodeForm()
    known = current_user.password_hash and accounts.may_use_password(current_user)
    return PasswordForm() if known else None


def confirmed(wanted: str) -> Response:
    """It is them: back to what they were sending, to where they were going, or home."""
    sessions.confirm()
    page = given_back(session.pop("kept", None), current_user, confirmed=True) or safe(wanted)
    db.session.commit()
    return redirect(page or home(current_user))
