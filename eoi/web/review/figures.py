"""The dashboard's other two pages: the stages as a board or a list, and the figures with their charts."""

from typing import Any

from flask import render_template, request
from markupsafe import Markup

from eoi.extensions import bank_holidays
from eoi.outbound import bars
from eoi.queries import dashboard as queries
from eoi.queries import rounds
from eoi.queries.lists import CaseRow
from eoi.rules import clocks, flow
from eoi.rules.permissions import Permission
from eoi.rules.stages import BEFORE_DECISION, STAGES, Court, Stage
from eoi.rules.words import LONDON
from eoi.web.access import actor, requires
from eoi.web.review.blueprint import bp
from eoi.web.review.dashboard import BOARD
from eoi.web.review.opening import clock_of, moment

EACH = 4  # cases of a stage that the board shows
COURTS = {Court.COUNCIL: "With the council", Court.SCHOOL: "With the school", Court.NOBODY: "Closed"}


@bp.get("/board")
@requires(Permission.REVIEW)
def board() -> str:
    """Every stage with its cases, the first due first; with `as=list` a line a stage."""
    person = actor()
    counts, rows = queries.stage_counts(person), queries.board(person, EACH)
    cards: dict[Stage, list[Any]] = {}
    for row in rows:
        cards.setdefault(row.stage, []).append((row, clock_of(row, row.closures), letter_clock(row)))
    groups = [(title, [stage for stage in group if counts.get(stage)]) for title, group in BOARD]
    return render_template(
        "review/board.html", groups=[(title, stages) for title, stages in groups if stages], counts=counts, cards=cards,
        as_list=request.args.get("as") == "list", courts=COURTS, total=sum(counts.values()),
        overdue=queries.overdue(person, moment().today),
    )  # fmt: skip


def letter_clock(row: CaseRow) -> clocks.Clock | None:
    """The council's own clock, from the close of the round to the letter; it stands still while the school has it."""
    starts = row.closes_at or row.submitted_at
    if row.stage not in BEFORE_DECISION or starts is None:
        return None
    today, closed, paused = moment().today, bank_holidays(), row.paused_days
    if STAGES[row.stage].court is Court.SCHOOL:
        paused += clock_of(row, []).days
    return clocks.letter_clock(starts.astimezone(LONDON).date(), paused, today, closed)


@bp.get("/figures")
@requires(Permission.SEE_SCORES)
def figures() -> str:
    """Of one round, the last that closed: the flow through the stages, the time that each takes, the places offered."""
    every = [one for one in rounds.every() if one.has_opened(moment().now)]
    usual = next((one for one in every if one.is_closed(moment().now)), every[0] if every else None)
    chosen = next((one for one in every if one.slug == request.args.get("round")), usual)
    if chosen is None:
        return render_template("review/figures.html", every=[], chosen=None)
    found = flow.passages(queries.moves(actor(), chosen.id), bank_holidays())
    places = queries.places(actor(), chosen.id)
    return render_template(
        "review/figures.html", every=every, chosen=chosen, passages=flow.ordered(found), places=_by_district(places),
        needs=sorted({need for _, need in places}), flow_words=flow.flow_in_words(found),
        time_words=flow.time_in_words(found), place_words=flow.places_in_words(places),
        flow_chart=_flow_chart(found), time_chart=_time_chart(found), place_chart=_place_chart(places),
    )  # fmt: skip


def _flow_chart(found: dict[Stage, flow.Passage]) -> Markup:
    rows = [
        (STAGES[stage].label, float(found[stage].reached), str(found[stage].reached))
        for stage in flow.ROAD
        if stage in found
    ]
    return bars.lengths(rows, "How many expressions of interest reached each stage", "flow")


def _time_chart(found: dict[Stage, flow.Passage]) -> Markup:
    rows = []
    for stage in flow.ROAD:
        if stage in found and (days := found[stage].days) is not None:
            target = found[stage].target
            rows.append((STAGES[stage].label, days, f"{days:g} days" + (f", target {target}" if target else "")))
    return bars.lengths(rows, "Middle time at each stage, in working days", "time")


def _by_district(places: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (district, need), number in places.items():
        found.setdefault(district, {})[need] = number
    return found


def _place_chart(places: dict[tuple[str, str], int]) -> Markup:
    needs = sorted({need for _, need in places})
    return bars.stacks(list(_by_district(places).items()), needs, "Places offered, by district and need", "places")
