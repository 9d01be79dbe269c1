"""Scoring: each criterion beside the answers that it concerns; saved as one goes, locked at the end."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.models import Score, Submission
from eoi.queries import cases, review
from eoi.rules import answers
from eoi.rules.boxes import kept
from eoi.rules.errors import NotFound, WrongStage
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.scoring import ANCHORS, Criterion
from eoi.rules.words import Step, count_of
from eoi.web.access import actor, requires
from eoi.web.fields import TextField
from eoi.web.panel.blueprint import bp
from eoi.web.review import telling
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import scoring
from eoi.workflow.scoring import SCORING, Mark

COMMENT_WORDS = 150
ABSTAIN = "abstain"
GRADES = (*((str(value), f"{value}. {words}") for value, words in ANCHORS), (ABSTAIN, "I abstain: I cannot judge this"))


@dataclass(frozen=True, slots=True)
class Beside:
    """A criterion with its two questions to the scorer and the school's answers that it concerns."""

    criterion: Criterion
    grade: Question
    comment: Question
    answers: list[Any]


def questions_of(criterion: Criterion) -> tuple[Question, Question]:
    """The score, 0 to 4 in words, and the comment, in the names that the verbs use for their messages."""
    name = criterion.title[:1].lower() + criterion.title[1:]
    grade = Question(criterion.key, f"Your score for {name}", Kind.ONE_OF, options=GRADES)
    comment = Question(f"{criterion.key}-comment", f"Your comment on {name}", Kind.TEXT, words=COMMENT_WORDS)
    return grade, comment


def _section(submission: Submission) -> Section:
    asked = tuple(question for c in submission.round.criteria for question in questions_of(c))
    return Section("scores", "Scores", Step.REVIEW, asked)


@bp.route("/<ref>", methods=["GET", "POST"])
@requires(Permission.SCORE)
def score(ref: str) -> str | Response:
    submission = find_case(ref, Permission.SCORE)
    section, form = _section(submission), SeenForm(version=submission.version)
    own, assignment = review.own_scores(submission, actor().id or 0), _assignment(submission)
    open_now = submission.stage in SCORING and assignment.locked_at is None
    typed, wrong = _typed_from(own, section), {}
    if form.validate_on_submit():
        typed = {q.key: kept(q, answers.typed_from_form(q, request.form)) for q in section.questions}
        wrong = _save(submission, section, typed)
        if not wrong:
            return _after_saving(ref, len(section.questions) // 2, typed)
    return render_template(
        "panel/score.html", submission=submission, form=form, typed=typed, errors=wrong, open_now=open_now,
        assignment=assignment, criteria=_beside(submission), own=own,
    )  # fmt: skip


def _assignment(submission: Submission) -> Any:
    return next(a for a in review.assignments(submission) if a.user_id == actor().id)


def _typed_from(own: dict[str, Score], section: Section) -> dict[str, Any]:
    """What the boxes hold: the scorer's own marks as they are kept."""
    typed: dict[str, Any] = {question.key: "" for question in section.questions}
    for key, mark in own.items():
        typed[key] = ABSTAIN if mark.abstained else "" if mark.value is None else str(mark.value)
        typed[f"{key}-comment"] = mark.comment
    return typed


def _save(submission: Submission, section: Section, typed: dict[str, Any]) -> dict[str, str]:
    saved = answers.save(section, submission.facts(), typed)
    if saved.errors:
        return saved.errors
    marks = {
        c.key: _mark(saved.answers.get(c.key, ""), saved.answers.get(f"{c.key}-comment", ""))
        for c in submission.round.criteria
    }
    return attempt(lambda: scoring.save(submission, marks, by=actor()))


def _mark(grade: str, comment: str) -> Mark:
    return Mark(int(grade) if grade not in ("", ABSTAIN) else None, comment, grade == ABSTAIN)


def _after_saving(ref: str, criteria: int, typed: dict[str, Any]) -> Response:
    if "lock" in request.form:
        return redirect(url_for(".lock", ref=ref))
    given = sum(1 for key, value in typed.items() if value and not key.endswith("-comment"))
    flash(f"Saved. You have scored {given} of {count_of(criteria, 'criterion', 'criteria')}.", "success")
    at = request.form.get("save", "")
    return redirect(url_for(".score", ref=ref, _anchor=f"criterion-{at}" if at.isalnum() and len(at) < 9 else None))


def _beside(submission: Submission) -> list[Beside]:
    """Each criterion with the frozen answers that it concerns, as they stand after any clarification."""
    sent = cases.sent(submission)
    changed = telling.changes(submission, review.clarifications(submission))
    found: dict[str, list[Any]] = {}
    for section in telling.sections_of(sent):
        for question in section["questions"]:
            if question.get("criterion") and question["kind"] != Kind.FILE:
                change = changed.get(question["key"])
                found.setdefault(question["criterion"], []).append({**question, "change": change})
    return [Beside(c, *questions_of(c), found.get(c.key, [])) for c in submission.round.criteria]


@bp.route("/<ref>/lock", methods=["GET", "POST"])
@requires(Permission.SCORE)
def lock(ref: str) -> str | Response:
    """Look once more, then lock: after this the scores cannot be changed, and the others' can be seen."""
    submission = find_case(ref, Permission.SCORE)
    if submission.stage not in SCORING or _assignment(submission).locked_at:
        raise WrongStage("Your scores on this case cannot be changed any more.")
    form, wrong = SeenForm(version=submission.version), {}
    if form.validate_on_submit():
        wrong = attempt(lambda: scoring.lock(submission, by=actor()))
        if not wrong:
            flash(f"Your scores of {submission.reference} are locked.", "success")
            return redirect(url_for(".cases"))
    own = review.own_scores(submission, actor().id or 0)
    return render_template("panel/lock.html", submission=submission, form=form, own=own, errors=wrong)


class ReopenForm(SeenForm):
    reason = TextField(
        "Why these scores are reopened", words=100,
        description="The scorer reads it in an email, and it stays on the record of the case.",
    )  # fmt: skip


@bp.route("/<ref>/reopen/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.PANEL)
def reopen(ref: str, user_id: int) -> str | Response:
    """The chair gives a scorer their locked scores back."""
    submission = find_case(ref, Permission.PANEL)
    locked = next((a for a in review.assignments(submission) if a.user_id == user_id and a.locked_at), None)
    if locked is None:
        raise NotFound
    form, wrong = ReopenForm(version=submission.version), {}
    if form.validate_on_submit():
        seen, reason = form.version.data, form.reason.data
        wrong = attempt(
            lambda: scoring.reopen(submission, locked.user, reason, seen=seen, by=actor()), {"Your reason": reason}
        )
        if not wrong:
            flash(f"The scores of {locked.user.name} are open again.", "success")
            return redirect(url_for("review.reviewed", ref=ref))
    return render_template(
        "panel/reopen.html", submission=submission, form=form, scorer=locked.user, errors=told(form, wrong)
    )
