"""The plan in the browser: worked out, taken, kept; and where delivery stands in all cases."""

import re

from eoi.rules.stages import Stage
from tests.web.entering import enter

OPENING = {"opening-day": "3", "opening-month": "9", "opening-year": "2029", "building": "adapt"}


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def test_plan_is_made_and_kept(db, cases, client):
    case = cases.at(Stage.PRE_STATUTORY)
    db.session.commit()
    at, pages = f"/review/submissions/{case.reference}/plan", enter(client, cases.people.aisha)
    assert "No plan yet" in pages.get(at).text
    pages.post(f"{at}/make", {**OPENING, "version": version(pages.get(f"{at}/make"))}, check=False)
    assert "3 September 2029" in pages.get(at).text
    late = {"expected_on-day": "17", "expected_on-month": "9", "expected_on-year": "2029", "note": "The roof."}
    pages.post(f"{at}/opening", {**late, "version": version(pages.get(f"{at}/opening"))}, check=False)
    page = pages.get(at).text
    assert all(said in page for said in ("2 weeks late", "The roof.", "<svg"))
    board = pages.get("/need/delivery").text
    assert all(said in board for said in ("2 weeks late", case.reference))
    pages.get("/need/route")
    pages.get(f"{at}/deed", status=404)
    again = enter(client, cases.people.audrey)
    again.get(f"{at}/make", status=403)
    assert "Make the plan anew" not in again.get(at).text
