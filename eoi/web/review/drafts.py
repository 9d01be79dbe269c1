"""Drafts: that they exist, and the cases for an exception that an officer answers. Never a school's answers."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import bank_holidays, db, today
from eoi.models import Submission
from eoi.queries import dashboard
from eoi.queries import exceptions as queries
from eoi.rules import workdays
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission
from eoi.rules.words import LONDON
from eoi.web.access import actor, allowed, requires
from eoi.web.fields import Needed, RadiosField, TextField, VersionField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show as say
from eoi.web.review.blueprint import bp
from eoi.web.typed import page_number
from eoi.workflow import exceptions

ANSWERED_WITHIN = 5  # working days (domain §7, by exception)


class AnswerForm(Form):
    version = VersionField()
    answer = RadiosField(
        "May the school go on to the form?",
        [Needed("Choose whether the school may go on")],
        choices=[
            choice("allow", "Yes, allow the exception", "This is not a decision on the expression of interest"),
            choice("refuse", "No, refuse it"),
        ],
    )
    reason = TextField("Reason", [Needed("Enter the reason")], words=150, description="The school reads it in an email")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case for an exception, and the day by which it is answered."""

    submission: Submission

    @property
    def asked_on(self) -> date:
        return self.submission.changed_at.astimezone(LONDON).date()

    @property
    def due_on(self) -> date:
        return workdays.add(self.asked_on, ANSWERED_WITHIN, bank_holidays())

    @property
    def is_late(self) -> bool:
        return self.due_on < today()


@bp.get("/drafts")
@requires(Permission.REVIEW)
def drafts() -> str:
    """The drafts that exist, and for those who check cases the exceptions asked for. No answer of a school is read."""
    rows, total = dashboard.drafts(page_number())
    waiting = [Waiting(one) for one in queries.waiting()] if allowed(Permission.CHECK) else None
    pages = -(-total // dashboard.DRAFTS_PAGE)
    page = min(page_number(), max(pages, 1))
    return render_template("review/drafts.html", waiting=waiting, rows=rows, total=total, page=page, pages=pages)


@bp.route("/drafts/<public_id>/exception", methods=["GET", "POST"])
@requires(Permission.CHECK)
def exception(public_id: str) -> str | Response | tuple[str, int]:
    submission = queries.find(public_id)
    if submission is None:
        raise NotFound
    form = AnswerForm(version=submission.version)
    if form.validate_on_submit():
        allowed = form.answer.data == "allow"
        try:
            exceptions.answer(submission, allowed, form.reason.data, seen=form.version.data, by=actor())
            db.session.commit()
            flash(f"{submission.school.name}: the exception is {'allowed' if allowed else 'refused'}.", "success")
            return redirect(url_for(".drafts"))
        except Invalid as refused:
            say(refused, form)
    strand = submission.round.facts().strand(submission.path, submission.need, submission.phase)
    page = render_template(
        "review/exception.html", submission=submission, waiting=Waiting(submission), form=form, strand=strand
    )
    return (page, 422) if form.errors else page
