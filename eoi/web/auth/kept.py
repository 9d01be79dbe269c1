"""A form that arrives from somebody who has been signed out meanwhile: kept, and given back after signing in."""

from urllib.parse import urlsplit

from flask import Response, abort, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import KeptForm, User
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth.blueprint import bp
from eoi.web.auth.session import owner_id
from eoi.workflow import keeping

NOT_TYPED = ("csrf_token", "version", "seen")


def to_sign_in() -> AnyResponse:
    """To the sign-in page, with what was sent kept: what Flask-Login does with somebody who is not signed in."""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        abort(401)
    if request.method != "GET":
        keep_typed()
        return redirect(url_for("auth.sign_in", kept=1 if "kept" in session else None))
    return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))


def rescue() -> AnyResponse | None:
    """For a form whose token has died with its session: as `to_sign_in`. None where this is something else.

    Only a form that came from a page of ours is kept, so that no other site can plant one.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    ours = urlsplit(request.headers.get("Origin", "")).netloc == request.host
    if current_user.is_authenticated or not ours or not hasattr(view, "permission"):
        return None
    return to_sign_in()


def keep_typed() -> None:
    """Keep the form of this request and note its token in the session. Passwords and files are never kept."""
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    if any("password" in name for name, _ in pairs):
        return
    if token := keeping.keep(request.full_path.rstrip("?"), pairs, owner_id()):
        session["kept"] = token
        db.session.commit()


def given_back(token: str | None, user: User, *, confirmed: bool = False) -> str | None:
    """The page that gives the kept form back to the person who has just signed in, or None. The caller commits.

    `confirmed` says that they were signed in and had to confirm that it is them.
    """
    form = keeping.claim(token, user.id) if token else None
    return url_for("auth.kept", token=token, confirmed=1 if confirmed else None) if form else None


@bp.get("/kept/<token>")
@requires(Permission.SIGNED_IN)
def kept(token: str) -> str:
    form = _find(token)
    typed = [(_label(name), value) for name, value in form.pairs if value.strip() and name not in NOT_TYPED]
    return render_template("auth/kept.html", kept_form=form, token=token, typed=typed)


@bp.post("/kept/<token>/discard")
@requires(Permission.SIGNED_IN)
def discard(token: str) -> AnyResponse:
    form = _find(token)
    page = form.path if _can_be_read(form.path) else "/"
    keeping.drop(form)
    db.session.commit()
    return redirect(page)


def _can_be_read(path: str) -> bool:
    """Whether there is a page at this path, and not only a form's address."""
    try:
        return bool(current_app.url_map.bind("").match(urlsplit(path).path, method="GET"))
    except HTTPException:
        return False


def _find(token: str) -> KeptForm:
    form = keeping.find(token, actor().id)
    if form is None:
        raise NotFound
    return form


def _label(name: str) -> str:
    """A field's name as words; the page it came from is not drawn again, so its labels are not at hand."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


__all__ = ["Response", "given_back", "keep_typed", "rescue", "to_sign_in"]
