"""A strand by exception: the case first, then an officer's answer, then the form."""

import pytest

from eoi.extensions import db
from eoi.models.submission import Exception_
from eoi.workflow import exceptions


@pytest.fixture
def alice(enter, exceptional):
    return enter("alice", exceptional)


def sent(alice, case="Our district has no other provision."):
    return alice.send("exception", {"version": str(alice.submission.version), "case": case})


def test_case_is_sent_and_waits(alice, exceptional):
    assert "4 December 2025" in alice.page("exception")
    assert sent(alice).location == alice.at()
    page = alice.page()
    assert "We are looking at your case" in page
    assert "Our district has no other provision." in page
    assert exceptional.exception is Exception_.ASKED


def test_form_opens_only_once_allowed(alice, exceptional, people):
    alice.send("offer", {"version": "0", "places": "12"}, 409)
    assert alice.pages.get(alice.at("offer"), status=302).location == alice.at()
    sent(alice)
    exceptions.answer(exceptional, True, "Nobody else is near.", seen=exceptional.version, by=people.actor("olu"))
    db.session.commit()
    assert "tasks completed" in alice.page()
    alice.send("offer", {"version": "0", "places": "12"})


def test_refusal_is_read_with_its_reason(alice, exceptional, people):
    sent(alice)
    exceptions.answer(exceptional, False, "There is another near.", seen=exceptional.version, by=people.actor("olu"))
    db.session.commit()
    page = alice.page()
    assert "The exception was not allowed" in page
    assert "There is another near." in page


@pytest.mark.parametrize(("case", "message"), [("  ", "Enter your case"), ("word " * 151, "must be 150 words")])
def test_case_that_cannot_be_sent_comes_back(alice, exceptional, case, message):
    page = alice.refused("exception", {"version": str(exceptional.version), "case": case})
    assert message in page
    assert case.strip() in page


def test_case_is_sent_once(alice):
    sent(alice)
    assert sent(alice, "Another case.").location == alice.at()
    assert "Another case." not in alice.page()


def test_only_the_headteacher_sends_it(enter, exceptional):
    ed = enter("ed", exceptional)
    assert "Only the headteacher can send the case." in ed.page("exception")
    ed.send("exception", {"version": str(exceptional.version), "case": "From Ed."}, 403)
