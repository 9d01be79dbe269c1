"""Signing in once by a link in an email, for people at schools."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models.link import Purpose
from eoi.models.sign_in import How
from eoi.web.access import public
from eoi.web.auth.arriving import welcome
from eoi.web.auth.blueprint import bp
from eoi.web.auth.chosen import ForgottenForm
from eoi.web.forms import Form
from eoi.workflow import access_requests, links, throttling


@bp.route("/sign-in/link", methods=["GET", "POST"])
@public
def sign_in_link() -> str | Response:
    form = ForgottenForm()
    if form.validate_on_submit():
        try:
            throttling.count_mail("sign-in link", form.email.data, request.remote_addr or "")
            access_requests.ask_sign_in_link(form.email.data)
        finally:
            db.session.commit()
        return redirect(url_for(".sign_in_link_sent"))
    return render_template("auth/sign_in_link.html", form=form)


@bp.get("/sign-in/link-sent")
@public
def sign_in_link_sent() -> str:
    """The same for everybody: it does not say whether there is such an account."""
    return render_template("auth/sign_in_link_sent.html")


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def use_sign_in_link(token: str) -> str | Response:
    """Opening the link signs nobody in; its button does. The second step, where there is one, still comes."""
    link = links.find(token, Purpose.SIGN_IN)
    if Form().validate_on_submit():
        return welcome(access_requests.use_sign_in_link(link), How.LINK)
    return render_template("auth/sign_in_by_link.html", link=link)
