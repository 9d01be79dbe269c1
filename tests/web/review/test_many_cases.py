"""The list as a tool: saved views, previous and next, one step for many cases after a page that lists them."""

import re

import pytest

from eoi import jobs
from eoi.extensions import db as database
from eoi.models import Errand, SavedView, Submission
from eoi.rules.stages import Stage
from eoi.workflow import errands
from tests.people import ELSEWHERE, RIVERSIDE

LIST = "/review/submissions"


@pytest.fixture
def three(cases):
    """Hopefield and Elsewhere at the check, Riverside submitted."""
    roads = [cases.road(), cases.road(urn=ELSEWHERE), cases.road(urn=RIVERSIDE)]
    for road in roads:
        road.to(Stage.SUBMITTED)
    for road in roads[:2]:
        road.to(Stage.CHECK)
    database.session.commit()
    return [road.submission.reference for road in roads]


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def test_view_is_saved_opens_first_and_goes(three, as_, db):
    olu = as_("olu")
    page = olu.get(LIST + "?stage=check&sort=-school&page=1")
    assert "/review/views/new?stage=check&amp;sort=-school" in page.text
    path = "/review/views/new?stage=check&sort=-school"
    assert "Enter a name for this view" in olu.post(path, {"name": ""}, status=200).text
    olu.follow(olu.post(path, {"name": "My checks", "first": "y"}))
    view = db.session.query(SavedView).one()
    assert (view.query, view.opens_first) == ("stage=check&sort=-school", True)
    assert olu.get(LIST, status=302).location.endswith("?stage=check&sort=-school")
    as_("oscar").get(f"/review/views/{view.id}", status=404)
    assert "My checks" not in as_("oscar").get(LIST).text
    olu.get(f"/review/views/{view.id}")
    olu.post(f"/review/views/{view.id}", {"name": "Checks"})
    assert "Checks" in olu.get(LIST).text
    olu.post(f"/review/views/{view.id}/remove", {})
    assert db.session.query(SavedView).count() == 0


def test_case_knows_its_place_in_the_list(three, as_):
    page = as_("olu").get(LIST + "?stage=check&sort=school").text
    first = re.search(rf'href="({LIST}/[^"]*at=1[^"]*)"', page)[1].replace("&amp;", "&")
    case = as_("olu").get(first)
    assert ("1 of 2" in case.text, "Previous" in case.text) == (True, False)
    next_ = re.search(rf'href="({LIST}/[^"]*/beside[^"]*)"', case.text)[1].replace("&amp;", "&")
    second = as_("olu").follow(as_("olu").get(next_, status=302))
    assert ("2 of 2" in second.text, "Next<" in second.text) == (True, False)
    assert f'href="{LIST}?stage=check&amp;sort=school"' in second.text
    as_("olu").get(first.replace("at=1", "at=junk"))


def test_nothing_ticked_is_a_message(three, as_):
    answer = as_("olu").get("/review/bulk/assign?stage=check", status=302)
    assert "Tick at least one submission first" in as_("olu").follow(answer).text


def test_ticked_cases_go_to_an_officer(three, as_, people, db):
    path = f"/review/bulk/assign?case={three[0]}&case={three[2]}"
    page = as_("olu").get(path).text
    assert three[0] in page
    assert three[1] not in page
    form = {"seen": seen_in(page), "officer": str(people.oscar.id)}
    done = as_("olu").follow(as_("olu").post(path, form, check=False))
    assert "Done for 2 cases" in done.text
    owners = dict(db.session.query(Submission.reference, Submission.owner_id).all())
    assert owners[three[0]] == owners[three[2]] == people.oscar.id != owners[three[1]]


def test_page_that_is_out_of_date_does_nothing(three, as_, people, db):
    path = "/review/bulk/assign?all=1"
    form = {"seen": "0" * 32, "officer": str(people.oscar.id)}
    assert "The list has changed since you saw it" in as_("olu").post(path, form, status=409, check=False).text
    assert db.session.query(Errand).count() == 0


def test_what_cannot_be_done_is_listed_and_the_rest_goes(three, as_, db):
    path = "/review/bulk/ask?all=1"
    page = as_("olu").get(path).text
    assert (
        "Choose at least one question"
        in as_("olu").post(path, {"seen": seen_in(page), "text": "Why?"}, 200, False).text
    )
    form = {"seen": seen_in(page), "text": "Please send the floor plan again.", "ask-offer": "places"}
    as_("olu").post(path, form, check=False)
    errand = db.session.query(Errand).one()
    done = as_("olu").get(f"/review/errands/{errand.public_id}").text
    assert "Done for 2 cases, not possible for 1" in done
    assert f"{LIST}/{three[2]}" in done
    assert {c.stage for c in db.session.query(Submission)} == {Stage.RETURNED, Stage.SUBMITTED}
    as_("oscar").get(f"/review/errands/{errand.public_id}", status=404)


def test_only_a_step_that_is_open_to_all_is_offered(three, as_, db, cases):
    assert "No step is open to all of these cases" in as_("olu").get("/review/bulk/move?all=1").text
    cases.clock.travel("2026-12-18 13:00")
    path = "/review/bulk/move?stage=submitted&all=1"
    page = as_("olu").get(path).text
    as_("olu").post(path, {"seen": seen_in(page), "action": "start_check"}, check=False)
    assert {c.stage for c in db.session.query(Submission)} == {Stage.CHECK}
    as_("priya").get("/review/bulk/assign?all=1", status=403)


def test_long_errand_goes_on_by_itself_and_once(three, as_, people, db, monkeypatch):
    monkeypatch.setattr(errands, "AT_ONCE", 1)
    monkeypatch.setattr(errands, "PART", 2)
    path = "/review/bulk/assign?all=1"
    form = {"seen": seen_in(as_("olu").get(path).text), "officer": str(people.oscar.id)}
    as_("olu").post(path, form, check=False)
    errand = db.session.query(Errand).one()
    assert "0 of 3 cases done" in as_("olu").get(f"/review/errands/{errand.public_id}").text
    jobs.drain()
    assert "Done for 3 cases" in as_("olu").get(f"/review/errands/{errand.public_id}").text
    assert {c.owner_id for c in db.session.query(Submission)} == {people.oscar.id}
    assert "Cases given to an officer" in as_("olu").get("/review/errands").text


def test_timeline_is_filtered_and_marks_what_the_school_sees(three, as_):
    path = f"{LIST}/{three[0]}/timeline"
    page = as_("olu").get(path).text
    assert "The school sees this" in page
    assert "Print this timeline" in page
    letters = as_("olu").get(path + "?about=letters").text
    assert "Nothing fits" in letters
    school = as_("olu").get(path + "?seen=school&about=school").text
    assert "Started" in school or "Submitted" in school
    as_("olu").get(path + "?about=%27&by=%3Cb%3E&seen=x")
