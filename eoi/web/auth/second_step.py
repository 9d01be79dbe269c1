"""The second step of signing in: the code of an authenticator app, or a recovery code."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import User
from eoi.web.access import public
from eoi.web.auth.arriving import arrive, half_way
from eoi.web.auth.blueprint import bp
from eoi.web.fields import LineField, Needed
from eoi.web.forms import Form
from eoi.workflow import second_factor, throttling


class CodeField(LineField):
    """Six digits of an app or a recovery code; nothing of it is kept by the browser."""

    def __init__(self, label: str, validators: Any, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(label, validators, render_kw=attributes, **kwargs)


class CodeForm(Form):
    code = CodeField(
        "Code",
        [Needed("Enter the code")],
        description="The 6 digits that the app shows now, or one of your recovery codes",
    )


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> str | Response | tuple[str, int]:
    proven = half_way()
    if proven is None:
        return redirect(url_for("auth.sign_in"))
    user, how, wanted = proven
    form = CodeForm()
    if form.validate_on_submit():
        if shows_code(user, form.code.data):
            return arrive(user, how, wanted)
        form.code.errors = [second_factor.WRONG]
    page = render_template("auth/second_step.html", form=form)
    return (page, 422) if form.errors else page


def shows_code(user: User, typed: str) -> bool:
    """Whether the person has the app or a recovery code. Five tries in a quarter of an hour, a place has more."""
    try:
        throttling.count("second step of a place", request.remote_addr or "", limit=100, minutes=15)
        throttling.count("second step", str(user.id), limit=5, minutes=15)
    finally:
        db.session.commit()
    right = second_factor.take(user, typed)
    if right:
        throttling.forgive("second step", str(user.id))
    db.session.commit()
    return right
