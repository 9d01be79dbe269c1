"""The printer: what it never fetches, that it repeats itself exactly, and that it survives its children."""

import io
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pytest
from markupsafe import escape

from eoi.outbound.papers import letter_html, summary_html
from eoi.outbound.pdf import render_pdf
from eoi.outbound.pdf_pool import Printer, PrintFailed
from eoi.rules.papers import LetterKind
from tests.outbound import example_cases, examples, reading

SPITEFUL = (
    '<img src="file:///etc/passwd" alt="unreachable">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<object data="file:///etc/passwd"></object>',
    '<style>@import url("file:///etc/passwd"); p { background: url(http://127.0.0.1:9/x) }</style>',
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd' width='9' height='9'/></svg>",
)


@pytest.mark.parametrize("markup", SPITEFUL)
def test_markup_fetches_neither_file_nor_address(markup: str) -> None:
    pdf = render_pdf(f'<html lang="en-GB"><title>T</title><body><p>Before</p>{markup}<p>After</p></body></html>')
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.attachments) == 0
        assert not [
            thing for thing in document.objects if isinstance(thing, pikepdf.Stream) and b"root:" in _raw(thing)
        ]
    assert set(reading.text(pdf).split()) <= {"Before", "After", "unreachable"}


@pytest.mark.parametrize("markup", SPITEFUL)
def test_markup_in_an_answer_is_printed_as_typed(markup: str) -> None:
    html = summary_html(replace(example_cases.early_summary(), in_100_words=markup))
    assert markup not in html
    assert escape(markup) in html


def test_same_paper_gives_the_same_bytes_in_any_process(printer: Printer) -> None:
    html = letter_html(examples.letter(LetterKind.CONDITIONS, long=True))
    first = printer.pdf(html)
    assert printer.pdf(html) == first
    assert render_pdf(html) == first


def test_pdf_says_what_it_is(printer: Printer) -> None:
    pdf = printer.pdf(letter_html(examples.letter(LetterKind.APPROVED)))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == "en-GB"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.docinfo["/Title"] == "Your expression of interest is approved to proceed: EOI-2026-0001"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_printer_survives_the_kill_of_its_child(printer: Printer) -> None:
    printer.warm()
    child = printer._idle.queue[-1]
    assert child is not None
    os.kill(child.pid, signal.SIGKILL)
    assert reading.pages(printer.pdf(letter_html(examples.letter(LetterKind.DEFERRED)))) > 0
    assert printer._idle.queue[-1] is not child


def test_printer_gives_up_on_a_document_that_takes_too_long() -> None:
    hasty = Printer(timeout=0.01)
    with pytest.raises(PrintFailed, match="longer than"):
        hasty.pdf("<p>" * 10)
    assert hasty._idle.queue[-1] is None
    hasty.close()


def test_printer_starts_no_process_and_loads_no_library_before_it_prints() -> None:
    asked = "import sys, eoi.outbound.pdf_pool as p; p.Printer(); print('weasyprint' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True) == "False\n"


def _raw(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()
