"""Exports: whole, once, by parts, as far as the person may see, and gone when a case of them goes."""

import csv
import io
import zipfile

import pytest
from flask import current_app

from eoi import exporting, jobs
from eoi.models import Access, Errand
from eoi.models.errand import ErrandKind, ErrandState
from eoi.outbound import files
from eoi.queries import errands as queries
from eoi.rules.assigning import HANDLINGS
from eoi.rules.exporting import Folder, Format, Naming, Piece, What
from eoi.rules.permissions import SYSTEM
from eoi.rules.stages import Stage
from eoi.workflow import assigning, erasing, errands
from tests.people import ELSEWHERE
from tests.web.entering import enter


@pytest.fixture
def two(cases, db):
    """Hopefield with its letter issued, Elsewhere at the panel with locked scores."""
    first = cases.at(Stage.PRE_STATUTORY)
    cases.clock.travel("2026-11-23 10:00")
    second = cases.at(Stage.PANEL, urn=ELSEWHERE)
    return [first, second]


def export(db, people, chosen, what, form=Format.CSV, who="harriet", **asked):
    """The bytes of an export by this person, made by the worker."""
    errand = errands.start(
        ErrandKind.EXPORT, [(case.id, case.version) for case in chosen], {"what": what, "format": form, **asked},
        by=people.actor(who),
    )  # fmt: skip
    db.session.commit()
    jobs.drain()
    db.session.refresh(errand)
    assert errand.state is ErrandState.DONE, errand.state
    return errand, b"".join(files.open_store(current_app.config["FILES_URL"]).chunks(errand.key))


def table(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("what", [What.LIST, What.ANSWERS, What.SCORES, What.REVIEWS])
def test_table_has_the_rows_of_every_case_in_order(two, db, people, what, monkeypatch):
    monkeypatch.setattr(exporting, "PART", 1)
    _, content = export(db, people, two, what)
    head, *rows = table(content)
    assert head[0] == "Reference"
    assert list(dict.fromkeys(row[0] for row in rows)) == [case.reference for case in two]
    assert {len(row) for row in rows} == {len(head)}


def test_workbook_holds_text_as_text(two, db, people):
    two[0].school.name = "=1+1"
    db.session.commit()
    _, content = export(db, people, two, What.LIST, Format.XLSX)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in sheet
    assert table(export(db, people, two, What.LIST)[1])[1][1] == "'=1+1"


def test_zip_has_a_folder_a_case_and_its_contents(two, db, people, cases):
    asked = {"pieces": [*Piece], "folder": Folder.SCHOOL, "naming": Naming.PLAIN}
    errand, content = export(db, people, two, What.FILES, Format.ZIP, **asked)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names, contents = archive.namelist(), table(archive.read("Contents.csv"))
    first = f"Hopefield Primary School, {two[0].reference}/"
    assert f"{first}{two[0].reference}.pdf" in names
    assert f"{first}Letter L1.pdf" in names
    assert any(name.startswith(f"Elsewhere Primary School, {two[1].reference}/") for name in names)
    assert len(names) == len(set(names)) == len(contents)  # the table of contents has a head, and is not in itself
    assert errand.size == len(content)


def test_conflict_leaves_a_case_out_and_closes_a_file_that_has_it(two, db, people, cases):
    errand, _ = export(db, people, two, What.LIST, who="aisha")
    assigning.declare_conflict(two[1], True, HANDLINGS[0][1], by=people.actor("aisha"))
    db.session.commit()
    assert queries.closed_cases(errand, people.actor("aisha")) == 1
    _, content = export(db, people, two, What.LIST, who="aisha")
    assert [row[0] for row in table(content)[1:]] == [two[0].reference]


def test_part_that_was_lost_is_made_again(two, db, people, monkeypatch):
    monkeypatch.setattr(exporting, "PART", 1)
    errand = errands.start(
        ErrandKind.EXPORT, [(case.id, 1) for case in two], {"what": What.LIST, "format": Format.CSV},
        by=people.actor("harriet"),
    )  # fmt: skip
    db.session.commit()
    while errand.done < 2:
        jobs.step()
    for part in exporting.folder_for(errand).iterdir():
        part.unlink()
    jobs.drain()
    content = b"".join(files.open_store(current_app.config["FILES_URL"]).chunks(errand.key))
    assert len(table(content)) == 3
    assert not exporting.folder_for(errand).exists()


def test_erasing_a_case_takes_exports_that_hold_it(two, db, people, cases):
    errand, _ = export(db, people, two, What.ANSWERS)
    key, store = errand.key, files.open_store(current_app.config["FILES_URL"])
    erasing.erase(two[1], by=SYSTEM, line=None, reason="x")
    db.session.commit()
    jobs.drain()
    assert (errand.key, errand.state, store.exists(key)) == (None, ErrandState.STOPPED, False)


def test_exports_of_more_than_a_week_ago_go(two, db, people, cases):
    errand, _ = export(db, people, two, What.LIST)
    key = errand.key
    assert errands.tidy() == []
    cases.clock.advance(days=8)
    assert errands.tidy() == [key]
    assert db.session.query(Errand).count() == 0


@pytest.mark.only("sqlite")
def test_download_is_noted_for_each_case(two, db, people, app):
    errand, _ = export(db, people, two, What.LIST, who="olu")
    path = f"/review/errands/{errand.public_id}/file"
    olu, harriet = enter(app.test_client(), people.olu), enter(app.test_client(), people.harriet)
    harriet.get(path, status=404)
    answer = olu.get(path)
    assert answer.data.startswith(b"\xef\xbb\xbfReference")
    assert {a.submission_id for a in db.session.query(Access).filter_by(what=path)} == {case.id for case in two}
    assert "Download" in olu.get(f"/review/errands/{errand.public_id}").text
