"""Pages for everybody: start, accessibility, privacy, cookies; and what a monitor asks."""

import logging

from flask import Blueprint, current_app, render_template
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from eoi.extensions import db, now
from eoi.outbound import files
from eoi.queries import processing, rounds, state
from eoi.web.access import public

log = logging.getLogger("eoi.ready")
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
    """The service can do its work: database and files are there. A worker that is away is told, and fails nothing."""
    found = {"database": _database(), "files": _files()}
    well = set(found.values()) == {"ok"}
    if well:
        seen = state.worker_seen()
        found["worker"] = "ok" if seen and now() - seen < state.WORKER_LATE else "not seen"
    return {"status": "ready" if well else "not ready", **found}, 200 if well else 503


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1 FROM submission LIMIT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return "does not answer"
    return "ok"


def _files() -> str:
    try:
        files.open_store(current_app.config["FILES_URL"]).check()
    except Exception:  # each kind of store has its own
        log.warning("The files cannot be reached", exc_info=True)
        return "cannot be reached"
    return "ok"
