"""An XLSX is read as the CSV that it could have been, or refused with a reason."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from eoi.outbound.workbooks import csv_text, is_workbook
from eoi.rules.errors import BadFile


def workbook(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, dated = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                sheet.write_datetime(y, x, cell, dated) if isinstance(cell, date) else sheet.write(y, x, cell)
    return out.getvalue()


def test_csv_text_reads_words_numbers_dates_and_truth():
    content = workbook([["Year", "Places", "As at", "Yes"], ["2027-28", 30, date(2026, 3, 31), True], ["", 2.5, "a,b"]])
    assert is_workbook(content)
    assert csv_text(content).split("\r\n") == ["Year,Places,As at,Yes", "2027-28,30,2026-03-31,yes", ',2.5,"a,b"', ""]


def test_csv_text_refuses_what_is_no_sheet_or_declares_entities():
    good = workbook([["a"]])
    with pytest.raises(BadFile, match="damaged"):
        csv_text(good[:200])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            bomb = b"<!DOCTYPE x [<!ENTITY a 'b'>]>" if name == "xl/workbook.xml" else b""
            new.writestr(name, bomb + old.read(name))
    with pytest.raises(BadFile, match="cannot be read"):
        csv_text(out.getvalue())
