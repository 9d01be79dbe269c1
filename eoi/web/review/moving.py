"""The page of every move that has none of its own: what happens, what must be recorded, one button."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, today
from eoi.models import Submission, Visit
from eoi.queries import talking
from eoi.rules import answers, clocks
from eoi.rules.boxes import kept, typed
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Section
from eoi.rules.records import RECORDS
from eoi.rules.stages import STAGES, Court
from eoi.rules.talking import GROUND_LABELS, Wish
from eoi.rules.transitions import BY_ACTION, Transition, transition
from eoi.rules.words import LONDON, long_date
from eoi.web.access import actor, requires
from eoi.web.drawing import change_rows
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, find_case
from eoi.workflow import following, stages, wishes

ASK_REVIEW = "ask_review"


@bp.route("/submissions/<ref>/move/<action>", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def move(ref: str, action: str) -> str | Response:
    step = BY_ACTION.get(action)
    if step is None or step.own_page:
        raise NotFound
    submission = find_case(ref, step.needs)
    transition(submission.stage, action)
    section = RECORDS.get(step.record)
    form = SeenForm(version=submission.version)
    boxes = typed_of(section) if form.is_submitted() else noted(submission, section) | _as_asked(submission, action)
    wrong: dict[str, str] = {}
    if form.validate_on_submit() and not (section and change_rows(section.questions, boxes, request.form)):
        wrong = _make(submission, step, section, boxes, form.version.data)
        if not wrong:
            flash(f"{submission.reference}: {step.done.lower()}.", "success")
            return redirect(url_for(".show", ref=ref))
    return render_template(
        "review/move.html", submission=submission, step=step, section=section, form=form, typed=boxes, errors=wrong,
        target=STAGES[step.target] if step.target else None, due=_due(submission, step), Court=Court,
    )  # fmt: skip


def noted(submission: Submission, section: Section | None) -> dict[str, Any]:
    """What the boxes of a record hold at first: the notes of the visit, for its record; else nothing."""
    visit = db.session.get(Visit, submission.id) if section is RECORDS["visit"] else None
    return typed(section, visit.answers, visit.unfinished) if section and visit else typed_of(section)


def typed_of(section: Section | None) -> dict[str, Any]:
    """What the boxes of a record hold: what was typed, or nothing yet."""
    if section is None:
        return {}
    return {q.key: kept(q, answers.typed_from_form(q, request.form)) for q in section.questions}


def _make(
    submission: Submission, step: Transition, section: Section | None, boxes: dict[str, Any], seen: int
) -> dict[str, str]:
    """Make the move with its record. What is missing or refused comes back by field."""
    record: dict[str, Any] = {}
    if section:
        saved = answers.save(section, submission.facts(), boxes)
        missing = answers.wrong(section, saved.answers, submission.facts(), today())
        wrong = {key: text for key, text in missing.items() if not refused(key, saved.errors)} | saved.errors
        if wrong:
            return wrong
        record = saved.answers
    yours = {q.label: answers.shown(q, record.get(q.key)) for q in section.questions} if section else {}
    return attempt(lambda: _move(submission, step, record, seen), yours)


def _move(submission: Submission, step: Transition, record: dict[str, Any], seen: int) -> None:
    following.move(submission, step.action, by=actor(), seen=seen, record=record)
    if step.action == ASK_REVIEW:
        wishes.take_up(submission, by=actor())


def _as_asked(submission: Submission, action: str) -> dict[str, Any]:
    """The boxes of a review of process as the school's own request fills them."""
    asked = talking.open_request(submission, Wish.REVIEW) if action == ASK_REVIEW else None
    if asked is None:
        return {}
    day = asked.asked_at.astimezone(LONDON)
    ground = f"{GROUND_LABELS[asked.ground]}. " if asked.ground else ""
    return {
        "asked_on": {"day": str(day.day), "month": str(day.month), "year": str(day.year)},
        "grounds": f"{ground}{asked.text}",
    }


def refused(key: str, errors: dict[str, str]) -> bool:
    """Whether what was typed for this question was refused, so that it is not missing."""
    return any(name == key or name.startswith(f"{key}-") for name in errors)


def _due(submission: Submission, step: Transition) -> str:
    """The day by which the next stage should be left, in words."""
    if step.target is None:
        return ""
    due = clocks.due_on(step.target, today(), stages.closed_days(submission, step.target))
    return long_date(due) if due else ""
