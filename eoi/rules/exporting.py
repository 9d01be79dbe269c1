"""Exports: what can be taken out of a list, and how folders and files of a ZIP are named."""

import re
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    LIST = "list"
    ANSWERS = "answers"
    SCORES = "scores"
    REVIEWS = "reviews"
    FILES = "files"


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    ZIP = "zip"


class Piece(StrEnum):
    """What of a case goes into its folder."""

    EOI = "eoi"
    DOCUMENTS = "documents"
    LETTERS = "letters"


class Folder(StrEnum):
    REFERENCE = "reference"
    SCHOOL = "school"
    DISTRICT = "district"
    NONE = "none"


class Naming(StrEnum):
    PLAIN = "plain"
    REFERENCE_FIRST = "reference_first"


WHAT_LABELS = {
    What.LIST: "The list: a row a case", What.ANSWERS: "Answers: a row a case, a column a question",
    What.SCORES: "Scores: a row a score, with its comment", What.REVIEWS: "Reviews: a row an entry of each record",
    What.FILES: "Files: a folder a case, as a ZIP",
}  # fmt: skip
PIECE_LABELS = {
    Piece.EOI: "The expression of interest as PDF", Piece.DOCUMENTS: "Documents of the school",
    Piece.LETTERS: "Letters that were issued",
}  # fmt: skip
FOLDER_LABELS = {
    Folder.REFERENCE: "EOI-2026-0001", Folder.SCHOOL: "School, EOI-2026-0001",
    Folder.DISTRICT: "District / School, EOI-2026-0001", Folder.NONE: "No folders",
}  # fmt: skip
NAMING_LABELS = {Naming.PLAIN: "Floor plan.pdf", Naming.REFERENCE_FIRST: "EOI-2026-0001 Floor plan.pdf"}
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Named:
    """What names the folder of a case."""

    reference: str
    school: str
    district: str


def fit(name: str) -> str:
    """A name that every system takes as one part of a path: nothing hidden, reserved, or that climbs."""
    stem, dot, ending = _UNFIT.sub(" ", name).strip(" .").rpartition(".")
    short = (stem[: LONGEST - 10] + dot + ending[:10]) if stem else ending[:LONGEST]
    plain = " ".join(short.split()).strip(" .") or "file"
    return f"_{plain}" if _RESERVED.match(plain) else plain


def folder_of(case: Named, folder: Folder) -> str:
    """The folder of a case, with its "/" at the end; "" for none."""
    whole = fit(f"{case.school}, {case.reference}")
    return {
        Folder.REFERENCE: f"{fit(case.reference)}/",
        Folder.SCHOOL: f"{whole}/",
        Folder.DISTRICT: f"{fit(case.district)}/{whole}/",
        Folder.NONE: "",
    }[folder]


def file_name(case: Named, name: str, naming: Naming, folder: Folder) -> str:
    """The name of a file. Without folders it always begins with the reference: names of schools' files repeat."""
    first = naming is Naming.REFERENCE_FIRST or folder is Folder.NONE
    return fit(f"{case.reference} {name}" if first and not name.startswith(case.reference) else name)


def unlike(path: str, taken: set[str]) -> str:
    """The path, with a number where another file has it, whatever the case of its letters. It is taken then."""
    stem, dot, ending = path.rpartition(".")
    found, number = path, 1
    while found.lower() in taken:
        number += 1
        found = f"{stem} ({number}){dot}{ending}" if dot else f"{path} ({number})"
    taken.add(found.lower())
    return found
