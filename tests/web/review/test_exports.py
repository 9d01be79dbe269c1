"""The export page: what is taken is chosen and listed first, and the list itself comes at once."""

import pytest

from eoi import jobs
from eoi.models import Errand
from eoi.rules.stages import Stage
from tests.people import ELSEWHERE


@pytest.fixture
def two(cases):
    return [cases.at(Stage.SUBMITTED), cases.at(Stage.SUBMITTED, urn=ELSEWHERE)]


def test_export_is_asked_for_and_its_page_tells_how_far_it_is(two, as_, db):
    page = as_("olu").get("/review/export?stage=submitted").text
    assert "Export 2 submissions" in page
    nothing = {"what": "files", "table": "xlsx", "folder": "school", "naming": "plain"}
    assert "Choose at least one kind of file" in as_("olu").post("/review/export", nothing, 200, False).text
    form = {**nothing, "pieces": ["eoi", "letters"]}
    page = as_("olu").follow(as_("olu").post(f"/review/export?case={two[0].reference}", form, check=False))
    assert "0 of 1 case done" in page.text
    jobs.drain()
    errand = db.session.query(Errand).one()
    assert errand.asked["pieces"] == ["eoi", "letters"]
    assert "Download EOI files" in as_("olu").get(f"/review/errands/{errand.public_id}").text
    as_("priya").get("/review/export", status=403)


def test_list_comes_as_a_workbook(two, as_):
    answer = as_("olu").get("/review/submissions/export.xlsx", check=False)
    assert answer.data.startswith(b"PK")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
