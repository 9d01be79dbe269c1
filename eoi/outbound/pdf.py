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
TIGHTEST = 7  # `tight-1` to `tight-7` of `templates/print/summary.css`
_REFERENCE = re.compile(rb"(\d+) 0 R")


def render_pdf(html: str) -> bytes:
    """The document as tagged PDF/UA-1. The same HTML gives the same bytes.

    An element with an id and `data-pages="n"` is set tighter until it takes at most n pages; it must start a page, as
    must what follows it (`data-starts-page` on both). At the tightest it runs on: nothing is ever cut off.
    """
    document = _fitted(html)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    pdf: bytes = document.write_pdf(finisher=_finish, pdf_variant=VARIANT, pdf_identifier=identifier)
    return pdf


def _page(html: str) -> HTML:
    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))


def _fitted(html: str) -> Document:
    """The pages, with each too long element at the loosest step that fits."""
    page = _page(html)
    document = _laid_out(page)
    too_long = _too_long(page, document)
    if not too_long:
        return document
    alone = _page(html)
    twins = {twin.get("id"): twin for twin in alone.etree_element.iter() if twin.get("data-pages")}
    for element in too_long:
        _tighten(element, _loosest_that_fits(alone, twins[element.get("id")]))
    return _laid_out(page)


def _loosest_that_fits(page: HTML, element: Any) -> int:
    """The step, found by halving, with the element laid out alone: others may be many."""
    page.etree_element.find("body")[:] = [element]
    low, high = 1, TIGHTEST
    while low < high:
        middle = (low + high) // 2
        _tighten(element, middle)
        fits = len(_laid_out(page).pages) <= int(element.get("data-pages"))
        low, high = (low, middle) if fits else (middle + 1, high)
    return low


def _tighten(element: Any, step: int) -> None:
    """Set the element at this step."""
    others = [name for name in element.get("class", "").split() if not name.startswith("tight-")]
    element.set("class", " ".join([*others, f"tight-{step}"]))


def _laid_out(page: HTML) -> Document:
    return page.render(font_config=_fonts(), pdf_variant=VARIANT)


@cache
def _fonts() -> FontConfiguration:
    """One for the process: building it costs a third of a letter."""
    return FontConfiguration()


def _too_long(page: HTML, document: Document) -> list[Any]:
    """The elements that take more pages than their `data-pages`, counted from their anchor to the next one's."""
    limited = [element for element in page.etree_element.iter() if element.get("data-pages")]
    starts: dict[str, int] = {}
    for number, sheet in enumerate(document.pages):
        for name in sheet.anchors:
            starts.setdefault(name, number)  # what runs on is anchored on its later pages too
    ends = sorted({starts[e.get("id")] for e in page.etree_element.iter() if e.get("data-starts-page") is not None})
    found = []
    for element in limited:
        first = starts[element.get("id")]
        end = next((number for number in ends if number > first), len(document.pages))
        if end - first > int(element.get("data-pages")):
            found.append(element)
    return found


def _finish(_: Document, pdf: pydyf.PDF) -> None:
    """Mend what PDF/UA asks for and the library leaves out: scopes, print flags, running lines as artifacts."""
    by_number = {thing.number: thing for thing in pdf.objects}
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if thing.get("S") == "/TR":
            _scope_headers([by_number[number] for number in _referenced(thing["K"])])
        elif thing.get("Type") == "/Annot" and thing.get("Subtype") == "/Link":
            thing["F"] = 4
    _hide_running_lines(pdf, by_number)


def _scope_headers(cells: list[Any]) -> None:
    scope = "/Row" if any(cell.get("S") == "/TD" for cell in cells) else "/Column"
    for cell in cells:
        if cell.get("S") == "/TH":
            cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))["Scope"] = scope


def _hide_running_lines(pdf: pydyf.PDF, by_number: dict[int, Any]) -> None:
    """Tag page headers and footers as artifacts, so that no screen reader stumbles over them in mid-sentence.

    The library marks them as content and leaves them out of the tag tree: neither is true.
    """
    root = by_number[_referenced([pdf.catalog["StructTreeRoot"]])[0]]
    in_tree, waiting = set(), _referenced(root["K"])
    while waiting:
        number = waiting.pop()
        in_tree.add(number)
        waiting += _referenced(by_number[number].get("K", []))
    owners = by_number[_referenced([root["ParentTree"]])[0]]["Nums"]  # page, its elements by mark, page, …
    for page in (
        thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page"
    ):
        elements = owners[owners.index(page["StructParents"]) + 1]
        strays = {mark for mark, number in enumerate(_referenced(elements)) if number not in in_tree}
        stream = by_number[_referenced([page["Contents"]])[0]].stream
        for at, thing in enumerate(stream):
            if isinstance(thing, pydyf.Dictionary) and thing.get("MCID") in strays:
                stream[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
        for mark in strays:
            elements[mark] = "null"


def _referenced(kids: list[Any]) -> list[int]:
    joined = b" ".join(kid if isinstance(kid, bytes) else str(kid).encode() for kid in kids)
    return [int(number) for number in _REFERENCE.findall(joined)]
