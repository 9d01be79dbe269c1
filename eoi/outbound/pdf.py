"""HTML to PDF/UA-1, in this process. Importing it loads WeasyPrint, which takes a second: the web goes by `pdf_pool`.

Nothing is fetched: only `data:` addresses resolve, so that markup in an answer can neither read a file nor call out.
"""

import hashlib
import re
from functools import cache
from typing import Any

import pydyf
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

VARIANT = "pdf/ua-1"
TIGHTEST = 6  # `tight-1` to `tight-6` of `templates/print/summary.css`
_REFERENCE = re.compile(rb"(\d+) 0 R")


def render_pdf(html: str) -> bytes:
    """The document as tagged PDF/UA-1. The same HTML gives the same bytes.

    An element with an id and `data-pages="n"` is set tighter, step by step, until it takes at most n pages; it must
    start a page, and what follows it too. At the tightest it runs on: nothing is ever cut off.
    """
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    document = _laid_out(page)
    for step in range(1, TIGHTEST + 1):
        if not (too_long := _too_long(page, document)):
            break
        for element in too_long:
            others = [name for name in element.get("class", "").split() if not name.startswith("tight-")]
            element.set("class", " ".join([*others, f"tight-{step}"]))
        document = _laid_out(page)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    pdf: bytes = document.write_pdf(finisher=_finish, pdf_variant=VARIANT, pdf_identifier=identifier)
    return pdf


def _laid_out(page: HTML) -> Document:
    return page.render(font_config=_fonts(), pdf_variant=VARIANT)


@cache
def _fonts() -> FontConfiguration:
    """One for the process: building it costs a third of a letter."""
    return FontConfiguration()


def _too_long(page: HTML, document: Document) -> list[Any]:
    """The elements that take more pages than their `data-pages`, counted from their anchor to the next one's."""
    limited = [element for element in page.etree_element.iter() if element.get("data-pages")]
    starts = {name: number for number, sheet in enumerate(document.pages) for name in sheet.anchors}
    ends = sorted({starts[e.get("id")] for e in page.etree_element.iter() if e.get("data-starts-page") is not None})
    found = []
    for element in limited:
        first = starts[element.get("id")]
        end = next((number for number in ends if number > first), len(document.pages))
        if end - first > int(element.get("data-pages")):
            found.append(element)
    return found


def _finish(_: Document, pdf: pydyf.PDF) -> None:
    """Give header cells their scope and links their print flag, which PDF/UA asks for and the library leaves out."""
    by_number = {thing.number: thing for thing in pdf.objects}
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if thing.get("S") == "/TR":
            _scope_headers([by_number[number] for number in _referenced(thing["K"])])
        elif thing.get("Type") == "/Annot" and thing.get("Subtype") == "/Link":
            thing["F"] = 4


def _scope_headers(cells: list[Any]) -> None:
    scope = "/Row" if any(cell.get("S") == "/TD" for cell in cells) else "/Column"
    for cell in cells:
        if cell.get("S") == "/TH":
            cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))["Scope"] = scope


def _referenced(kids: list[Any]) -> list[int]:
    joined = b" ".join(kid if isinstance(kid, bytes) else str(kid).encode() for kid in kids)
    return [int(number) for number in _REFERENCE.findall(joined)]
