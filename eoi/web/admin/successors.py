"""Schools that the register has closed: their drafts and people move to the school that goes on, in one step."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.queries import successors as queries
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission
from eoi.rules.words import count_of
from eoi.web.access import actor, requires
from eoi.web.fields import LineField, Needed, TickField
from eoi.web.forms import Form
from eoi.workflow import successors

bp = Blueprint("successors", __name__, url_prefix="/admin/closed-schools")


class MoveForm(Form):
    urn = LineField("URN of the school that goes on", [Needed("Enter the URN of the school that goes on")])
    sure = TickField("I have asked the school, or seen it in the register: this school goes on in its place")


@bp.get("")
@requires(Permission.INVITE_SCHOOLS)
def index() -> str:
    return render_template("admin/closed_schools.html", closed=queries.waiting())


@bp.route("/<int:urn>", methods=["GET", "POST"])
@requires(Permission.INVITE_SCHOOLS)
def move(urn: int) -> str | Response | tuple[str, int]:
    closed = queries.find(urn)
    if closed is None:
        raise NotFound
    form = MoveForm(data={"urn": str(closed.proposal.urn) if closed.proposal else ""})
    if form.validate_on_submit() and (moved := _moved(closed, form)) is not None:
        flash(f"{count_of(moved, 'draft')} of {closed.school.name} moved to URN {form.urn.data}.", "success")
        return redirect(url_for(".index"))
    page = render_template("admin/closed_school.html", closed=closed, form=form)
    return (page, 422) if form.errors else page


def _moved(closed: queries.Closed, form: MoveForm) -> int | None:
    """How many drafts moved; None where the form needs mending."""
    if not form.sure.data:
        form.sure.errors = ["Tick the box once you are sure"]
        return None
    typed = form.urn.data
    try:
        moved = successors.move(closed.school, int(typed) if typed.isdecimal() and len(typed) < 8 else 0, by=actor())
        db.session.commit()
    except Invalid as invalid:
        db.session.rollback()
        form.urn.errors = [invalid.errors["urn"]]
        return None
    return moved
