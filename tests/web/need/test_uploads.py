"""A CSV is looked at before it is taken."""

import io
import re

import pytest
from sqlalchemy import func, select

from eoi.models import CouncilFigure, NeedLine
from tests.people import HOPEFIELD
from tests.web.entering import enter

LINES = """Year,District,Need,Phase,Path,Places sought,Source,As at,Illustrative
2027-28,Ashford,Autism,Primary,SRP,{places},Plan,31/03/2026,no
2027-28,Nowhere,Autism,Primary,SRP,20,Plan,31/03/2026,no
"""
FIGURES = f"""URN,Kind,Item,Value,Source,As at,Illustrative
{HOPEFIELD},ehc_plans,asd,3,Census,15/01/2026,no
"""


@pytest.fixture
def olu(client, people):
    return enter(client, people.olu)


def look(pages, kind, text, **options):
    """The preview of this CSV, or the page that says why there is none."""
    content = text if isinstance(text, bytes) else text.encode()
    return pages.post(f"/need/upload/{kind}", {"file": (io.BytesIO(content), "x.csv")}, status=200, **options).text


def sealed(page):
    return {"sealed": re.search(r'name="sealed" value="([^"]+)"', page)[1]}


def test_upload_shows_then_saves(db, olu):
    page = look(olu, "need", LINES.format(places=30))
    assert "1 need line to add, 0 to change, 0 unchanged, 1 line left out" in page
    assert "District “Nowhere” is not one of the council&#39;s" in page
    assert db.session.scalar(select(func.count()).select_from(NeedLine)) == 0
    done = olu.follow(olu.post("/need/upload/need/confirm", sealed(page), check=False))
    assert "1 need line added, 0 changed." in done.text
    assert "33 (was 30)" in look(olu, "need", LINES.format(places=33))
    assert "The file changes nothing." in look(olu, "need", LINES.format(places=30))


def test_upload_takes_council_data_as_bands(db, olu):
    page = look(olu, "council-data", FIGURES)
    assert "fewer than 5" in page
    olu.post("/need/upload/council-data/confirm", sealed(page), check=False)
    assert db.session.scalars(select(CouncilFigure.value)).all() == ["fewer than 5"]
    assert "fewer than 5" in olu.get(f"/need/council-data/{HOPEFIELD}").text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must name these columns"),
        (b"a,b\n1,2\n", "must name these columns"),
        (b"PK\x03\x04", "The file is damaged"),
        (b"x" * (3 * 1024 * 1024 + 1), "smaller than 3 MB"),
    ],
)
def test_upload_says_why_a_file_cannot_be_used(olu, content, said):
    page = look(olu, "need", content)
    assert "<title>Error: Upload need lines" in page
    assert said in page


def test_upload_asks_for_a_file(olu):
    assert "Choose a CSV or XLSX file" in olu.post("/need/upload/need", {}, status=200).text
    assert "Choose a CSV or XLSX file" in olu.post("/need/upload/need", {"file": "not a file"}, status=200).text


def test_confirm_refuses_what_was_forged_replayed_or_overtaken(db, olu):
    early, late = (sealed(look(olu, "need", LINES.format(places=n))) for n in (30, 33))
    olu.post("/need/upload/need/confirm", early, check=False)
    olu.post("/need/upload/need/confirm", early, status=409)
    olu.post("/need/upload/need/confirm", late, status=409)
    for forged in ({}, {"sealed": "x"}, {"sealed": early["sealed"][:-2] + "xx"}):
        olu.post("/need/upload/need/confirm", forged, status=422)
    assert db.session.scalars(select(NeedLine.places)).all() == [30]


def test_uploads_are_for_officers(client, people):
    for name in ("dev", "alice"):
        pages = enter(client, people.by_name[name])
        pages.get("/need/upload/need", status=403)
        pages.post("/need/upload/need/confirm", {"sealed": "x"}, status=403)


def test_upload_of_something_else_is_no_page(olu):
    olu.get("/need/upload/else", status=404)


@pytest.mark.parametrize("kind", ["need", "council-data"])
def test_template_can_be_uploaded(olu, kind):
    template = olu.get(f"/need/upload/{kind}/template.csv")
    assert template.mimetype == "text/csv"
    page = look(olu, kind, template.data.replace(b"118246", str(HOPEFIELD).encode()))
    assert "0 lines left out" in page
