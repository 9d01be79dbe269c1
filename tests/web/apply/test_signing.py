"""The pages of sign-off: opened as often as anybody likes, confirmed once; the school sees who is missing."""

import pytest

from eoi.extensions import db
from eoi.queries import signatures
from eoi.queries.signatures import State
from eoi.rules.words import Step
from eoi.workflow import links, submitting
from eoi.workflow.submitting import Declared
from tests.pages import Pages
from tests.web.entering import enter as enter_as

YES = {"answer": "yes", "name": "Chris Chair", "minute-day": "10", "minute-month": "11", "minute-year": "2026"}


@pytest.fixture
def sent(cases, people):
    road = cases.road()
    road.fill((Step.EOI,))
    names = [Declared("headteacher", "Alice"), Declared("chair", "Chris Chair", email="chris@governors.example")]
    submitting.submit(road.submission, names, seen=road.submission.version, by=people.actor("alice"))
    db.session.commit()
    return road.submission


@pytest.fixture
def link(sent):
    (one,) = signatures.of(sent)
    return "/sign/" + links.address(one.link).rpartition("/")[2]


def state(submission):
    (one,) = signatures.of(submission)
    return one.state


def test_opening_confirms_nothing_and_the_button_confirms_once(client, sent, link):
    pages = Pages(client, most_queries=25)
    for _ in range(3):
        assert "Classroom A" in pages.get(link).text
        assert client.head(link).status_code == 200
    assert state(sent) is State.WAITING
    assert "Confirmed" in pages.follow(pages.post(link, YES)).text
    assert state(sent) is State.CONFIRMED
    for again in (pages.get(link, status=410), pages.post(link, YES, status=410)):
        assert "This link no longer works" in again.text


def test_sent_back_is_told_to_the_school(client, sent, link, enter):
    pages = Pages(client, most_queries=25)
    done = pages.post(link, {"answer": "no", "reason": "We have no such room."})
    assert "Sent back" in pages.follow(done).text
    page = enter("alice", sent).page("signatures")
    assert "We have no such room." in page
    assert "Send a new link" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Choose whether you confirm it"),
        ({**YES, "name": " "}, "Enter your full name"),
        ({**YES, "minute-year": "2027"}, "today or in the past"),
        ({**YES, "minute-day": ""}, "must include a day"),
        ({"answer": "no"}, "Enter what has to change"),
        ({"answer": "maybe"}, "Choose"),
    ],
)
def test_answer_that_is_wrong_is_mended(client, sent, link, typed, message):
    assert message in Pages(client, most_queries=25).post(link, typed, status=422).text
    assert state(sent) is State.WAITING


def test_link_opens_nothing_under_another_address(client, sent, link):
    for path in (link.replace("/sign/", "/partner/"), link.replace("/sign/", "/confirm/"), link[:-1], "/sign/x"):
        Pages(client, most_queries=25).get(path, status=410)


def test_link_waits_while_the_school_changes_its_answers(client, sent, link, people):
    submitting.reopen(sent, seen=sent.version, by=people.actor("alice"))
    db.session.commit()
    assert "changing its answers" in Pages(client, most_queries=25).get(link, status=422).text


def test_school_reminds_and_corrects_an_address(sent, enter, clock):
    alice = enter("alice", sent)
    assert "You can send a reminder once a day" in alice.page("signatures")
    alice.send("signatures/chair/remind", {}, 422)
    clock.advance(days=1)
    alice = enter("alice", sent)
    assert "Send a reminder" in alice.page("signatures")
    alice.send("signatures/chair/remind", {})
    assert "chris@governors.example" in alice.page("signatures/chair")
    alice.send("signatures/chair", {"name": "Cora Chair", "email": "alice@example.org"}, 422)
    alice.send("signatures/chair", {"name": "Cora Chair", "email": "cora@governors.example"})
    assert "cora@governors.example" in alice.page("signatures")
    assert "Who has confirmed" in alice.page()
    alice.page("signatures/trustees", 404)


def test_editor_sees_who_is_missing_and_asks_nobody(sent, enter):
    ed = enter("ed", sent)
    page = ed.page("signatures")
    assert "Waiting" in page
    assert "Correct the name" not in page
    ed.send("signatures/chair/remind", {}, 403)


@pytest.mark.parametrize("who", ["olu", "audrey"])
def test_officers_see_what_is_outstanding(client, people, sent, who):
    page = enter_as(client, people.by_name[who]).get(f"/review/submissions/{sent.reference}").text
    assert "Who stands behind it" in page
    assert "Waiting" in page
    assert "chris@governors.example" in page
