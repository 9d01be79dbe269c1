"""After it is sent: where it stands, the frozen answers, the PDF copy, the letters."""

from flask import Response, current_app, render_template

from eoi.extensions import now
from eoi.models import Submission
from eoi.queries import drafts, signatures, talking
from eoi.rules.editing import ASKED
from eoi.rules.errors import NotFound
from eoi.rules.papers import LetterKind
from eoi.rules.papers.ends import END_LABELS
from eoi.rules.permissions import Permission
from eoi.rules.road import shown_stage
from eoi.rules.stages import BEFORE_DECISION, Stage
from eoi.rules.talking import has_own_date
from eoi.rules.words import Step
from eoi.web.access import find_submission, note_download, requires
from eoi.web.apply.blueprint import bp, expected_of, standing_of
from eoi.web.apply.changing import may_withdraw
from eoi.web.letters.files import letter_name
from eoi.web.stored import send
from eoi.workflow import wishes

PDF = "application/pdf"


def page(submission: Submission) -> str:
    """Where it stands. Says no more than the school may know."""
    frozen = drafts.latest_snapshot(submission)
    known, issued = shown_stage(submission.stage, submission.letter_issued), drafts.issued_letters(submission)
    return render_template(
        "apply/tracker.html", submission=submission, known=known, standing=standing_of(submission),
        dates=expected_of(submission) if known in BEFORE_DECISION else None,
        question=drafts.asked(submission) if known in ASKED else None,
        letters=[(letter, LetterKind(letter.kind).subject) for letter in issued],
        frozen=frozen, signed=signatures.of(submission, frozen) if frozen else [],
        may_reopen=known is Stage.SUBMITTED and submission.round.is_open(now()),
        may_withdraw=may_withdraw(submission), ends=END_LABELS,
        conditions=submission.letter_issued and any(one.kind == LetterKind.CONDITIONS for one in issued),
        decider=current_app.config["COUNCIL_SIGNATORY_ROLE"], told=talking.told(submission),
        wishes=wishes.offers(submission),
        step_by=submission.due_on if has_own_date(submission.stage) and not submission.on_hold_since else None,
    )  # fmt: skip


@bp.get("/<public_id>/answers")
@requires(Permission.READ_OWN)
def answers(public_id: str) -> str:
    """What was sent, as it was frozen."""
    submission = find_submission(public_id)
    frozen = drafts.latest_snapshot(submission)
    if frozen is None:
        raise NotFound
    files = {(file.question, file.key): file for file in drafts.documents(submission)}
    return render_template(
        "apply/answers.html", submission=submission, frozen=frozen, files=files,
        declarations=drafts.declarations(submission), detail=frozen.step == Step.DETAIL,
    )  # fmt: skip


@bp.get("/<public_id>/copy.pdf")
@requires(Permission.READ_OWN)
def copy(public_id: str) -> str | Response:
    """The PDF that a job prints from the frozen copy; until then a page that says so."""
    submission = find_submission(public_id)
    frozen = drafts.latest_snapshot(submission)
    if frozen is None:
        raise NotFound
    if frozen.pdf_key is None:
        return render_template("apply/copy_pending.html", submission=submission)
    note_download()
    return send(frozen.pdf_key, f"{submission.reference}.pdf", PDF)


@bp.get("/<public_id>/letters/<letter_id>")
@requires(Permission.READ_OWN)
def letter(public_id: str, letter_id: str) -> Response:
    """An issued letter. That it was opened stands in the record of who read what."""
    submission = find_submission(public_id)
    found = drafts.issued_letter(submission, letter_id)
    if found is None or found.key is None:
        raise NotFound
    note_download()
    return send(found.key, letter_name(found.number), PDF, inline=True)
