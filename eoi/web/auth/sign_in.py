"""Signing in by password, and signing out."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField

from eoi.extensions import db, today
from eoi.models import User
from eoi.queries import users
from eoi.rules import passwords
from eoi.rules.errors import NotFound
from eoi.web.access import public
from eoi.web.auth import session as sessions
from eoi.web.auth.arriving import home, welcome
from eoi.web.auth.blueprint import bp
from eoi.web.fields import EmailField, Needed
from eoi.web.forms import Form
from eoi.workflow import accounts, throttling
from eoi.workflow.demo_accounts import PASSWORD

WRONG = "Enter the email address and password of your account"


class SignInForm(Form):
    email = EmailField("Email address", [Needed("Enter your email address")])
    password = PasswordField("Password", [Needed("Enter your password")])


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> str | Response | tuple[str, int]:
    form = SignInForm()
    if current_user.is_authenticated and request.method == "GET":
        return redirect(home(current_user))
    if form.validate_on_submit():
        if user := proven(form.email.data, form.password.data):
            return welcome(user)
        form.email.errors = [WRONG]
    return _page(form)


@bp.post("/sign-in/demonstration")
@public
def sign_in_to_demonstration() -> Response | str | tuple[str, int]:
    """One button an account, in demonstration mode; the way in is the same."""
    if not current_app.config["DEMONSTRATION"]:
        raise NotFound
    user = proven(request.form.get("as", ""), PASSWORD)
    return welcome(user) if user else _page(SignInForm(formdata=None))


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    sessions.end()
    db.session.commit()
    flash("You have signed out.", "success")
    return redirect(url_for("auth.sign_in"))


def proven(email: str, password: str) -> User | None:
    """The active person with this address and password.

    Tries are counted for the address and place together, for the address alone, and for the place, which may be a
    whole school or County Hall. Known or unknown, one password is verified, with no transaction open.
    """
    place = request.remote_addr or ""
    try:
        throttling.count("sign-in of a place", place, limit=300, minutes=15)
        throttling.count("sign-in of an account", email, limit=50, minutes=15)
        throttling.count("sign-in", f"{email} {place}", limit=10, minutes=15)
    finally:
        db.session.commit()
    user_id, kept = accounts.password_of(email)
    db.session.commit()
    if not passwords.is_right(password, kept, passwords.cost_of(current_app.config)):
        return None
    throttling.forgive("sign-in", f"{email} {place}")
    return users.by_id(user_id)


def _page(form: SignInForm) -> str | tuple[str, int]:
    demonstration = users.demonstration_accounts() if current_app.config["DEMONSTRATION"] else []
    page = render_template(
        "auth/sign_in.html",
        form=form,
        accounts=[(user, user.actor(today()).role_label) for user in demonstration],
        schools=users.schools_of(demonstration),
        password=PASSWORD,
    )
    return (page, 422) if form.errors else page
