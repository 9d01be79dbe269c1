"""Signing in with the council's own account: to its provider and back.

The way back is the one GET that signs somebody in: OpenID Connect returns by GET, once, to the browser that set out.
"""

import logging

from flask import current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models.sign_in import How
from eoi.outbound.provider import Journey, NotProven, Provider, ProviderDown
from eoi.rules.errors import NotFound, SignInRefused
from eoi.web.access import public
from eoi.web.auth.arriving import arrive
from eoi.web.auth.blueprint import bp
from eoi.web.auth.confirm import confirmed
from eoi.workflow import council_accounts

log = logging.getLogger("eoi.sign_in")

DOWN = "The council's sign-in does not answer", "Try again in a few minutes."
UNPROVEN = "You could not be signed in", "The council's sign-in did not confirm who you are. Start again."


@bp.get("/sign-in/council")
@public
def to_council() -> Response | tuple[str, int]:
    """A link and no form: browsers hold a form to the addresses of our own policy, wherever it is sent on to."""
    provider, journey = _provider(), Journey.new()
    try:
        where = provider.address(journey, again=current_user.is_authenticated)
    except ProviderDown:
        return _failed(503, *DOWN)
    session["journey"] = {**journey.kept(), "next": request.args.get("next", "")}
    return redirect(where)


@bp.get("/sign-in/council/back")
@public
def from_council() -> Response | tuple[str, int]:
    provider = _provider()
    kept = session.pop("journey", None)
    if not kept or request.args.get("state") != kept["state"] or not request.args.get("code"):
        return _failed(400, *UNPROVEN)
    wanted = kept.pop("next")
    try:
        claims = provider.claims(request.args["code"], Journey(**kept))
    except ProviderDown:
        return _failed(503, *DOWN)
    except NotProven as wrong:
        log.warning("A council sign-in was not proven: %s", wrong)
        return _failed(400, *UNPROVEN)
    try:
        user = council_accounts.recognise(claims, current_app.config["OIDC_GROUPS"])
    except SignInRefused as refused:
        db.session.commit()
        return _failed(refused.status, refused.title, refused.message)
    if current_user.is_authenticated and current_user.id == user.id:
        return confirmed(wanted)
    return arrive(user, How.COUNCIL, wanted)


def _provider() -> Provider:
    """The provider of the settings. Raises NotFound where there is none."""
    config = current_app.config
    if not config["OIDC_ISSUER"]:
        raise NotFound
    back = config["SITE_URL"] + url_for("auth.from_council")
    return Provider(config["OIDC_ISSUER"], config["OIDC_CLIENT_ID"], config["OIDC_CLIENT_SECRET"], back)


def _failed(status: int, title: str, words: str) -> tuple[str, int]:
    return render_template("auth/council_failed.html", title=title, words=words), status
