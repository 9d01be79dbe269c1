"""An uploaded XLSX read as the CSV that it could have been: its first sheet, values only, dates as ISO dates.

A reader of our own, for a table of text, numbers and dates: what else a workbook can hold is not wanted here.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree  # nosec B405 - no part with a document type is parsed

from eoi.outbound.office import check_office
from eoi.rules.errors import BadFile

NAMES = "http://schemas.openxmlformats.org"
MAIN = f"{{{NAMES}/spreadsheetml/2006/main}}"
RELATIONS = f"{{{NAMES}/package/2006/relationships}}"
TIED = f"{{{NAMES}/officeDocument/2006/relationships}}id"
FIRST_DAY = date(1899, 12, 30)  # Excel counts days from here
BUILT_IN_DATES = {*range(14, 23), *range(45, 48)}
MOST_ROWS, MOST_COLUMNS = 50_001, 60


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def csv_text(content: bytes) -> str:
    """The first sheet as CSV. Raises BadFile for what is damaged, locked, has macros or is no workbook."""
    if refused := check_office(content, "xl/workbook.xml"):
        damaged = refused == "damaged"
        raise BadFile("The file is damaged. Save it again as XLSX or CSV." if damaged else f"{refused}.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = Book(archive)
        out = io.StringIO()
        csv.writer(out).writerows(book.rows())
    return out.getvalue()


class Book:
    """The parts of a workbook that its first sheet needs."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        shared = self._part("xl/sharedStrings.xml")
        self.strings = [_words(item) for item in shared.iter(f"{MAIN}si")] if shared is not None else []
        self.dates = self._date_styles()

    def rows(self) -> Iterator[list[str]]:
        """Each row that holds something, its cells in their columns."""
        sheet = self._part(self._first_sheet())
        if sheet is None:
            raise BadFile("The workbook has no sheet.")
        for number, row in enumerate(sheet.iter(f"{MAIN}row")):
            if number >= MOST_ROWS:
                raise BadFile(f"The sheet has more than {MOST_ROWS - 1:,} lines. Split it and upload each part.")
            cells = {_column(cell.get("r", "")): self._value(cell) for cell in row.iter(f"{MAIN}c")}
            known = {column: text for column, text in cells.items() if 0 <= column < MOST_COLUMNS}
            yield [known.get(column, "") for column in range(max(known, default=-1) + 1)]

    def _first_sheet(self) -> str:
        book, ties = self._part("xl/workbook.xml"), self._part("xl/_rels/workbook.xml.rels")
        first = book.find(f".//{MAIN}sheet") if book is not None else None
        if first is None or ties is None:
            return ""
        for tie in ties.iter(f"{RELATIONS}Relationship"):
            if tie.get("Id") == first.get(TIED):
                target = tie.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return ""

    def _date_styles(self) -> set[int]:
        """The numbers of the cell styles that show a date."""
        styles = self._part("xl/styles.xml")
        if styles is None:
            return set()
        own = {
            int(one.get("numFmtId", "0"))
            for one in styles.iter(f"{MAIN}numFmt")
            if re.search(r"[dy]", re.sub(r'"[^"]*"|\[[^]]*]', "", one.get("formatCode", "")).lower())
        }
        cells = styles.find(f"{MAIN}cellXfs")
        formats = [int(one.get("numFmtId", "0")) for one in cells] if cells is not None else []
        return {place for place, number in enumerate(formats) if number in BUILT_IN_DATES | own}

    def _value(self, cell: ElementTree.Element) -> str:
        kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v") or ""
        if kind == "inlineStr":
            return _words(cell)
        if kind == "s":
            at = int(value) if value.isdigit() else -1
            return self.strings[at] if 0 <= at < len(self.strings) else ""
        if kind == "b":
            return "yes" if value == "1" else "no"
        return self._number(value, int(cell.get("s", "0"))) if kind == "n" else value

    def _number(self, value: str, style: int) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if style in self.dates and 0 < number < 2_958_466:
            return (FIRST_DAY + timedelta(days=int(number))).isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value

    def _part(self, name: str) -> ElementTree.Element | None:
        if name not in self.archive.namelist():
            return None
        text = self.archive.read(name)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise BadFile("The file cannot be read. Save it again as XLSX or CSV.")
        try:
            return ElementTree.fromstring(text)  # nosec B314 - see above
        except ElementTree.ParseError:
            raise BadFile("The file is damaged. Save it again as XLSX or CSV.") from None


def _words(item: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{MAIN}t"))


def _column(place: str) -> int:
    """0 for A, 25 for Z, 26 for AA; -1 for nothing."""
    number = 0
    for letter in re.match(r"[A-Z]{0,3}", place)[0]:  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return number - 1
