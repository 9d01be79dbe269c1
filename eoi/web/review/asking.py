"""Asking the school: returned for information, a clarification, more time to answer."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.models import Clarification, Submission
from eoi.models.review import Asking
from eoi.queries import cases, review
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.transitions import transition
from eoi.rules.words import long_date
from eoi.web.access import actor, requires
from eoi.web.fields import DateField, Needed, TextField
from eoi.web.review import telling
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import clarifying

MOST_WORDS = 300


class AskForm(SeenForm):
    """What is asked. The questions of the form that it is about stand beside, section by section."""

    text = TextField("What you ask", [Needed("Enter what you ask")], words=MOST_WORDS)
    due_on = DateField("Answer by (optional)", noun="the date to answer by")


class CloseForm(SeenForm):
    reason = TextField("Why you close it", [Needed("Enter why you close it")], words=100)


class ExtendForm(SeenForm):
    due_on = DateField("New date", [Needed("Enter the new date")], noun="the new date")
    reason = TextField("Why more time is given", [Needed("Enter why more time is given")], words=100)


@bp.route("/submissions/<ref>/ask/<any('information', 'clarification'):kind>", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def ask(ref: str, kind: str) -> str | Response:
    """The school answers the named questions only. Its letter or mail is promised with the question."""
    submission, asking = find_case(ref, Permission.ASK), Asking(kind)
    step = transition(submission.stage, clarifying.ACTIONS[asking])
    form, sections = AskForm(version=submission.version), telling.sections_of(cases.sent(submission))
    keys = [key for section in sections for key in request.form.getlist(f"ask-{section['key']}")]
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        wrong = attempt(
            lambda: clarifying.ask(
                submission,
                asking,
                form.text.data,
                dict.fromkeys(keys),
                due_on=form.due_on.data,
                seen=form.version.data,
                by=actor(),
            ),
            {"What you ask": form.text.data},
        )
        if not wrong:
            flash(f"{step.done}. The school has until {_due(submission.due_on)}.", "success")
            return redirect(url_for(".show", ref=ref))
    return render_template(
        "review/ask.html", submission=submission, step=step, form=form, sections=sections, chosen=keys,
        errors=_at_first_section(told(form, wrong), sections), letter=asking is Asking.INFORMATION,
    )  # fmt: skip


def _due(day: Any) -> str:
    return long_date(day) if day else "it answers"


def _at_first_section(wrong: dict[str, str], sections: list[Any]) -> dict[str, str]:
    """The message on the choice of questions belongs to the first group of boxes."""
    first = f"ask-{sections[0]['key']}" if sections else ""
    return {first if name == "keys" else name: message for name, message in wrong.items()}


@bp.route("/submissions/<ref>/questions/<int:number>/extend", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def extend(ref: str, number: int) -> str | Response:
    submission, question = _find_question(ref, number)
    form, wrong = ExtendForm(version=submission.version), {}
    if form.validate_on_submit():
        due, reason = form.due_on.data, form.reason.data
        wrong = attempt(
            lambda: clarifying.extend(question, due, reason, seen=form.version.data, by=actor()),
            {"Why more time is given": reason},
        )
        if not wrong:
            flash(f"The school has until {long_date(due)}.", "success")
            return redirect(url_for(".show", ref=ref))
    return render_template(
        "review/extend.html", submission=submission, question=question, form=form, errors=told(form, wrong)
    )


@bp.route("/submissions/<ref>/questions/<int:number>/close", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def close_question(ref: str, number: int) -> str | Response:
    """The school does not answer, or need not: the case goes on, and our clock with it."""
    submission, question = _find_question(ref, number)
    form, wrong = CloseForm(version=submission.version), {}
    if form.validate_on_submit():
        reason = form.reason.data
        wrong = attempt(
            lambda: clarifying.close(question, reason, seen=form.version.data, by=actor()), {"Why you close it": reason}
        )
        if not wrong:
            flash("The question is closed, and the school is told.", "success")
            return redirect(url_for(".show", ref=ref))
    return render_template(
        "review/close_question.html", submission=submission, question=question, form=form, errors=told(form, wrong)
    )


def _find_question(ref: str, number: int) -> tuple[Submission, Clarification]:
    submission = find_case(ref, Permission.ASK)
    question = next((one for one in review.clarifications(submission) if one.id == number), None)
    if question is None:
        raise NotFound
    return submission, question
