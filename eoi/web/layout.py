"""What stands around every page: hashed assets, navigation, the words of templates, links that keep their filters."""

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.stages import Stage
from eoi.web.access import actor

SERVICE_NAME = "Host specialist SEN provision"
STATIC = Path(__file__).parent.parent / "static"
YEAR = 365 * 24 * 3600

# Label, path, the permission that opens it. A link is shown where the page exists and the person may see it.
NAVIGATION: tuple[tuple[str, str, Permission], ...] = (
    ("Your expressions of interest", "/apply", Permission.READ_OWN),
    ("Dashboard", "/review", Permission.REVIEW),
    ("Submissions", "/review/submissions", Permission.REVIEW),
    ("Letters", "/letters", Permission.DRAFT_LETTER),
    ("Panel", "/panel", Permission.SCORE),
    ("Panel meetings", "/panel/meetings", Permission.READ_CASE),
    ("Need", "/need", Permission.REVIEW),
    ("Drafts", "/review/drafts", Permission.CHECK),
)

#: The same for what is seen to now and then, each with what it is for. Where it makes the menu long, it stands on a
#: page of its own.
ADMINISTRATION: tuple[tuple[str, str, Permission, str], ...] = (
    ("Rounds", "/admin/rounds", Permission.EDIT_ROUNDS, "Dates, what each round takes, criteria and weights"),
    ("Schools", "/admin/schools", Permission.INVITE_SCHOOLS, "Invite headteachers, and see who was invited"),
    ("Requests for access", "/admin/access", Permission.INVITE_SCHOOLS, "Confirm that people work at their school"),
    ("Closed schools", "/admin/closed-schools", Permission.INVITE_SCHOOLS, "Move drafts where a school goes on"),
    (
        "Delegations",
        "/admin/delegations",
        Permission.DELEGATE,
        "Who decides in place of the Head of SEN, and until when",
    ),
    ("People", "/admin/people", Permission.MANAGE_USERS, "Accounts, roles and second steps"),
    ("FOI requests", "/admin/foi", Permission.FOI, "Log a request, weigh what to withhold, make the pack"),
    (
        "Personal data",
        "/admin/personal-data",
        Permission.PERSONAL_DATA,
        "Export, correct or erase what is held on somebody",
    ),
    ("Retention", "/admin/retention", Permission.PERSONAL_DATA, "What goes when, and what is held back"),
    ("Failed work", "/admin/failures", Permission.MANAGE_USERS, "Mail and documents that could not be made or sent"),
    ("State of the service", "/admin/state", Permission.MANAGE_USERS, "Queue, mail, scanner, disk and backups"),
)
ADMIN = "/admin"
LONGEST_MENU = 8

STAGE_COLOURS: dict[Stage, str] = {
    Stage.DRAFT: "grey",
    Stage.RETURNED: "yellow",
    Stage.DETAIL: "yellow",
    Stage.CLARIFICATION: "yellow",
    Stage.INELIGIBLE_PROPOSED: "purple",
    Stage.DECLINE_PROPOSED: "purple",
    Stage.PANEL: "purple",
    Stage.WITH_HEAD: "purple",
    Stage.APPROVED: "green",
    Stage.CONDITIONS: "green",
    Stage.OPEN: "green",
    Stage.DECLINED: "red",
    Stage.INELIGIBLE: "red",
    Stage.LAPSED: "grey",
    Stage.WITHDRAWN: "grey",
    Stage.NOT_ESTABLISHED: "red",
    Stage.DEFERRED: "yellow",
}


@cache
def asset(name: str) -> str:
    """The address of a static file, with the digest of its content: it may be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def _zipped(path: Path, _: float) -> bytes:
    """A static file as gzip, made once for each version of it."""
    return gzip.compress(path.read_bytes(), mtime=0)


def _send_static_well(response: Response) -> Response:
    """A static file with its digest in the address never changes; text travels zipped where the browser takes that."""
    if request.endpoint != "static" or response.status_code != 200:
        return response
    name = (request.view_args or {}).get("filename", "")
    if request.args.get("v"):
        response.cache_control.no_cache = None
        response.cache_control.public, response.cache_control.max_age = True, YEAR
        response.cache_control.immutable = True
    if name.endswith((".css", ".js")) and request.method == "GET":
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.best_match(["gzip"]):
            path = STATIC / name
            response.close()
            response.direct_passthrough = False
            response.set_data(_zipped(path, path.stat().st_mtime))
            response.headers["Content-Encoding"] = "gzip"
    return response


def _exists(path: str) -> bool:
    """Whether the service has a page at this path: worlds are added one by one."""
    known: dict[str, bool] = current_app.extensions.setdefault("eoi_paths", {})
    if path not in known:
        try:
            known[path] = bool(current_app.url_map.bind("").match(path))
        except RequestRedirect:
            known[path] = True
        except HTTPException:
            known[path] = False
    return known[path]


def navigation(person: Actor, at: str) -> list[tuple[str, str, bool]]:
    """(label, path, whether the page at `at` is under it): the worlds that are open to this person."""
    shown = [(label, path) for label, path, needs in NAVIGATION if may(person, needs) and _exists(path)]
    seldom = [(label, path) for label, path, _ in administration(person)]
    shown += seldom if len(shown) + len(seldom) <= LONGEST_MENU else [("Administration", ADMIN)]
    under = [path for _, path in shown if at == path or at.startswith(path + "/")]
    here = max(under, key=len, default="")
    return [(label, path, path == here) for label, path in shown]


def administration(person: Actor) -> list[tuple[str, str, str]]:
    """(label, path, what it is for): what this person sees to now and then."""
    return [(label, path, what) for label, path, needs, what in ADMINISTRATION if may(person, needs) and _exists(path)]


def with_args(**changes: Any) -> str:
    """The address of this page with some arguments of its query changed, and those of None or "" left out."""
    args = {**request.args.to_dict(flat=False), **{key: [value] for key, value in changes.items()}}
    kept = [(key, one) for key, values in args.items() for one in values if one not in (None, "")]
    return request.path + ("?" + urlencode(kept) if kept else "")


def lower_first(text: str) -> str:
    """As inside a sentence: "Number of places" -> "number of places"; names in capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def endpoint_known(endpoint: str) -> bool:
    """Whether the service has this page: worlds are added one by one."""
    return endpoint in current_app.view_functions


def stage_colour(stage: Stage) -> str:
    """The colour of a stage's tag: grey at rest, blue at work, yellow with the school, purple to decide."""
    return STAGE_COLOURS.get(stage, "")


def init_app(app: Flask) -> None:
    """Give templates what stands around a page."""
    app.add_template_global(asset)
    app.add_template_global(with_args)
    app.add_template_global(stage_colour)
    app.add_template_global(endpoint_known)
    app.add_template_filter(lower_first)
    app.after_request(_send_static_well)

    @app.context_processor
    def frame() -> dict[str, Any]:
        person = actor()
        return {
            "service_name": SERVICE_NAME,
            "nav": navigation(person, request.path),
            "person": person if person.kind == "user" else None,
        }
