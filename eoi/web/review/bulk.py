"""One step for many cases: a page that lists them before anything happens, then an errand that does it."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.models.errand import Errand, ErrandKind
from eoi.queries import cases, lists
from eoi.queries.lists import CaseRow
from eoi.rules.chain import digest
from eoi.rules.errors import Invalid, MovedOn
from eoi.rules.permissions import Permission, may
from eoi.rules.questions import FORMS
from eoi.rules.stages import Stage
from eoi.rules.transitions import BY_ACTION, Transition, moves_from
from eoi.rules.words import count_of
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, RadiosField, SelectField, TextField, choice
from eoi.web.forms import Form
from eoi.web.review.blueprint import bp
from eoi.web.review.filters import chosen_filters, query_of
from eoi.web.review.offers import SCHOOLS_OWN
from eoi.web.review.opening import attempt, moment, told
from eoi.web.review.views import back_to_list
from eoi.workflow import errands

LISTED = 50  # cases that the page names; the rest is counted
CHANGED = "The list has changed since you saw it. Look at it again, then press the button."
TITLES = {"assign": "Give the cases to an officer", "ask": "Ask these schools the same", "move": "Move these cases",
          "flag": "Flag these cases"}  # fmt: skip
#: Records that one reason fills: others tell of one case.
ONE_REASON = ("", "reason")


class AssignForm(Form):
    officer = SelectField("Case officer", message="Choose an officer from the list")


class AskForm(Form):
    text = TextField(
        "What you ask", [Needed("Enter what you ask")], words=300, description="Each school reads it in these words."
    )


class FlagForm(Form):
    reason = TextField("What nobody should overlook", [Needed("Enter what nobody should overlook")], words=200)


class MoveForm(Form):
    action = RadiosField("Step", [Needed("Choose the step")], message="Choose the step")
    reason = TextField("The reason", words=300, description="Where the step needs one. It stays on the record.")


@bp.route("/bulk/assign", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def bulk_assign() -> str | Response:
    """The same case officer for all of them."""
    officers, _ = cases.people()
    form = AssignForm()
    form.officer.choices = [choice("", "Nobody yet"), *(choice(str(user.id), user.name) for user in officers)]
    return _page("assign", form, ticked(), lambda: {"officer": int(form.officer.data) if form.officer.data else None})


@bp.route("/bulk/ask", methods=["GET", "POST"])
@requires(Permission.ASK)
def bulk_ask() -> str | Response:
    """The same words to every school, about the same questions."""
    form = AskForm()
    sections = FORMS["y2026"].sections
    keys = [key for section in sections for key in request.form.getlist(f"ask-{section.key}")]

    def asked() -> dict[str, Any]:
        if not keys:
            raise Invalid({f"ask-{sections[0].key}": "Choose at least one question for the schools to answer"})
        return {"text": form.text.data, "keys": list(dict.fromkeys(keys))}

    return _page("ask", form, ticked(), asked, sections=sections, keys=keys)


@bp.route("/bulk/flag", methods=["GET", "POST"])
@requires(Permission.FLAG)
def bulk_flag() -> str | Response:
    """The same flag on all of them."""
    form = FlagForm()
    return _page("flag", form, ticked(), lambda: {"reason": form.reason.data})


@bp.route("/bulk/move", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def bulk_move() -> str | Response:
    """A step that is open to all of them."""
    form, rows = MoveForm(), ticked()
    steps = shared_moves(rows) if rows else []
    form.action.choices = [choice(step.action, step.label) for step in steps]

    def asked() -> dict[str, Any]:
        step, reason = BY_ACTION[form.action.data], form.reason.data.strip()
        if step.record and not reason:
            raise Invalid({"reason": "Enter the reason"})
        return {"action": step.action, "reason": reason if step.record else ""}

    return _page("move", form, rows, asked, steps=steps)


def _page(
    deed: str, form: Any, rows: Sequence[CaseRow], asked: Callable[[], dict[str, Any]], **shown: Any
) -> str | Response:
    """Nothing happens before the button of the page that lists the cases is pressed."""
    back = back_to_list(query_of(request.args))
    if not rows:
        flash("Tick at least one submission first, or choose the whole list.")
        return redirect(back)
    made: list[Errand] = []
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        wrong = attempt(lambda: made.append(_start(deed, rows, asked())), _typed(form))
        if not wrong:
            return redirect(url_for(".errand", errand_id=made[0].public_id))
    return render_template(
        "review/bulk.html", deed=deed, title=TITLES[deed], rows=rows[:LISTED], more=max(len(rows) - LISTED, 0),
        form=form, errors=told(form, wrong), seal=seal(rows), back=back, number=count_of(len(rows), "case"),
        **shown,
    )  # fmt: skip


def _typed(form: Any) -> dict[str, str]:
    """What the person wrote, by label."""
    return {field.label.text: field.data or "" for field in form if isinstance(field, TextField)}


def _start(deed: str, rows: Sequence[CaseRow], asked: dict[str, Any]) -> Errand:
    """Raises MovedOn where the page was drawn of another list, or of cases that have changed since."""
    if request.form.get("seen") != seal(rows):
        raise MovedOn(CHANGED)
    return errands.start(ErrandKind(deed), [(row.id, row.version) for row in rows], asked, by=actor())


def ticked() -> Sequence[CaseRow]:
    """The cases ticked, or with `all` every case of the list; those that the person may see, as they stand now."""
    whole, names = "all" in request.args, request.args.getlist("case")
    if not whole and not names:
        return []
    return lists.everything(actor(), chosen_filters(), moment(), () if whole else names)


def seal(rows: Sequence[CaseRow]) -> str:
    """What a page has shown: which cases, each at which version."""
    return digest([[row.id, row.version] for row in rows])[:32]


def shared_moves(rows: Sequence[CaseRow]) -> list[Transition]:
    """The steps that the person's role allows and that start at the stage of every one of the cases."""
    stages = {Stage(row.stage) for row in rows}
    return [
        step
        for step in moves_from(min(stages))
        if stages <= set(step.sources)
        and not step.own_page
        and step.record in ONE_REASON
        and step.action not in SCHOOLS_OWN
        and may(actor(), step.needs)
    ]
