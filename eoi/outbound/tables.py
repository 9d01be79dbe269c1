"""Tables that leave the service: CSV that Excel reads as UTF-8, XLSX, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

BOM = "\ufeff"  # tells Excel that the file is UTF-8
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767  # characters that a cell of Excel holds


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table as CSV with its mark. Numbers stay numbers; None is empty; text that would run is defused."""
    out = io.StringIO()
    _write_csv(out, headings, rows)
    return BOM + out.getvalue()


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The same into a file, a row at a time."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(BOM)
        _write_csv(out, headings, rows)


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> None:
    """The table as the one sheet of a workbook, a row at a time. Text is text: no cell is a formula or a link."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, min(max(len(heading) + 2, 10), 40))
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(number, column, cell)
            elif cell not in (None, ""):
                sheet.write_string(number, column, str(cell)[:LONGEST_CELL])
    book.close()


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


def _write_csv(out: Any, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([defused(cell) for cell in row] for row in rows)
