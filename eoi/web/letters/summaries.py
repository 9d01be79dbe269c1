"""The officers' summary as PDF: of one case, or of those ticked in the list, in one document or in a ZIP."""

import io
import zipfile
from collections.abc import Sequence

from flask import Response, g, request

from eoi.extensions import today
from eoi.models import Submission
from eoi.outbound import press
from eoi.outbound.papers import selection_html, summary_html
from eoi.outbound.pdf_pool import PrintFailed
from eoi.queries import letters, papers
from eoi.rules.errors import NotFound, Refused
from eoi.rules.papers import SummaryPaper
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.letters.blueprint import bp
from eoi.web.letters.files import sent
from eoi.web.review.opening import find_case

MOST = 25  # a page of the list: about fifteen seconds, and a request has a minute


@bp.get("/review/submissions/<ref>/summary.pdf")
@requires(Permission.READ_CASE)
def summary(ref: str) -> Response:
    """The two pages; with `answers=1` followed by the school's answers."""
    with_answers = request.args.get("answers") == "1"
    paper = papers.summary(find_case(ref), actor(), with_answers)
    return sent(press.print_pdf(summary_html(paper, with_answers)), _name(paper))


@bp.get("/review/submissions/summaries")
@requires(Permission.EXPORT)
def selection() -> Response:
    """The cases named by `case`, in the order of their references. That they were taken is noted for each."""
    found = _chosen()
    with_answers = request.args.get("answers") == "1"
    chosen = [papers.summary(submission, actor(), with_answers) for submission in found]
    g.opened = [submission.id for submission in found]
    day = today().isoformat()
    try:
        if request.args.get("format") == "zip":
            return sent(_zipped(chosen, with_answers), f"Summaries {day}.zip", kind="application/zip")
        return sent(press.print_pdf(selection_html(chosen, with_answers)), f"Summaries {day}.pdf")
    except PrintFailed:
        raise Refused("Printing took too long. Tick fewer submissions, and try again.") from None


def _chosen() -> Sequence[Submission]:
    names = sorted(set(request.args.getlist("case")))
    if not names:
        raise Refused("Tick at least one submission first.")
    if len(names) > MOST:
        raise Refused(f"You ticked {len(names)} submissions. Tick at most {MOST} at a time.")
    found = letters.cases(actor(), names)
    if len(found) < len(names):
        raise NotFound
    return found


def _zipped(chosen: Sequence[SummaryPaper], with_answers: bool) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in chosen:
            archive.writestr(_name(paper), press.print_pdf(summary_html(paper, with_answers)))
    return packed.getvalue()


def _name(paper: SummaryPaper) -> str:
    return f"{paper.reference} summary.pdf"
