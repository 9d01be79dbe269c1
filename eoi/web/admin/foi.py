"""Requests for information: the register, what of each case is disclosed, and the pack to send."""

import io
import re
import zipfile
from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answered

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import FoiRequest, Submission
from eoi.models.foi import Answer
from eoi.outbound.render import render
from eoi.outbound.tables import csv_of
from eoi.queries import foi as held
from eoi.queries import letters, retention
from eoi.queries.foi import Considered
from eoi.rules import foi as rules
from eoi.rules import workdays
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.foi import LABELS, Exemption
from eoi.rules.permissions import Permission
from eoi.web.access import actor, find_submission, requires
from eoi.web.fields import DateField, LineField, Needed, RadiosField, SelectField, TextField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show as show_refusal
from eoi.workflow import foi

bp = Blueprint("foi", __name__, url_prefix="/admin/foi")

ANSWERS = {
    Answer.DISCLOSED: "All of it was disclosed", Answer.PARTLY: "Some of it was withheld",
    Answer.REFUSED: "It was refused", Answer.NOT_HELD: "The information is not held",
    Answer.WITHDRAWN: "It was withdrawn",
}  # fmt: skip
REFERENCE = re.compile(r"EOI-\d{4}-\d{4}", re.IGNORECASE)


class NewForm(Form):
    received_on = DateField("When did it come?", [Needed("Enter the day it came")])
    requester = LineField("Who asks?", [Needed("Enter who asks")])
    asked = TextField("What do they ask for?", [Needed("Enter what they ask for")], words=200)
    cases = TextField("References of the cases", [Needed("Enter at least one reference")], words=100,
                      description="For example, EOI-2026-0001, EOI-2026-0002")  # fmt: skip


class MarkForm(Form):
    decision = RadiosField(
        "What happens to it?",
        [Needed("Choose whether it is disclosed or withheld")],
        choices=[choice("open", "Disclose it"), choice("withheld", "Withhold it", reveals="exemption")],
        description="Names, addresses and telephone numbers inside it are taken out in either case",
    )
    exemption = SelectField("Section of the Act", choices=[choice(one, text) for one, text in LABELS.items()])
    reason = TextField("Why?", words=100, description="For sections 22, 36 and 43, how you weighed the public interest")


class AnswerForm(Form):
    answer = RadiosField("How was it answered?", [Needed("Choose how it was answered")],
                         choices=[choice(one, text) for one, text in ANSWERS.items()])  # fmt: skip
    answered_on = DateField("When?", [Needed("Enter the day it was answered")])


@bp.get("")
@requires(Permission.FOI)
def index() -> str:
    found = held.register()
    left = {one.id: workdays.between(today(), one.due_on, bank_holidays()) for one in found}
    return render_template("admin/foi.html", requests=found, left=left, answers=ANSWERS)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.FOI)
def new() -> str | Answered:
    form = NewForm()
    if request.method == "GET":
        form.cases.data = ", ".join(request.args.getlist("case"))[:2000]
    if form.validate_on_submit():
        try:
            made = foi.log(
                received_on=form.received_on.data, requester=form.requester.data, asked=form.asked.data,
                cases=_cases(form.cases.data), by=actor(),
            )  # fmt: skip
            db.session.commit()
            flash(f"{made.number} is logged. It is due on {made.due_on:%-d %B %Y}.", "success")
            return redirect(url_for(".show", request_id=made.id))
        except Invalid as refused:
            show_refusal(refused, form)
    return render_template("admin/foi_new.html", form=form)


