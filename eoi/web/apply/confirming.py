"""The page of the link in the mail: a school confirms what an officer wrote down. Opening it confirms nothing."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models.link import Purpose
from eoi.queries import drafts
from eoi.rules.errors import LinkDead
from eoi.web.access import public
from eoi.web.apply.blueprint import links_bp
from eoi.workflow import confirming, links


@links_bp.route("/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> str | Response:
    link = links.find(token, Purpose.CONFIRM_LOGGED)
    submission = drafts.of_link(link)
    frozen = drafts.latest_snapshot(submission) if submission else None
    if frozen is None:
        raise LinkDead
    if request.method == "GET":
        return render_template("apply/confirm.html", submission=submission, frozen=frozen, link=link)
    confirming.confirm_logged(link)
    db.session.commit()
    return redirect(url_for(".confirmed"))


@links_bp.get("/confirmed")
@public
def confirmed() -> str:
    return render_template("apply/confirmed.html")
