"""Where a person is signed in: their sessions, each to be ended; and staying signed in while they type."""

from flask import flash, g, jsonify, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.queries import users
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth import session as sessions
from eoi.web.auth.blueprint import bp
from eoi.workflow import accounts, sign_ins


@bp.get("/account/sessions")
@requires(Permission.SIGNED_IN)
def signed_in() -> str:
    rows = users.sessions_of(current_user.id, sessions.oldest_alive())
    return render_template("auth/signed_in.html", rows=rows, here=g.sign_in_id)


@bp.post("/account/sessions/<int:sign_in_id>/end")
@requires(Permission.SIGNED_IN)
def end_session(sign_in_id: int) -> Response:
    rows = users.sessions_of(current_user.id, sessions.oldest_alive())
    row = next((row for row in rows if row.id == sign_in_id), None)
    if row is None:
        raise NotFound
    sign_ins.end(row, by=actor())
    db.session.commit()
    flash(f"The session in {row.device} has ended.", "success")
    return redirect(url_for(".signed_in"))


@bp.post("/account/sign-out-everywhere")
@requires(Permission.SIGNED_IN)
def sign_out_everywhere() -> Response:
    accounts.sign_out_everywhere(current_user, by=actor(), but=g.sign_in_id)
    db.session.commit()
    flash("Every other session has ended.", "success")
    return redirect(url_for(".signed_in"))


@bp.post("/account/stay")
@requires(Permission.SIGNED_IN)
def stay() -> Response:
    """Put the end of the session off, for a page that somebody is still typing in."""
    return jsonify(seconds=sessions.seconds_left(used=True), most=sessions.seconds_at_most())
