"""How far an errand is: what is done, what could not be done and why, and the file of an export."""

from flask import render_template

from eoi.models import Errand
from eoi.queries import errands as queries
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.review.blueprint import bp

TITLES = {
    "assign": "Cases given to an officer", "ask": "Schools asked", "move": "Cases moved", "flag": "Cases flagged",
    "export": "Export",
}  # fmt: skip


@bp.get("/errands")
@requires(Permission.REVIEW)
def errands() -> str:
    """The person's own, the latest first."""
    return render_template("review/errands.html", errands=queries.of(actor()), titles=TITLES)


@bp.get("/errands/<errand_id>")
@requires(Permission.REVIEW)
def errand(errand_id: str) -> str:
    found = find_errand(errand_id)
    return render_template("review/errand.html", errand=found, title=TITLES[found.kind], refused=queries.refused(found))


def find_errand(errand_id: str) -> Errand:
    """One of the person's own. Raises NotFound."""
    found = queries.find(errand_id, actor())
    if found is None:
        raise NotFound
    return found
