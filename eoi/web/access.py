"""The door: every endpoint names its permission or is public, and a case is found only by those who may see it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, g, request
from flask_login import current_user

from eoi.extensions import db, login_manager, now, today
from eoi.models import Access, Submission
from eoi.queries import submissions
from eoi.rules.errors import NotAllowed, NotFound
from eoi.rules.permissions import NOBODY, Actor, CaseFacts, Permission, may

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """This endpoint is for everybody."""
    view.public = True  # type: ignore[attr-defined]
    return view


def requires(*permissions: Permission) -> Callable[[View], View]:
    """This endpoint is for those who hold one of these on some case; `find_submission` asks about the case."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if not any(may(actor(), permission) for permission in permissions):
                raise NotAllowed
            g.permissions = permissions
            return view(*args, **kwargs)

        guarded.permission = permissions  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def actor() -> Actor:
    """Who asks. Built once a request."""
    if "actor" not in g:
        g.actor = current_user.actor(today()) if current_user.is_authenticated else NOBODY
    return g.actor


def find_submission(name: str, permission: Permission | None = None) -> Submission:
    """The submission with this reference or public id.

    Raises NotFound where the actor may not see it, NotAllowed where they may see it but not do this: by default the
    permissions that the endpoint names, of which one is enough.
    """
    submission = submissions.find(name, actor())
    if submission is None:
        raise NotFound
    facts = g.case = submissions.case_facts(submission)
    wanted = (permission,) if permission else g.permissions
    if not any(may(actor(), one, facts) for one in wanted):
        raise NotAllowed
    g.opened = submission.id
    return submission


def note_download() -> None:
    """Leave a trace of this download, whoever asks: officers leave one of every page, a school of what it was sent."""
    g.downloaded = True


def allowed(permission: Permission, case: CaseFacts | None = None) -> bool:
    """For templates: whether the person may do this, on the case of this page where there is one."""
    return may(actor(), permission, case or g.get("case"))


def init_app(app: Flask) -> None:
    """Give templates the same question that routes ask, and note who opened which case."""

    @app.context_processor
    def questions() -> dict[str, Any]:
        return {"allowed": allowed, "Permission": Permission, "actor": actor(), "today": today(), "now": now()}

    @app.after_request
    def note_access(response: Any) -> Any:
        """The only thing that a GET writes. A case that could not be opened leaves nothing."""
        read = request.method == "GET" and "opened" in g and response.status_code == 200
        if read and (actor().is_staff or "downloaded" in g):
            db.session.rollback()
            for opened in g.opened if isinstance(g.opened, list) else [g.opened]:
                db.session.add(Access(at=now(), user_id=actor().id, submission_id=opened, what=request.path[:200]))
            db.session.commit()
        return response
