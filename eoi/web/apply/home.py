"""Where a school begins: its expressions of interest, and the rounds that are open."""

from flask import render_template

from eoi.extensions import now
from eoi.queries import drafts, rounds
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.apply.blueprint import bp, standing_of


@bp.get("")
@requires(Permission.READ_OWN)
def home() -> str:
    mine = [(submission, standing_of(submission)) for submission in drafts.of_schools(actor())]
    return render_template("apply/home.html", mine=mine, rounds=rounds.open_at(now()), many=len(actor().urns) > 1)
