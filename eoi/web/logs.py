"""What the log says of each request, and the number under which it can be found again.

A person's page, an error's reference and every line of the log carry the same number.
"""

import logging
import re
import secrets
import time
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request, request_finished, request_started
from sqlalchemy import Connection, event

from eoi.extensions import db

log = logging.getLogger("eoi.requests")
slow = logging.getLogger("eoi.slow")

HEADER = "X-Request-ID"
SOUND = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
SLOW_SECONDS = 0.2
LONGEST_STATEMENT = 2_000  # characters of a slow statement that are shown
QUIET = {"static", "public.health", "public.ready"}  # asked for all day, and nobody's doing


def request_id() -> str:
    """The number of this request: a trusted proxy's where it gave a sound one, else ours, short enough to read out."""
    if "request_id" not in g:
        given = request.headers.get(HEADER, "") if current_app.config["PROXIES"] else ""
        g.request_id = given if SOUND.fullmatch(given) else secrets.token_hex(5).upper()
    return g.request_id


def init_app(app: Flask) -> None:
    """Number, count and log every request; tell of statements that take long, whoever runs them."""
    request_started.connect(_begin, app)
    request_finished.connect(_finished, app)
    app.after_request(_name)
    app.add_template_global(request_id)
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", _asked)
        event.listen(db.engine, "after_cursor_execute", _answered)


def _begin(_: Flask, **__: Any) -> None:
    g.began = time.perf_counter()
    request_id()


def _name(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    return response


def _finished(_: Flask, response: Response, **__: Any) -> None:
    if request.endpoint in QUIET and response.status_code < 500:
        return
    person = g.get("actor")
    facts = {
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        "queries": g.get("queries", 0),
        "user": person.id if person and person.kind == "user" else None,
    }
    log.info("request", extra={"facts": facts})


def _asked(connection: Connection, *_: Any) -> None:
    connection.info["asked_at"] = time.perf_counter()
    if has_request_context():
        g.queries = g.get("queries", 0) + 1


def _answered(connection: Connection, _: Any, statement: str, *__: Any) -> None:
    took = time.perf_counter() - connection.info.get("asked_at", float("inf"))
    if took > SLOW_SECONDS:
        facts = {"ms": round(took * 1000), "statement": " ".join(statement.split())[:LONGEST_STATEMENT]}
        slow.info("slow statement", extra={"facts": facts})
