"""The conditions of an approval, as the school works on them: what is due, and the evidence that it sends."""

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Condition, Submission
from eoi.queries import condition_board as board
from eoi.queries import review
from eoi.rules.errors import BadFile, NotFound
from eoi.rules.permissions import Permission
from eoi.rules.scanning import Verdict
from eoi.web.access import actor, find_submission, note_download, requires
from eoi.web.apply.blueprint import bp
from eoi.web.apply.documents import ACCEPT, taken
from eoi.web.stored import send
from eoi.workflow import delivery
from eoi.workflow.drafting import MOST_BYTES


@bp.get("/<public_id>/conditions")
@requires(Permission.READ_OWN)
def conditions(public_id: str) -> str:
    submission = find_submission(public_id)
    return _page(submission, _told(submission), {})


@bp.post("/<public_id>/conditions/<int:number>")
@requires(Permission.ANSWER)
def send_evidence(public_id: str, number: int) -> str | AnyResponse:
    """Send one file for a condition: checked, scanned and stored before anything is written."""
    submission = find_submission(public_id)
    found = _told(submission)
    condition = next((one for one in found if one.number == number), None)
    if condition is None:
        raise NotFound
    field = f"file-{number}"
    chosen = request.files.get(field)
    room = MOST_BYTES - sum(one.size for one in board.evidence([condition]).get(condition.id, []))
    try:
        if chosen is None or not chosen.filename:
            raise BadFile("Choose a file")
        upload = taken(field, chosen, room)
        if upload.scanned is Verdict.HELD:
            raise BadFile("The virus check does not answer. Try again in a few minutes")
    except BadFile as refused:
        return _page(submission, found, {field: refused.message})
    delivery.add_evidence(
        submission, condition, name=upload.name, kind=upload.kind, size=upload.size, key=upload.key, by=actor()
    )
    db.session.commit()
    flash(f"Sent for condition {number}.", "success")
    return redirect(url_for(".conditions", public_id=public_id))


@bp.get("/<public_id>/evidence/<document_id>")
@requires(Permission.READ_OWN)
def evidence(public_id: str, document_id: str) -> Response:
    """A file that was sent for a condition, to save."""
    found = board.piece(find_submission(public_id), document_id)
    if found is None:
        raise NotFound
    note_download()
    return send(found.key, found.name, found.kind)


def _told(submission: Submission) -> list[Condition]:
    """The conditions that the school has been told of."""
    found = review.conditions(submission) if submission.letter_issued else []
    if not found:
        raise NotFound
    return list(found)


def _page(submission: Submission, found: list[Condition], errors: dict[str, str]) -> str:
    return render_template("apply/conditions.html", submission=submission, conditions=found, errors=errors,
                           sent=board.evidence(found), accept=ACCEPT)  # fmt: skip
