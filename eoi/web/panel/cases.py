"""The cases that a scorer is to read and score."""

from flask import render_template

from eoi.queries import cases as queries
from eoi.queries.lists import CaseRow
from eoi.queries.tasks import SCORED_AT
from eoi.rules.permissions import Permission
from eoi.rules.scoring import RUBRIC
from eoi.web.access import actor, requires
from eoi.web.panel.blueprint import bp
from eoi.web.review.opening import clock_of

SHOWN = 40  # cases of each group; the list of submissions has them all


@bp.get("")
@requires(Permission.SCORE)
def cases() -> str:
    rows = queries.assigned_to(actor().id or 0)
    counts = queries.scored_counts(actor().id or 0)
    groups: dict[str, list[CaseRow]] = {"todo": [], "locked": [], "other": [], "conflicted": []}
    for row in rows:
        groups[_group(row)].append(row)
    numbers = {name: len(group) for name, group in groups.items()}
    groups = {name: group[:SHOWN] for name, group in groups.items()}
    clocks = {row.id: clock_of(row, row.closures) for row in groups["todo"]}
    return render_template(
        "panel/cases.html", groups=groups, numbers=numbers, counts=counts, clocks=clocks, most=len(RUBRIC)
    )


def _group(row: CaseRow) -> str:
    if row.conflicted:
        return "conflicted"
    if row.locked_at:
        return "locked"
    return "todo" if row.stage in SCORED_AT else "other"
