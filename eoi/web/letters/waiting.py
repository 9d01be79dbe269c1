"""The letters that wait to be issued, and those that went out last."""

from flask import render_template

from eoi.queries import letters, rounds
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.letters.blueprint import bp

MOST_ROUNDS = 4  # the latest


@bp.get("/letters")
@requires(Permission.ISSUE_LETTER, Permission.DRAFT_LETTER)
def waiting() -> str:
    found = rounds.every()[:MOST_ROUNDS]
    return render_template(
        "letters/waiting.html", waiting=letters.waiting(actor()), issued=letters.issued(actor()), rounds=found
    )
