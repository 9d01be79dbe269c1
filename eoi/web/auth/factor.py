"""A person's own second factor: the page with the QR code, the recovery codes shown once, taking it away."""

from datetime import timedelta

import segno
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import HiddenField

from eoi.extensions import db
from eoi.rules import second_factor as rules
from eoi.rules.errors import Invalid, Refused
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth.arriving import home, safe
from eoi.web.auth.blueprint import bp
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.auth.second_step import CodeField
from eoi.web.fields import Needed
from eoi.web.forms import Form
from eoi.web.layout import SERVICE_NAME
from eoi.web.refusals import show
from eoi.workflow import second_factor

PAGE_LASTS = timedelta(hours=1)


class SetUpForm(Form):
    """The secret travels encrypted in the page, so that looking at it writes nothing."""

    sealed = HiddenField()
    code = CodeField("Code that the app shows", [Needed("Enter the code that the app shows")], description="6 digits")

    def secret(self) -> str:
        """The secret of this page; a new one where the page is none of ours, or too old."""
        key = current_app.config["SECRET_KEY"]
        opened = rules.decrypted((self.sealed.data or "").encode(), key, PAGE_LASTS) or ""
        whose, _, secret = opened.partition(" ")
        if whose != str(current_user.id):
            secret = rules.new_secret()
            self.sealed.data = rules.encrypted(f"{current_user.id} {secret}", key).decode()
        return secret


@bp.route("/account/second-step", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@recently_confirmed
def set_up() -> str | Response | tuple[str, int]:
    if current_user.second_factor:
        return redirect(url_for(".account"))
    form = SetUpForm()
    secret = form.secret()
    if form.validate_on_submit():
        try:
            codes = second_factor.set_up(current_user, secret, form.code.data)
            db.session.commit()
            return _codes(codes)
        except Invalid as refused:
            show(refused, form)
    service = f"{SERVICE_NAME} ({current_app.config['COUNCIL_NAME']})"
    picture = segno.make(rules.address(secret, current_user.email, service), error="m")
    page = render_template(
        "auth/set_up.html",
        form=form,
        picture=Markup(picture.svg_inline(scale=4, dark="#000", light="#fff")),  # nosec B704 - drawn by segno
        secret=rules.in_groups(secret),
        needed=second_factor.is_needed(current_user),
    )
    return (page, 422) if form.errors else page


@bp.post("/account/recovery-codes")
@requires(Permission.SIGNED_IN)
@recently_confirmed
def renew_codes() -> str:
    codes = second_factor.renew_codes(current_user)
    db.session.commit()
    return _codes(codes)


@bp.post("/account/second-step/remove")
@requires(Permission.SIGNED_IN)
@recently_confirmed
def remove_factor() -> Response:
    if current_user.second_factor is None:
        raise Refused("There is no second step to remove.")
    second_factor.reset(current_user, by=actor())
    db.session.commit()
    flash("You sign in with your password alone now.", "success")
    return redirect(url_for(".sign_in"))


def _codes(codes: list[str]) -> str:
    """The one page that shows recovery codes: the answer to the form itself, so that no address leads here."""
    onward = safe(request.args.get("next", "")) or home(current_user)
    return render_template("auth/recovery_codes.html", codes=codes, onward=onward)
