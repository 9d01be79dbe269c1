"""Each refusal and each HTTP error becomes one status and one page, here and nowhere else."""

import logging
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.outbound import files
from eoi.rules.errors import MovedOn, NotAllowed, NotFound, Refused
from eoi.web.auth import kept
from eoi.web.layout import SERVICE_NAME
from eoi.web.logs import request_id

log = logging.getLogger("eoi.errors")

# Title and words by status; any other status of 400 and more says what a bad request says.
PAGES: dict[int, tuple[str, str]] = {
    400: ("That did not work", "The request could not be understood. Go back and try again."),
    401: ("Sign in to see this page", "You need to sign in first."),
    403: ("You cannot see this page", "Your role does not open this page."),
    404: (
        "Page not found",
        "If you typed the address, check that it is correct. If you pasted it, check that you copied all of it.",
    ),
    405: ("That did not work", "This page cannot be used in that way. Go back and try again."),
    413: (
        "What you sent is too big",
        "Each file can be up to 10 MB, and 20 MB together. Nothing was saved. Go back and choose smaller files.",
    ),
    429: ("Too many tries", "Wait a few minutes and try again."),
    503: ("The service is not available", "Try again in a few minutes. What you saved before is kept."),
}


def refused(error: Refused) -> Response:
    """A rule said no: nothing has changed."""
    db.session.rollback()
    if request.method == "POST" and isinstance(error, NotFound | NotAllowed) and (typed := _typed()):
        return page(error.status, "You cannot change this any more", _SHUT_OUT, kept=typed)
    if isinstance(error, NotFound):
        return page(404, *PAGES[404])
    if isinstance(error, MovedOn) and not wants_json():
        answer = render_template("errors/moved_on.html", error=error, title=error.title)
        return make_response(answer, error.status)
    return page(error.status, error.title, error.message)


def forged(error: CSRFError) -> AnyResponse:
    """The page's token does not fit: signed out meanwhile, or not sent from our page."""
    db.session.rollback()
    if answer := kept.rescue():
        return answer
    return page(400, "Your page was out of date", _STALE, kept=_typed())


def _storage(cause: BaseException | None) -> BaseException | None:
    """The cause, if the database does not answer, or a disk has no room: for rows, or for a file on its way."""
    full = isinstance(cause, OSError) and cause.errno in files.NO_ROOM
    return cause if full or isinstance(cause, OperationalError) else None


def _typed() -> dict[str, str]:
    """The longer texts of the form, to give back. Nothing of a form that holds a password."""
    if any("password" in name for name in request.form):
        return {}
    typed = {name: text for name, text in request.form.items() if name != "csrf_token" and len(text) > 20}
    return {name.replace("_", " ").replace("-", " ").capitalize(): text for name, text in typed.items()}


_SHUT_OUT = "Your access may have ended while you were typing, or the page has gone. Nothing of it was saved."
_NOT_SAVED = "Our storage does not answer or is full. Nothing of this page was saved. Try again later."
_STALE = "You may have signed out, or the page was open for a long time. Nothing was saved. Sign in and try again."


def http_error(error: HTTPException) -> Response | HTTPException:
    """An HTTP error, with what it says in its headers kept."""
    status = error.code or 500
    if status < 400:
        return error
    if isinstance(error, InternalServerError):
        return failed(error)
    db.session.rollback()
    answer = page(status, *PAGES.get(status, PAGES[400]))
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def failed(error: InternalServerError) -> Response:
    """Our fault. The person gets the request's number, and the log has the story under it."""
    db.session.rollback()
    log.error("Error %s at %s %s", request_id(), request.method, request.endpoint, exc_info=error.original_exception)
    if request.method == "POST" and (cause := _storage(error.original_exception)):
        # a form for whose files there was no room has not been read
        return page(503, "We could not save this", _NOT_SAVED, kept={} if isinstance(cause, OSError) else _typed())
    return page(500, "There is a problem with the service", "Try again later.")


def page(status: int, title: str, words: str, **more: Any) -> Response:
    """The page of an error; a script that asked for JSON gets the words alone."""
    if wants_json():
        return make_response(jsonify(title=title, message=words, reference=request_id()), status)
    facts = {"title": title, "words": words, "status": status, "reference": request_id(), **more}
    if status < 500:
        return make_response(render_template("errors/refused.html", **facts), status)
    # The database may be what failed: this page asks nobody who the person is.
    template = current_app.jinja_env.get_template("errors/failed.html")
    return make_response(template.render(service_name=SERVICE_NAME, **facts), status)


def wants_json() -> bool:
    """Whether a script asks, which draws no page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, http_error)
