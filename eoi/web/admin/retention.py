"""Retention: what goes in the next 90 days, what is held back, what has gone; and erasing a case before its day."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, today
from eoi.models import Hold, ProvisionEnd, Submission
from eoi.queries import retention as kept
from eoi.queries import submissions
from eoi.rules.errors import Invalid, NotAllowed, NotFound, Refused
from eoi.rules.permissions import Permission, may
from eoi.rules.retention import AS_AT, CONFIRM, SCHEDULE
from eoi.rules.stages import STAGES, Stage
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.fields import DateField, Needed, RadiosField, TextField, TickField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show as show_refusal
from eoi.workflow import retention

bp = Blueprint("retention", __name__, url_prefix="/admin/retention")
AHEAD = timedelta(days=90)

#: What the rows of a table are, for the page that lists what goes.
ROWS = {
    "submission": "the case itself", "section": "sections of answers", "snapshot": "frozen copies of what was sent",
    "declaration": "declarations", "document": "documents", "clarification": "questions to the school",
    "record": "records of the review", "assignment": "scorers assigned", "conflict": "declarations of interest",
    "score": "scores with their comments", "decision": "decisions", "reason": "reasons of a decision",
    "condition": "conditions", "letter": "letters", "access": "notes of who opened it", "outgoing": "mails and jobs",
    "link": "one-time links", "delegation": "delegations for this case", "logged": "what an officer logged",
    "hold": "earlier holds", "warned": "warnings", "provision_end": "the day it closed", "redaction": "redactions",
    "foi_case": "entries in requests for information", "foi_mark": "decisions on what to withhold",
}  # fmt: skip


class HoldForm(Form):
    reason = TextField("Why is it held back?", [Needed("Enter why the case is held back")], words=100,
                       description="For example, a complaint to the Ombudsman")  # fmt: skip
    review_on = DateField("When is this looked at again?", [Needed("Enter the date to look at this again")])


class EndForm(Form):
    ended_on = DateField(
        "When did the provision close, or its agreement end?", [Needed("Enter the day it closed, today or earlier")]
    )
    deed = RadiosField(
        "Was the agreement a deed?",
        [Needed("Choose yes if the agreement was sealed as a deed")],
        choices=[choice("yes", "Yes"), choice("no", "No")],
        description="A sealed agreement is kept 12 years, any other 6",
    )


class EraseForm(Form):
    reason = TextField("Why does it go before its day?", [Needed("Enter why the case goes before its day")], words=100,
                       description="Do not name anybody: the reason stays on the list of what was erased")  # fmt: skip
    sure = TickField("I understand that this cannot be undone", [Needed("Tick the box if it is to go for good")])


@bp.get("")
@requires(Permission.PERSONAL_DATA)
def index() -> str | Response:
    if name := request.args.get("reference", "").strip()[:40]:
        return redirect(url_for(".show", public_id=_named(name).public_id))
    until = today() + AHEAD
    cases, accounts = kept.due_cases(until), kept.due_accounts(until)
    gone, people = kept.tombstones(), kept.people_erased()
    names = kept.names_of([*(one.erased_by_id for one in gone), *(one.erased_by_id for one in people)])
    return render_template(
        "admin/retention.html", cases=cases, accounts=accounts, gone=gone, people=people, names=names,
        holds=kept.holds().values(), schedule=SCHEDULE, as_at=AS_AT, confirm=CONFIRM, stages=STAGES,
    )  # fmt: skip


@bp.get("/<public_id>")
@requires(Permission.PERSONAL_DATA)
def show(public_id: str) -> str:
    submission = _find(public_id)
    return render_template(
        "admin/retention_case.html", submission=submission, stage=STAGES[submission.stage], schedule=SCHEDULE,
        due=kept.due_case(submission), hold=kept.hold_of(submission), end=db.session.get(ProvisionEnd, submission.id),
        opened=submission.stage is Stage.OPEN,
    )  # fmt: skip


@bp.route("/<public_id>/hold", methods=["GET", "POST"])
@requires(Permission.PERSONAL_DATA)
def hold(public_id: str) -> str | Response:
    submission, form = _find(public_id), HoldForm()
    if form.validate_on_submit():
        try:
            retention.hold(submission, reason=form.reason.data, review_on=form.review_on.data, by=actor())
            return _done(submission, f"{submission.name} is held back.")
        except Invalid as refused:
            show_refusal(refused, form)
    return render_template("admin/retention_hold.html", submission=_find(public_id), form=form)


@bp.post("/<public_id>/lift")
@requires(Permission.PERSONAL_DATA)
def lift(public_id: str) -> Response:
    submission = _find(public_id)
    held: Hold | None = kept.hold_of(submission)
    if held is None:
        raise Refused("This case is not held back.")
    retention.lift(held, by=actor())
    return _done(submission, f"{submission.name} is no longer held back.")


@bp.route("/<public_id>/ended", methods=["GET", "POST"])
@requires(Permission.PERSONAL_DATA)
def ended(public_id: str) -> str | Response:
    submission, form = _find(public_id), EndForm()
    if form.validate_on_submit():
        try:
            by_deed = form.deed.data == "yes"
            retention.note_end(submission, ended_on=form.ended_on.data, by_deed=by_deed, by=actor())
            return _done(submission, "The day is noted. The period runs from it.")
        except Invalid as refused:
            show_refusal(refused, form)
    return render_template("admin/retention_ended.html", submission=_find(public_id), form=form)


@bp.route("/<public_id>/erase", methods=["GET", "POST"])
@requires(Permission.PERSONAL_DATA)
@recently_confirmed
def erase(public_id: str) -> str | Response:
    """Confirm before harm: the page lists exactly what goes."""
    submission, form = _find(public_id), EraseForm()
    if form.validate_on_submit():
        name = submission.name
        retention.erase_early(submission, reason=form.reason.data, by=actor())
        db.session.commit()
        flash(f"{name} is erased.", "success")
        return redirect(url_for(".index"))
    rows = [(ROWS.get(table, table), count) for table, count in kept.counts(submission.id).items()]
    return render_template(
        "admin/retention_erase.html", submission=submission, form=form, rows=rows, held=kept.hold_of(submission),
        files=len(kept.file_keys(submission.id)),
    )  # fmt: skip


def _find(public_id: str) -> Submission:
    submission = kept.case_of(public_id)
    if submission is None:
        raise NotFound
    if not may(actor(), Permission.PERSONAL_DATA, submissions.case_facts(submission)):
        raise NotAllowed  # a conflict on the case takes this away too
    return submission


def _named(name: str) -> Submission:
    submission = kept.case_named(name)
    if submission is None:
        raise Refused(f"There is no case “{name}”. Enter a reference such as EOI-2026-0001.")
    return submission


def _done(submission: Submission, words: str) -> Response:
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".show", public_id=submission.public_id))
