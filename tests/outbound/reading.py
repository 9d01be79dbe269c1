"""A PDF as its readers get it: the text of its tags, its pages, and what the PDF/UA checker says."""

import io
import warnings
from pathlib import Path

import pikepdf

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of the checker's own PDF library
    import outloud
    import pymupdf


def text(pdf: bytes) -> str:
    """All words in reading order, with single spaces."""
    with pymupdf.open(stream=pdf) as document:
        return " ".join(" ".join(page.get_text().replace("-\n", "-").split()) for page in document)


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def errors(pdf: bytes, folder: Path) -> list[str]:
    """What breaks PDF/UA-1 or hides text from a screen reader: empty for a good paper."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        result = outloud.check(str(path))
    unreadable = [result.error] if result.error else []
    return unreadable + [f"{f.rule}: {f.message}: {f.evidence}" for f in result.findings if f.severity == "error"]


def outside(pdf: bytes) -> list[str]:
    """Words that reach over the edge of their page's printed area, 10 mm from the paper's edge."""
    over, edge = [], 10 / 25.4 * 72
    with pymupdf.open(stream=pdf) as document:
        for page in document:
            for x0, _, x1, y1, word, *_ in page.get_text("words"):
                if x0 < edge or x1 > page.rect.width - edge or y1 > page.rect.height - 5:
                    over.append(f"{word} on page {page.number + 1}")
    return over


def bookmarks(pdf: bytes) -> list[str]:
    """The titles of the first level and the second, in order."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return [title for item in outline.root for title in (item.title, *(child.title for child in item.children))]
