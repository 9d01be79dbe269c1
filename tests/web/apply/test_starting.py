"""Which school, path, need and phase; whether that can be; and then one draft, however often it is asked for."""

import pytest

from eoi.extensions import db
from eoi.models import Membership, Submission
from eoi.rules.permissions import Role
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Openness, Path, Phase
from tests.people import ELSEWHERE, HOPEFIELD
from tests.web.apply.browsing import School

START = "/apply/start/autumn-2026"
OFFER = {"school": str(HOPEFIELD), "path": "srp", "need": "asd", "phase": "primary"}


def check(**changes):
    chosen = OFFER | changes
    return f"{START}/check?" + "&".join(f"{name}={value}" for name, value in chosen.items())


@pytest.fixture
def pages(app, cases, people):
    return School(app, people.alice).pages


def drafts():
    return db.session.query(Submission).all()


def test_start_asks_and_leads_to_the_check(pages):
    page = pages.get(START).text
    assert "What could your school offer?" in page
    assert "Which school is it for?" not in page
    answer = pages.post(START, OFFER)
    assert answer.location == check()
    assert "You can start" in pages.follow(answer).text


def test_start_says_what_is_not_chosen(pages):
    page = pages.post(START, {"school": str(HOPEFIELD), "path": "forged", "need": ["asd", "semh"]}, status=200).text
    assert "There is a problem" in page
    assert "Choose the phase" in page


def test_start_offers_only_the_schools_of_the_person(app, cases, people):
    people.alice.memberships.append(Membership(urn=ELSEWHERE, role=Role.HEADTEACHER, confirmed_at=cases.clock()))
    db.session.commit()
    pages = School(app, people.alice).pages
    page = pages.get(START).text
    assert "Hopefield Primary School" in page
    assert "Elsewhere Primary School" in page
    assert "Riverside" not in page
    pages.get(check(school="900002"), status=404)


def test_beginning_makes_one_draft(pages):
    answer = pages.post(check(), check=False)
    (draft,) = drafts()
    assert answer.location == f"/apply/{draft.public_id}"
    assert (draft.path, draft.need, draft.phase, draft.stage) == (Path.SRP, Need.ASD, Phase.PRIMARY, Stage.DRAFT)
    assert pages.post(check(), check=False).location == answer.location
    assert len(drafts()) == 1
    assert "You have this one already" in pages.get(check()).text


def test_closed_strand_stops_with_its_note(pages, cases):
    strand = next(s for s in cases.round.strands if (s.path, s.need, s.phase) == (Path.SRP, Need.ASD, Phase.PRIMARY))
    strand.openness, strand.note = Openness.CLOSED, "All places are found"
    db.session.commit()
    page = pages.get(check()).text
    assert "You cannot offer this in this round" in page
    assert "All places are found" in page
    pages.post(check(), status=200)
    assert drafts() == []


def test_phase_that_the_school_does_not_teach_stops(pages):
    assert "Your school teaches ages 4 to 11" in pages.get(check(phase="secondary")).text
    pages.post(check(phase="secondary"), status=200)
    assert drafts() == []


def test_exception_begins_with_the_case(pages):
    assert "open by exception only" in pages.get(check(need="semh")).text
    page = pages.follow(pages.post(check(need="semh"), check=False)).text
    assert "Your case for an exception comes first" in page


def test_round_that_is_not_open_takes_nothing(app, people, cases, clock):
    clock.travel("2026-12-18 12:00")
    pages = School(app, people.alice).pages
    for address in (START, check()):
        pages.get(address, status=404)
        pages.post(address, OFFER, status=404)
    pages.get("/apply/start/no-such-round", status=404)


@pytest.mark.parametrize("changes", [{"path": "x"}, {"need": ""}, {"phase": "%00"}, {"school": "1"}, {"school": "x"}])
def test_forged_choices_are_no_page(pages, changes):
    pages.get(check(**changes), status=404)
    pages.post(check(**changes), status=404)


def test_editors_may_start_and_strangers_may_not(app, cases, people):
    School(app, people.ed).pages.post(check(), check=False)
    assert len(drafts()) == 1
    School(app, people.sam).pages.get(check(), status=404)
    School(app, people.olu).pages.get(START, status=403)


def test_home_lists_only_my_schools(enter, draft):
    assert "Resourced provision, autism, primary" in enter("alice").pages.get("/apply").text
    page = enter("sam").pages.get("/apply").text
    assert "You have not started one yet" in page
    assert "Start an expression of interest" in page
    enter("olu").pages.get("/apply", status=403)


def test_home_says_when_no_round_is_open(enter, cases, clock):
    clock.travel("2027-02-01 09:00")
    assert "No round is open now" in enter("sam").pages.get("/apply").text
