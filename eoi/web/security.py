"""The headers that every answer carries, what the service says to robots and researchers, and reports of browsers."""

import json
import logging
import re
from collections import deque
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge, SecurityError
from werkzeug.routing import Rule

from eoi.extensions import csrf, db, now
from eoi.rules.errors import TooMany
from eoi.web.access import public
from eoi.workflow import throttling

log = logging.getLogger("eoi.csp")
bp = Blueprint("security", __name__)

REPORTS_KEPT = 100
REPORT_LONGEST = 16 * 1024
#: Reports of a day that are taken, from everybody: who sends more of them is not a browser of ours.
REPORTS_A_DAY = 5_000
A_DAY = 24 * 60  # minutes
#: What is told of a report; others hold samples of a page.
TOLD = (
    "effective-directive", "violated-directive", "blocked-uri", "document-uri", "source-file", "line-number",
    "effectiveDirective", "blockedURL", "documentURL", "sourceFile", "lineNumber",
)  # fmt: skip

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
        "report-to csp",
    )
)
# A file to save is no page, whatever is in it: opened all the same, it runs nothing and belongs to no origin.
INERT = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# A file that a browser shows: it runs nothing and fetches nothing. A viewer of PDFs does not start in a sandbox.
SHOWN = INERT.replace("sandbox; ", "")
UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "usb",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Reporting-Endpoints": 'csp="/csp-reports"',
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Permitted-Cross-Domain-Policies": "none",
}
TRANSPORT = "max-age=31536000; includeSubDomains"
#: What a browser forgets when somebody signs out. The cookie carries the words "You have signed out", and stays.
FORGOTTEN = '"cache", "storage"'
SIGNED_OUT = {"auth.sign_out"}
#: The one page that other sites may show inside theirs: those that EOI_EMBEDDERS names.
EMBEDDED = "local_offer.fragment"


@bp.post("/csp-reports")
@csrf.exempt
@public
def csp_reports() -> tuple[str, int]:
    """A browser says what it refused. The log has each; all processes count them together (`reported`)."""
    request.max_content_length = REPORT_LONGEST
    try:
        report = json.loads(request.get_data())
    except (ValueError, RecursionError, RequestEntityTooLarge):
        return "", 400
    try:
        throttling.count("csp reports", "", limit=REPORTS_A_DAY, minutes=A_DAY)
    except TooMany:
        return "", 429
    finally:
        db.session.commit()
    reports(current_app).append(report)
    log.warning("Refused by the content security policy: %s", json.dumps(told(report))[:2000])
    return "", 204


def told(report: Any) -> list[dict[str, str]]:
    """What the log says of a report, in either of its forms: what was refused where. Nothing of a query or a text."""
    bodies = [one.get("csp-report") or one.get("body") for one in _listed(report) if isinstance(one, dict)]
    return [
        {name: re.split("[?#]", str(body[name]))[0][:200] for name in TOLD if name in body}
        for body in bodies
        if isinstance(body, dict)
    ]


def _listed(report: Any) -> list[Any]:
    return report if isinstance(report, list) else [report]


def reports(app: Flask) -> deque[Any]:
    """What browsers reported to this process, the latest hundred."""
    kept: deque[Any] = app.extensions.setdefault("csp_reports", deque(maxlen=REPORTS_KEPT))
    return kept


def reported() -> int:
    """How many reports of browsers all processes took within a day."""
    return throttling.counted("csp reports", "", minutes=A_DAY)


@bp.get("/.well-known/security.txt")
@public
def security_txt() -> Response:
    """Where somebody who has found a weakness writes (RFC 9116)."""
    config = current_app.config
    lines = (
        f"Contact: mailto:{config['COUNCIL_SECURITY_EMAIL'] or config['COUNCIL_EMAIL']}",
        f"Expires: {now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {config['SITE_URL']}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/robots.txt")
@public
def robots_txt() -> Response:
    """Search engines may read what is for everybody and has one address; nothing else."""
    open_to_all = sorted(rule.rule for rule in current_app.url_map.iter_rules() if _for_robots(rule))
    lines = [
        "User-agent: *",
        *(f"Allow: {path}$" for path in open_to_all),
        "Allow: /rounds/",
        "Allow: /local-offer/",
        "Disallow: /",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _for_robots(rule: Rule) -> bool:
    view = current_app.view_functions[rule.endpoint]
    return rule.endpoint.startswith(("public.", "local_offer.")) and hasattr(view, "public") and not rule.arguments


def init_app(app: Flask) -> None:
    """Add the headers to every answer, and turn away who asks for another site. Nobody's page is kept by a cache."""
    app.register_blueprint(bp)

    @app.before_request
    def known_host() -> None:
        """Flask has compared the name with `TRUSTED_HOSTS`; the log says what a wrong setting looks like."""
        if isinstance(request.routing_exception, SecurityError):
            name = request.environ.get("HTTP_HOST", "")[:100]
            log.warning("Refused a request for %r: SITE_URL names another host", name)
            raise request.routing_exception

    @app.after_request
    def headers(response: Response) -> Response:
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = INERT
        if request.endpoint == EMBEDDED and (sites := current_app.config["EMBEDDERS"]):
            allowed = f"frame-ancestors 'self' {' '.join(sites)}"
            response.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'self'", allowed)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint == EMBEDDED and current_app.config["EMBEDDERS"]:
            del response.headers["X-Frame-Options"]  # it knows of no list of sites
        if current_app.config["SITE_URL"].startswith("https:"):
            response.headers["Strict-Transport-Security"] = TRANSPORT
        if request.endpoint in SIGNED_OUT:
            response.headers["Clear-Site-Data"] = FORGOTTEN
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
