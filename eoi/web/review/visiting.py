"""The notes of a site visit, written on a phone and saved while they are typed."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Submission, Visit
from eoi.rules import answers
from eoi.rules.errors import MovedOn, WrongStage
from eoi.rules.permissions import Permission
from eoi.rules.stages import Stage
from eoi.rules.transitions import BY_ACTION
from eoi.rules.words import clock_time
from eoi.web import errors
from eoi.web.access import actor, requires
from eoi.web.review.blueprint import bp
from eoi.web.review.moving import noted, typed_of
from eoi.web.review.opening import SeenForm, find_case
from eoi.workflow import visiting
from eoi.workflow.visiting import FIRST, NOTES

Answer = str | Response | tuple[str | Response, int]

ELSEWHERE = "Somebody else has changed these notes meanwhile. Save shows you both texts."


@bp.route("/submissions/<ref>/visit", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def visit(ref: str) -> Answer:
    submission = find_case(ref, Permission.VISIT)
    if submission.stage is not Stage.VISIT:
        raise WrongStage("Visit notes are written while the case is at the visit.")
    form = SeenForm()
    if not form.validate_on_submit():
        return _drawn(submission, noted(submission, NOTES))
    boxes = typed_of(NOTES)
    try:
        saved = visiting.save(submission, boxes, seen=form.version.data, by=actor())
        db.session.commit()
    except MovedOn:
        return _moved_on(submission, boxes)
    if errors.wants_json():  # saved while it is typed: what is wrong is said when the person goes on
        held = db.session.get_one(Visit, submission.id)
        return jsonify(version=held.version, message=f"Saved at {clock_time(now())}.")
    if saved.errors:
        return _drawn(submission, boxes, saved.errors), 422
    if request.form.get("then") == "record":
        return redirect(url_for(".move", ref=ref, action="visited"))
    flash("Your notes are saved.", "success")
    return redirect(url_for(".visit", ref=ref))


def _drawn(submission: Submission, boxes: dict[str, Any], wrong: dict[str, str] | None = None) -> str:
    held = db.session.get(Visit, submission.id)
    return render_template(
        "review/visit.html", submission=submission, section=NOTES, typed=boxes, errors=wrong or {}, held=held,
        form=SeenForm(formdata=None, version=held.version if held else FIRST), step=BY_ACTION["visited"],
    )  # fmt: skip


def _moved_on(submission: Submission, boxes: dict[str, Any]) -> Answer:
    """Somebody saved the notes meanwhile: their text and yours, and neither is lost."""
    db.session.rollback()
    if errors.wants_json():
        return jsonify(message=ELSEWHERE), 409
    theirs, yours = _texts(noted(submission, NOTES)), _texts(boxes)
    raise MovedOn("", theirs, yours)


def _texts(boxes: dict[str, Any]) -> dict[str, str]:
    """Label -> what stands in the box."""
    found = {q.label: (q, answers.parse(q, boxes.get(q.key))) for q in NOTES.questions}
    return {label: answers.shown(q, value) for label, (q, (value, _)) in found.items()}
