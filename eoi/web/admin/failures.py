"""Mail and documents that could not be made: what, why, and trying again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Outgoing
from eoi.models.outgoing import State
from eoi.queries import promised
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import requires
from eoi.workflow import outgoing

bp = Blueprint("failures", __name__, url_prefix="/admin/failures")


@bp.get("")
@requires(Permission.MANAGE_USERS)
def index() -> str:
    return render_template("admin/failures.html", failed=promised.failed(), counts=promised.counts())


@bp.post("/<int:work_id>/try-again")
@requires(Permission.MANAGE_USERS)
def try_again(work_id: int) -> Response:
    work = db.session.get(Outgoing, work_id)
    if work is None or work.state is not State.FAILED:
        raise NotFound
    outgoing.try_again(work)
    db.session.commit()
    flash("It is tried again now.", "success")
    return redirect(url_for(".index"))
