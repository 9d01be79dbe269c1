"""One page for the Head of SEN: a round's cases beside those like them, confirmed row by row as the panel proposes.

What is confirmed is decided and its letter drafted. It is pending until the letter is released.
"""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.queries import round_decisions as queries
from eoi.queries.round_decisions import TAKEN, Row
from eoi.rules.boxes import typed_from_form
from eoi.rules.errors import NotFound
from eoi.rules.parsing import clean, examine
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Kind, Question
from eoi.web.access import actor, requires
from eoi.web.review.blueprint import bp
from eoi.web.review.decision import grounds_of
from eoi.web.review.opening import SeenForm, attempt, drawn, find_case
from eoi.workflow import deciding

EQUALITY = Question("equality", "Equality considerations", Kind.TEXT, words=150,
                    hint="Equality Act 2010, section 149: of this case")  # fmt: skip
NEEDED_BY = Question("needed_by", "By when the school replies", Kind.DATE, noun="the reply date")


@dataclass(slots=True)
class Opened:
    """The row that is being confirmed, and what was typed in it."""

    row: Row
    typed: dict[str, Any] = field(default_factory=lambda: {"equality": "", "needed_by": {}})


@bp.route("/deciding", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def decide_round() -> str | Response:
    """`round` names the round, `case` the row whose confirmation is open."""
    rounds = queries.rounds(actor())
    made = next((one for one, _ in rounds if one.slug == request.args.get("round")), rounds[0][0] if rounds else None)
    rows = queries.rows(made, actor()) if made else []
    opened = _opened(rows, request.form.get("confirm") or request.args.get("case", ""))
    form, wrong = SeenForm(version=0), {}
    if opened and form.validate_on_submit():
        wrong = _confirm(opened)
        if not wrong:
            name = opened.row.case.reference
            flash(f"{name}: decision recorded. It is pending until its letter is released.", "success")
            after = _next(rows, opened.row)
            return redirect(
                url_for(".decide_round", round=made.slug if made else None, case=after, _anchor=after or name)
            )
    return render_template(
        "review/decide_round.html", rounds=rounds, made=made, groups=_groups(rows), opened=opened, form=form,
        errors=wrong, equality=EQUALITY, needed_by=NEEDED_BY, taken=TAKEN,
    )  # fmt: skip


def _opened(rows: list[Row], reference: str) -> Opened | None:
    """The row of this reference, or else the first, that waits for a decision and for which the panel proposes one."""
    if not reference:
        return next((Opened(row) for row in rows if row.outcome is None and row.proposed), None)
    row = next((row for row in rows if row.case.reference == reference), None)
    if row is None:
        raise NotFound
    return Opened(row) if row.outcome is None and row.proposed else None


def _confirm(opened: Opened) -> dict[str, str]:
    """Decide as the panel proposes, with what only the Head of SEN can say. What is missing comes back by field."""
    row, outcome = opened.row, opened.row.proposed
    equality, needed_by = clean(request.form.get("equality", "")), typed_from_form(NEEDED_BY, request.form)
    opened.typed = {"equality": equality, "needed_by": needed_by}
    asked = [(EQUALITY, equality), *([(NEEDED_BY, needed_by)] if outcome in TAKEN else [])]
    read = {question.key: examine(question, typed) for question, typed in asked}
    refused = {f"{key}{rest}": text for key, one in read.items() for rest, text in one.errors.items()}
    if refused or outcome is None:
        return refused
    given = {**row.proposal, **{key: one.value for key, one in read.items() if one.value}}
    case = find_case(row.case.reference or "", Permission.DECIDE)
    missing = deciding.problems(case, outcome, grounds_of(outcome, given))
    if missing:
        own = {key: text for key, text in missing.items() if key in opened.typed}
        return own or {"": f"Decide this case on its own page. {'. '.join(missing.values())}."}
    return attempt(
        lambda: deciding.decide(case, outcome, grounds_of(outcome, given), seen=drawn(case.reference), by=actor()),
        {"Equality considerations": equality},
    )


def _next(rows: list[Row], done: Row) -> str | None:
    """The next row that can be confirmed."""
    waiting = [row for row in rows if row.outcome is None and row.proposed and row is not done]
    later = [row for row in waiting if rows.index(row) > rows.index(done)]
    return next((row.case.reference for row in later or waiting), None)


def _groups(rows: list[Row]) -> list[Any]:
    return [(band, list(group)) for band, group in groupby(rows, key=lambda row: row.band)]
