"""The headers that every answer carries, and the place where browsers report what they refused."""

import json
import logging
from collections import deque
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from eoi.extensions import csrf
from eoi.web.access import public

log = logging.getLogger("eoi.csp")
bp = Blueprint("security", __name__)

REPORTS_KEPT = 100
REPORT_LONGEST = 16 * 1024

# Scripts and styles come from our own files only; nothing is inline, so no nonce or hash has to be trusted.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "report-uri /csp-reports",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


@bp.post("/csp-reports")
@csrf.exempt
@public
def csp_reports() -> tuple[str, int]:
    """A browser says what it refused. The latest are kept in this process, for the log and the tests."""
    request.max_content_length = REPORT_LONGEST
    try:
        report = json.loads(request.get_data())
    except (ValueError, RecursionError, RequestEntityTooLarge):
        return "", 400
    reports(current_app).append(report)
    log.warning("Refused by the content security policy: %s", json.dumps(report)[:2000])
    return "", 204


def reports(app: Flask) -> deque[Any]:
    """What browsers reported to this process, the latest hundred."""
    kept: deque[Any] = app.extensions.setdefault("csp_reports", deque(maxlen=REPORTS_KEPT))
    return kept


def init_app(app: Flask) -> None:
    """Add the headers to every answer. Pages of one person are never kept by a cache."""
    app.register_blueprint(bp)

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if current_app.config["SITE_URL"].startswith("https:"):
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
