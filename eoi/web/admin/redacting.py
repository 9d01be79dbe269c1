"""Redact and log: words, a message or a file that tell of a child, taken out of a case by an officer."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Redaction, Submission
from eoi.outbound import files
from eoi.queries import drafts, redactions
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission
from eoi.rules.redacting import mark
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, SelectField, TextField, TickField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.web.review.opening import find_case
from eoi.workflow import redacting

bp = Blueprint("redacting", __name__, url_prefix="/review/submissions/<ref>/redact")


class RedactForm(Form):
    what = SelectField("What is to go?", [Needed("Choose what is to go")])
    reason = TextField("Why?", [Needed("Enter why this is taken out")], words=50,
                       description="Say what kind of information it is. Do not repeat it")  # fmt: skip
    sure = TickField("I understand that this cannot be undone", [Needed("Tick the box if it is to go for good")])


@bp.route("", methods=["GET", "POST"])
@requires(Permission.REDACT)
def redact(ref: str) -> str | Response:
    submission, form = find_case(ref, Permission.REDACT), RedactForm()
    form.what.choices = [choice("", "Choose"), *(choice(*one) for one in redactions.choices(submission))]
    if form.validate_on_submit():
        try:
            _take_out(submission, form.what.data, form.reason.data)
            db.session.commit()
            flash("It is taken out. The data protection officer is told.", "success")
            return redirect(url_for(".redact", ref=ref))
        except Invalid as refused:
            show(refused, form)
    return render_template(
        "admin/redact.html", submission=submission, ref=ref, form=form, done=redactions.of_case(submission),
        dpo=current_app.config["COUNCIL_DPO_EMAIL"],
    )  # fmt: skip


def _take_out(submission: Submission, what: str, reason: str) -> Redaction:
    kind, _, name = what.partition(" ")
    if kind == "answer":
        return redacting.redact_answer(submission, name, reason, by=actor())
    if kind in ("text", "reply"):
        return redacting.redact_reply(submission, int(name), kind, reason, by=actor())
    document = drafts.document(submission, name)
    if document is None:
        raise NotFound
    stub = files.open_store(current_app.config["FILES_URL"]).put(redacting.stub(mark(now())))
    return redacting.redact_document(document, stub, reason, by=actor())
