"""The decision page: the advice, what is decided, a look at exactly what will be recorded, and then the record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, today
from eoi.models import Decision, Submission
from eoi.queries import letters, need, review, round_decisions
from eoi.rules import answers, boxes
from eoi.rules.decision import said, section
from eoi.rules.errors import MovedOn, WrongStage
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Section
from eoi.rules.records import RECORDS
from eoi.rules.transitions import transition
from eoi.rules.words import Outcome
from eoi.web.access import actor, requires
from eoi.web.drawing import change_rows
from eoi.web.review.blueprint import bp
from eoi.web.review.moving import refused
from eoi.web.review.opening import SeenForm, find_case
from eoi.workflow import deciding
from eoi.workflow.deciding import ConditionWanted, Grounds
from eoi.workflow.stages import MOVED

Answers = Mapping[str, Any]


@bp.route("/submissions/<ref>/decision", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def decision(ref: str) -> str | Response:
    submission = find_case(ref, Permission.DECIDE)
    asked, form = section(submission.round.criteria), SeenForm(version=submission.version)
    typed = {q.key: answers.typed_from_form(q, request.form) for q in asked.questions}
    if not form.validate_on_submit():
        transition(submission.stage, "approve")
        proposed = round_decisions.proposals([submission.id]).get(submission.id, {})
        return _draw(submission, asked, form, boxes.typed(asked, proposed, {}))
    if change_rows(asked.questions, typed, request.form) or request.form.get("step") == "change":
        return _draw(submission, asked, form, typed)
    saved = answers.save(asked, submission.facts(), typed)
    if form.version.data != submission.version:
        raise _moved_on(submission, asked, saved.answers)
    if wrong := _wrong(submission, asked, saved):
        return _draw(submission, asked, form, typed, wrong)
    if request.form.get("step") != "record":
        shown = said(asked, saved.answers)
        return render_template("review/decision_check.html", submission=submission, form=form, said=shown, kept=_kept())
    return _record(submission, asked, saved.answers, form.version.data)


def _record(submission: Submission, asked: Section, given: Answers, seen: int) -> Response:
    outcome = Outcome(given["outcome"])
    try:
        made = deciding.decide(submission, outcome, grounds_of(outcome, given), seen=seen, by=actor())
        db.session.commit()
    except (MovedOn, WrongStage):  # somebody else was quicker by less than a second
        db.session.rollback()
        raise _moved_on(submission, asked, given) from None
    draft = letters.telling(made)
    flash(f"Decision recorded for {submission.reference}. Its letter is drafted: read it, then issue it.", "success")
    return redirect(url_for("letters.show", ref=submission.reference, name=draft.public_id))


def grounds_of(outcome: Outcome, given: Answers) -> Grounds:
    """The answers as the verb takes them."""
    reasons = given.get("reasons") or {}
    return Grounds(
        equality=given.get("equality", ""),
        strengths=given.get("strengths", ""),
        would_help=given.get("would_help", ""),
        reason=given.get("defer_reason" if outcome is Outcome.DEFERRED else "departure", ""),
        needed=given.get("needed", ""),
        needed_by=_day(given.get("needed_by")),
        review_on=_day(given.get("review_on")),
        reasons=tuple((key, text) for key, text in reasons.items() if text),
        conditions=tuple(
            ConditionWanted(c["text"], c["evidence"], c["owner"], date.fromisoformat(c["due"]))
            for c in given.get("conditions") or ()
        ),
    )


def _wrong(submission: Submission, asked: Section, saved: answers.Saved) -> dict[str, str]:
    """What was refused and what is missing, in the order of the page."""
    missing = _missing(submission, asked, saved.answers)
    found = saved.errors | {key: missing[key] for key in missing if not refused(key, saved.errors)}
    order = [q.key for q in asked.questions]
    return dict(sorted(found.items(), key=lambda item: order.index(item[0].partition("-")[0])))


def _missing(submission: Submission, asked: Section, given: Answers) -> dict[str, str]:
    """What the outcome still needs, by the names of this page's fields."""
    if "outcome" not in given:
        return {"outcome": "Choose what you decide"}
    outcome = Outcome(given["outcome"])
    rows = answers.wrong(asked, given, submission.facts(), today()).get("conditions")
    if outcome is Outcome.CONDITIONS and rows:
        return {"conditions": rows}
    found = deciding.problems(submission, outcome, grounds_of(outcome, given))
    reason = "defer_reason" if outcome is Outcome.DEFERRED else "departure"
    return {reason if key == "reason" else key: message for key, message in found.items()}


def _moved_on(submission: Submission, asked: Section, given: Answers) -> MovedOn:
    """Both texts: what is recorded now, and what this person typed."""
    recorded = review.decision(submission)
    theirs = (
        said(asked, _answers_of(recorded)) if recorded else {"Decision": "None is recorded. The case itself changed."}
    )
    return MovedOn(MOVED, theirs, said(asked, given))


def _answers_of(made: Decision) -> dict[str, Any]:
    reason = "defer_reason" if made.outcome is Outcome.DEFERRED else "departure"
    return {
        "outcome": made.outcome.value,
        "conditions": [
            {"text": c.text, "evidence": c.evidence, "owner": c.owner, "due": c.due_on.isoformat()}
            for c in made.conditions
        ],
        "reasons": {r.criterion: r.text for r in made.reasons},
        "would_help": made.would_help,
        "review_on": made.review_on.isoformat() if made.review_on else None,
        "strengths": made.strengths,
        "needed": made.needed,
        "needed_by": made.needed_by.isoformat() if made.needed_by else None,
        "equality": made.equality,
        reason: made.reason,
    }


def _draw(
    submission: Submission, asked: Section, form: SeenForm, typed: Answers, errors: dict[str, str] | None = None
) -> str:
    panel = review.records(submission).get("panel")
    questions = RECORDS["panel"].questions
    return render_template(
        "review/decision.html",
        submission=submission,
        section=asked,
        form=form,
        typed=typed,
        errors=errors or {},
        panel={q.key: answers.shown(q, panel.answers.get(q.key)) for q in questions} if panel else {},
        scores=review.result_of(submission),
        need=need.line_for(submission.district_code, submission.need, submission.phase, submission.path),
    )


def _kept() -> list[tuple[str, str]]:
    """Every field as it was posted, to travel through the check."""
    return [
        (name, text) for name, text in request.form.items(multi=True) if name not in ("csrf_token", "step", "version")
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
