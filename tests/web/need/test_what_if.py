"""Scenarios: ticked, compared, tied to one panel pack, and never the last word of two people at once."""

import re
from datetime import date

from eoi.queries import scenarios as queries
from eoi.rules.permissions import SYSTEM
from eoi.rules.stages import Stage
from eoi.rules.what_if import Offer, Result
from eoi.rules.words import Need, Path, Phase
from tests.web.entering import enter

FACTS = {"version": "0", "name": "North first", "capital_budget": "1,000,000", "revenue_budget": "500000"}


def offer(**facts):
    usual = {"id": 1, "reference": "EOI-2026-0001", "school": "A", "district_code": "E1", "district": "D",
             "need": Need.ASD, "phase": Phase.PRIMARY, "path": Path.SRP, "places": 10, "year": 2028,
             "band": "under_250k", "begins": date(2027, 1, 1), "nearest": 9.0}  # fmt: skip
    return Offer(**{**usual, **facts})


def test_flags_say_what_to_look_at():
    day = date(2026, 11, 24)
    assert offer().flags(day) == []
    assert offer(band="over_1m", begins=date(2026, 1, 1), nearest=2.0).flags(day) == [
        "Over £1 million: Cabinet Member", "Too late for its opening", "Like provision 2.0 km away",
    ]  # fmt: skip
    assert offer(band="", begins=None).flags(day) == ["Capital not known", "No special school or opening agreed"]


def test_sums_of_a_choice():
    made = Result((offer(), offer(id=2, path=Path.SATELLITE, band="over_1m", places=8)), 2_000_000_00, 100_000_00)
    assert (made.places, made.capital, made.revenue) == (18, 1_250_000_00, 10 * 6_000_00 + 8 * 10_000_00)
    assert (made.capital_left, made.cost_a_place, made.unknown) == (750_000_00, 69_444_44, 1)
    assert Result((), 1, 1).sentence() == "Nothing is chosen yet."


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def test_scenario_is_made_ticked_compared_and_attached(db, cases, client):
    case = cases.at(Stage.ASSESSMENT)
    db.session.commit()
    olu = enter(client, cases.people.olu)
    for name in ("North first", "South first"):
        olu.post("/need/what-if/new", {**FACTS, "name": name}, check=False)
    assert "There is a scenario with this name" in olu.post("/need/what-if/new", FACTS, status=200).text
    first, second = (one.id for one in queries.every())
    path = f"/need/what-if/{first}"
    page = olu.get(path)
    seen = version(page)
    olu.post(f"{path}/choice", {"version": seen, "shown": str(case.id), "case": str(case.id)}, check=False)
    olu.post(f"{path}/choice", {"version": seen, "shown": str(case.id)}, status=409)
    assert "1 expression of interest with" in olu.get(path).text
    olu.post(
        f"{path}/choice", {"version": version(olu.get(path))}, check=False
    )  # it was not on the page, so it stays chosen
    assert "1 expression of interest with" in olu.get(path).text
    for number in (second, first):
        seen = version(olu.get(f"/need/what-if/{number}/edit"))
        olu.post(f"/need/what-if/{number}/edit", {**FACTS, "name": f"S{number}", "version": seen,
                 "round_id": str(cases.round.id)}, check=False)  # fmt: skip
    one, result = queries.attached_to(cases.round.id, SYSTEM)
    assert (one.id, len(result.offers)) == (first, 1)
    page = olu.get(f"/need/what-if/compare?a={first}&b={second}").text
    assert all(said in page for said in ("Sums side by side", "Nothing is chosen yet.", "The gap that each leaves"))
    assert "In the panel pack of Autumn 2026" in olu.get("/need/what-if").text
