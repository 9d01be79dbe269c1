"""Pages for everybody: start, accessibility, privacy, cookies; and what a monitor asks."""

from flask import Blueprint, render_template
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from eoi.extensions import db, now
from eoi.queries import processing, rounds
from eoi.web.access import public

bp = Blueprint("public", __name__)


@bp.get("/")
@public
def start() -> str:
    return render_template("public/start.html", rounds=rounds.open_at(now()))


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("public/accessibility.html", record=processing.record())


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("public/privacy.html", record=processing.record(), lines=processing.all_lines())


@bp.get("/cookies")
@public
def cookies() -> str:
    return render_template("public/cookies.html")


@bp.get("/health")
@public
def health() -> tuple[dict[str, str], int]:
    """This process answers."""
    return {"status": "ok"}, 200


@bp.get("/ready")
@public
def ready() -> tuple[dict[str, str], int]:
    """The service can do its work: the database answers and its tables are there."""
    try:
        db.session.execute(text("SELECT 1 FROM submission LIMIT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return {"status": "the database does not answer"}, 503
    return {"status": "ready"}, 200
