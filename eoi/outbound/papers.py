"""Papers to HTML: one function a paper. `eoi/outbound/pdf_pool.py` makes the PDF of what they return."""

from collections.abc import Sequence
from typing import Any

from eoi.outbound.render import render
from eoi.rules.papers import BlankFormPaper, EoiPaper, LetterPaper, MinutePaper, PackPaper, SummaryPaper
from eoi.rules.round_report import RoundReport
from eoi.rules.wording.filling import fill

DEMONSTRATION = "Demonstration, not a decision"
DRAFT = "Draft, not issued"


def letter_html(paper: LetterPaper, draft: bool = False, *, marks: bool = False, signature: str = "") -> str:
    """A letter to a headteacher. A draft says on each page that it is one.

    `marks` marks what comes from the record, for a page. `signature` is a picture as a `data:` address, which only an
    issued letter bears.
    """
    notes = [_mark(paper.demonstration), DRAFT if draft else ""]
    mark = ". ".join(note for note in notes if note)
    blocks = fill(paper).shapes
    return render("print/letter.html", paper=paper, blocks=blocks, marks=marks, mark=mark, signature=signature)


def summary_html(paper: SummaryPaper, with_answers: bool = False) -> str:
    """The officers' two pages; at choice followed by the school's answers, section by section."""
    return render("print/summary.html", paper=paper, with_answers=with_answers, mark=_mark(paper.demonstration))


def selection_html(papers: Sequence[SummaryPaper], with_answers: bool = False) -> str:
    """Several summaries as one document: a cover with the list, and a bookmark for each. At least one."""
    demonstration = any(paper.demonstration for paper in papers)
    return render("print/selection.html", papers=papers, with_answers=with_answers, mark=_mark(demonstration))


def pack_html(paper: PackPaper) -> str:
    """The papers of a panel meeting: cover with the agenda, need lines, scores, and two pages a case."""
    return render("print/pack.html", paper=paper, mark=_mark(paper.demonstration))


def minute_html(paper: MinutePaper) -> str:
    """The minute of a panel meeting. One that is not closed says on each page that it is a draft."""
    marks = [_mark(paper.demonstration), "" if paper.closed else "Draft minute, the meeting is not closed"]
    return render("print/minute.html", paper=paper, mark=". ".join(mark for mark in marks if mark))


def eoi_html(paper: EoiPaper) -> str:
    """The school's own copy of what it submitted."""
    return render("print/eoi.html", paper=paper, mark=_mark(paper.demonstration))


def blank_form_html(paper: BlankFormPaper) -> str:
    """All questions with room to write."""
    return render("print/blank.html", paper=paper, mark=_mark(paper.demonstration))


def board_html(council: str, title: str, demonstration: bool, **facts: Any) -> str:
    """The need board as a paper: pictures, tables and sentences that say the same."""
    return render("print/board.html", council=council, title=title, mark=_mark(demonstration), **facts)


def round_report_html(council: str, report: RoundReport, demonstration: bool, made_on: str, illustrative: bool) -> str:
    """The report of a round."""
    areas = [(a.district, a.sought, a.offers, a.offered, a.approved, a.share) for a in report.areas]
    facts = {"areas": areas, "made_on": made_on, "illustrative": illustrative}
    return render("print/round_report.html", council=council, report=report, mark=_mark(demonstration), **facts)


def _mark(demonstration: bool) -> str:
    return DEMONSTRATION if demonstration else ""
