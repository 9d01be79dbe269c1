"""What was decided in a round: the list, all its letters in one ZIP, and the feedback sheet of a case."""

import tempfile
import zipfile

from flask import Response, flash, g, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.models import Letter, Round, Submission
from eoi.outbound import press
from eoi.outbound.papers import letter_html
from eoi.queries import letters, papers, review, rounds
from eoi.rules.errors import NotFound
from eoi.rules.papers import LetterKind
from eoi.rules.papers.ends import END_LABELS
from eoi.rules.permissions import Permission
from eoi.web.access import actor, find_submission, note_download, requires
from eoi.web.apply.blueprint import bp as apply
from eoi.web.letters.blueprint import bp
from eoi.web.letters.files import letter_name, sent, stored
from eoi.web.review.opening import find_case

IN_MEMORY = 8 * 1024 * 1024
MOST = 500  # letters of one ZIP


@bp.get("/letters/rounds/<slug>")
@requires(Permission.EXPORT)
def decisions(slug: str) -> str:
    """Every decision that holds, with the letter that tells it."""
    round = _found(slug)
    found = letters.of_round(actor(), round.id)
    opened = letters.first_opened([letter for _, _, letter in found if letter])
    return render_template("letters/decisions.html", round=round, found=found, opened=opened, ends=END_LABELS)


@bp.get("/letters/rounds/<slug>/letters.zip")
@requires(Permission.EXPORT)
def round_letters(slug: str) -> AnyResponse:
    """The letters of the round as they were issued. That they were taken is noted for each case."""
    round = _found(slug)
    issued = [(case, letter) for case, _, letter in letters.of_round(actor(), round.id) if letter and letter.key]
    if not issued:
        flash("No letter of this round has been issued yet.", "info")
        return redirect(url_for(".decisions", slug=slug))
    packed = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for _, letter in issued[:MOST]:
            archive.writestr(letter_name(letter.number), stored(letter.key))
    g.opened = [case.id for case, _ in issued]
    packed.seek(0)
    return send_file(packed, "application/zip", as_attachment=True, download_name=f"Letters {round.name}.zip")


@bp.get("/review/submissions/<ref>/feedback.pdf")
@requires(Permission.READ_CASE)
def feedback(ref: str) -> Response:
    """The sheet for the feedback call, before the school has it."""
    return _sheet(find_case(ref, Permission.SEE_SCORES))


@apply.get("/<public_id>/feedback.pdf")
@requires(Permission.READ_OWN)
def feedback_sheet(public_id: str) -> Response:
    """The school's own, once its letter is told."""
    submission = find_submission(public_id)
    if not submission.letter_issued:
        raise NotFound
    note_download()
    return _sheet(submission)


def _sheet(submission: Submission) -> Response:
    decision = review.decision(submission)
    if decision is None:
        raise NotFound
    sheet = Letter(submission=submission, decision=decision, kind=LetterKind.FEEDBACK, version=1, overruled=[],
                   number=f"{submission.reference}/F", paragraph="", closing="")  # fmt: skip
    html = letter_html(papers.letter(sheet))
    return sent(press.print_pdf(html), f"{submission.reference} feedback.pdf")


def _found(slug: str) -> Round:
    round = rounds.by_slug(slug)
    if round is None:
        raise NotFound
    return round
