"""Tables that leave the service: CSV that Excel reads as UTF-8, and whose cells it never runs as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

BOM = "\ufeff"  # tells Excel that the file is UTF-8
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table as CSV with its mark. Numbers stay numbers; None is empty; text that would run is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def defused(cell: Any) -> Any:
    """The cell, with an apostrophe before text that a spreadsheet would run (OWASP, CSV injection)."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """An XLSX of these sheets (name, headings, rows). Text is text: nothing in it runs."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for name, headings, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings, bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
            sheet.autofit()
    return out.getvalue()
