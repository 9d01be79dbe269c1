"""What is seen to now and then, on one page: the menu of those who see to much."""

from flask import Blueprint, render_template

from eoi.rules.permissions import Permission
from eoi.web import layout
from eoi.web.access import actor, requires

bp = Blueprint("administration", __name__)


@bp.get(layout.ADMIN)
@requires(Permission.SIGNED_IN)
def index() -> str:
    return render_template("admin/home.html", pages=layout.administration(actor()))
