"""Every template of a letter, for every path and type of school, at its shortest and longest, checked as PDF/UA-1

The first pages stand in `docs/letters/` as pictures, three kinds to a sheet, to be looked at.
"""

import subprocess
import tempfile
from itertools import product
from pathlib import Path as Folder

from eoi.outbound.papers import letter_html
from eoi.outbound.pdf_pool import Printer
from eoi.rules.guard import check
from eoi.rules.papers import LetterKind
from eoi.rules.papers.kinds import APPROVALS, OUTCOMES
from eoi.rules.words import Path
from tests.outbound import examples, reading

ROOT = Folder(__file__).resolve().parents[2]
SHEETS = ROOT / "docs" / "letters"
PICTURE = ("pdftoppm", "-r", "40", "-jpeg", "-jpegopt", "quality=70")


def variants() -> list[tuple[LetterKind, Path, bool, bool]]:
    """(kind, path, academy, long): letters that tell no decision have one wording for all schools."""
    found = []
    for kind, path, academy, long in product(LetterKind, Path, (False, True), (False, True)):
        if kind in OUTCOMES or (path is Path.SRP and not academy):
            found.append((kind, path, academy, long))
    return found


def main() -> list[str]:
    """Print, check and keep pictures of all of them. Raises AssertionError with what is wrong."""
    SHEETS.mkdir(exist_ok=True)
    printer, wrong, pages, kept = Printer(), [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        for kind, path, academy, long in variants():
            paper = examples.letter(kind, path, academy, long)
            pdf = printer.pdf(letter_html(paper))
            name = f"{kind}-{path}-{'academy' if academy else 'maintained'}-{'longest' if long else 'shortest'}"
            wrong += [f"{name}: {error}" for error in (*reading.errors(pdf, Folder(folder)), *reading.outside(pdf))]
            wrong += [f"{name}: guard: {found.message}: {found.words}" for found in check(paper)]
            pages.append(reading.pages(pdf))
            if path is Path.SRP and not academy:
                kept += _pictured(pdf, name, Folder(folder))
    printer.close()
    assert wrong == [], wrong
    approvals = len([one for one in variants() if one[0] in APPROVALS])
    return [
        f"- {len(pages)} letters: {len(LetterKind)} kinds, by path and type of school, shortest and longest; "
        f"{approvals} of them approvals",
        "- 0 errors of the PDF/UA-1 checker, no word over the edge, the guard lets each through",
        f"- {min(pages)} to {max(pages)} pages a letter; {kept} pictures in `docs/letters/`",
    ]


def _pictured(pdf: bytes, name: str, folder: Folder) -> int:
    """The pages of the longest letters, and the first of the shortest, small."""
    source = folder / "letter.pdf"
    source.write_bytes(pdf)
    last = ("-l", "1") if name.endswith("shortest") else ("-l", "3")
    subprocess.run([*PICTURE, *last, str(source), str(SHEETS / name)], check=True)
    return len(list(SHEETS.glob(f"{name}-*.jpg")))
