"""Need lines are added, changed and removed in the browser; what they said before is kept."""

import re
from datetime import date

import pytest

from eoi.models import NeedLine, NeedLinePast
from eoi.rules.need import Line
from eoi.rules.words import Need, Path, Phase
from eoi.workflow import need
from tests.web.entering import enter

AS_AT = {"as_at-day": "1", "as_at-month": "9", "as_at-year": "2026"}
ABOUT = {"district": "E07000105", "year": "2027", "need": "asd", "phase": "primary", "path": "srp"}


@pytest.fixture
def line(db, people):
    as_at = date(2026, 9, 1)
    made = need.add_line(
        Line(2027, "E07000105", "Ashford", Need.ASD, Phase.PRIMARY, Path.SRP, 30, "Plan", as_at, True),
        by=people.actor("olu"),
    )
    db.session.commit()
    return made


@pytest.fixture
def olu(client, people):
    return enter(client, people.olu)


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def test_line_is_changed_and_its_past_is_kept(db, olu, line):
    path = f"/need/lines/{line.id}"
    seen = version(olu.get(path))
    olu.post(path, {"version": seen, "places": "24", "source": "Plan 2027", **AS_AT}, check=False)
    page = olu.get(path).text
    assert all(words in page for words in ("30", "Olu Example", "Illustrative"))
    assert "24" in olu.get("/need/lines?need=asd").text
    late = olu.post(path, {"version": seen, "places": "20", "source": "Mine", **AS_AT}, status=409).text
    assert all(words in late for words in ("Plan 2027", "Mine"))
    olu.post(f"{path}/remove", {"version": version(olu.get(path))}, check=False)
    assert db.session.query(NeedLine).count() == 0
    assert [past.places for past in db.session.query(NeedLinePast).order_by(NeedLinePast.id)] == [30, 24]
    assert "Lines that were removed" in olu.get("/need/lines?removed=1").text


def test_line_that_contradicts_another_or_is_negative_is_explained(olu, line):
    again = olu.post("/need/lines/new", {**ABOUT, **AS_AT, "places": "9", "source": "X"}, status=200)
    assert "There is a line for this already: 30 places, Plan. Change that one." in again.text
    fewer = {**ABOUT, **AS_AT, "places": "-4", "source": "X", "need": "semh"}
    assert "Places sought cannot be negative" in olu.post("/need/lines/new", fewer, status=200).text
    unknown = {**fewer, "district": "E07000999", "phase": "x"}
    page = olu.post("/need/lines/new", unknown, status=200).text
    assert "Choose the district" in page


def test_illustrative_stands_on_every_page_of_the_figures(olu, line):
    for path in ("/need", "/need/lines", "/need/public"):
        assert "llustrative" in olu.get(path).text, path
    assert "Illustrative" in olu.get("/need/board.csv").text
    assert "77" not in olu.get("/need/offers/panel").text
