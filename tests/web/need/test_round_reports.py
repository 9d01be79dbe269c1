"""The report of a round as page, PDF and XLSX, and the board as PDF/UA."""

import io
import zipfile

import pymupdf

from eoi.outbound.workbooks import csv_text
from eoi.rules.stages import Stage
from tests.web.entering import enter


def test_round_is_reported_on_page_paper_and_sheet(db, cases, client):
    case = cases.at(Stage.DECLINED)
    db.session.commit()
    pages = enter(client, cases.people.harriet)
    assert "Autumn 2026" in pages.get("/need/rounds").text
    page = pages.get("/need/rounds/autumn-2026").text
    assert f"1 expression of interest offered {case.places} places" in page
    content = pages.get("/need/rounds/autumn-2026/report.xlsx", check=False).data
    assert csv_text(content).splitlines()[0] == "Outcome,Cases,Places"
    assert f"Declined,1,{case.places}" in csv_text(content)
    assert len([n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if "worksheets/sheet" in n]) == 4
    for path in ("/need/rounds/autumn-2026/report.pdf", "/need/board.pdf"):
        with pymupdf.open(stream=pages.get(path, check=False).data) as document:
            text = " ".join(page.get_text() for page in document)
            assert "Ashford" in text, path
            assert document.xref_get_key(document.pdf_catalog(), "MarkInfo/Marked")[1] == "true"
    pages.get("/need/rounds/nowhere", status=404)