@bp.route("/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.FOI)
def show(request_id: int) -> str | Answered:
    found, form = _find(request_id), AnswerForm()
    if form.validate_on_submit():
        try:
            foi.answer(found, Answer(form.answer.data), answered_on=form.answered_on.data, by=actor())
            db.session.commit()
            flash(f"{found.number} is answered.", "success")
            return redirect(url_for(".index"))
        except Invalid as refused:
            show_refusal(refused, form)
    left = workdays.between(today(), found.due_on, bank_holidays())
    found = _find(request_id)
    return render_template(
        "admin/foi_one.html", one=found, cases=_visible(found), form=form, left=left, answers=ANSWERS
    )


@bp.get("/<int:request_id>/<ref>")
@requires(Permission.FOI)
def case(request_id: int, ref: str) -> str:
    found, submission = _reached(request_id, ref)
    items = held.considered(found, submission)
    names = retention.names_of([one.mark.decided_by_id for one in items if one.mark])
    groups = [(group, list(of_group)) for group, of_group in groupby(items, lambda it: it.item.group)]
    return render_template("admin/foi_case.html", one=found, submission=submission, groups=groups, names=names)


@bp.route("/<int:request_id>/<ref>/item", methods=["GET", "POST"])
@requires(Permission.FOI)
def item(request_id: int, ref: str) -> str | Answered:
    found, submission = _reached(request_id, ref)
    one = _item(found, submission)
    standing = one.now
    form = MarkForm(decision="withheld" if standing.withheld else "open", exemption=standing.exemption,
                    reason=standing.reason)  # fmt: skip
    if form.validate_on_submit():
        try:
            withheld = form.decision.data == "withheld"
            exemption = Exemption(form.exemption.data) if withheld and form.exemption.data else None
            foi.mark(
                found, submission, one, withheld=withheld, exemption=exemption, reason=form.reason.data, by=actor()
            )
            db.session.commit()
            return redirect(url_for(".case", request_id=request_id, ref=ref))
        except Invalid as refused:
            show_refusal(refused, form)
    pieces = rules.pieces(one.item.text, held.junior_names(submission))
    return render_template("admin/foi_item.html", one=found, submission=submission, it=one, form=form, pieces=pieces)


@bp.get("/<int:request_id>/pack.zip")
@requires(Permission.FOI)
def pack(request_id: int) -> Response:
    """For each case: a working copy that shows what is proposed to go, a copy to disclose without it, and the log."""
    found = _find(request_id)
    reached = _visible(found)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for submission in reached:
            items = held.considered(found, submission)
            working, disclosed = (_page(found, submission, items, disclosing) for disclosing in (False, True))
            archive.writestr(f"{submission.name} working copy, do not send.html", working)
            archive.writestr(f"{submission.name} to disclose.html", disclosed)
            archive.writestr(f"{submission.name} exemption log.csv", _log(items))
    g.opened = [submission.id for submission in reached]
    packed.seek(0)
    return send_file(packed, "application/zip", as_attachment=True, download_name=f"{found.number}.zip")


def _page(found: FoiRequest, submission: Submission, items: Sequence[Considered], disclosing: bool) -> str:
    names = held.junior_names(submission)
    return render(
        "print/foi.html", council=current_app.config["COUNCIL_NAME"], one=found, submission=submission,
        items=[(it, rules.pieces(it.item.text, names)) for it in items], disclosing=disclosing, labels=LABELS,
        at=now(), demonstration=current_app.config["DEMONSTRATION"],
    )  # fmt: skip


def _log(items: Sequence[Considered]) -> str:
    names = retention.names_of([one.mark.decided_by_id for one in items if one.mark])
    rows = [
        (it.item.group, it.item.label, it.now.exemption or "", it.now.reason,
         "withheld" if it.now.withheld else "open",
         names.get(it.mark.decided_by_id or 0, "") if it.mark else "proposed")
        for it in items
    ]  # fmt: skip
    return csv_of(("Part", "Item", "Section of the Act", "Reason", "Decision", "Decided by"), rows)


def _cases(typed: str) -> list[Submission]:
    wanted = sorted({name.upper() for name in REFERENCE.findall(typed)})
    found = list(letters.cases(actor(), wanted)) if wanted else []
    if unknown := set(wanted) - {one.reference for one in found}:
        raise Invalid({"cases": f"There is no case {min(unknown)}, or it is not yours to see"})
    return found


def _visible(found: FoiRequest) -> Sequence[Submission]:
    """The cases of the request that this officer may see: not those they are in conflict with."""
    return letters.cases(actor(), [one.submission.reference or "" for one in found.cases])


def _find(request_id: int) -> FoiRequest:
    found = db.session.get(FoiRequest, request_id)
    if found is None:
        raise NotFound
    return found


def _reached(request_id: int, ref: str) -> tuple[FoiRequest, Submission]:
    found, submission = _find(request_id), find_submission(ref)
    if submission.id not in {one.submission_id for one in found.cases}:
        raise NotFound
    return found, submission


def _item(found: FoiRequest, submission: Submission) -> Considered:
    wanted = request.args.get("item", "")
    for one in held.considered(found, submission):
        if one.item.key == wanted:
            return one
    raise NotFound
