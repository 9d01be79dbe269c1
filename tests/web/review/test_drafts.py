"""Drafts that exist, and cases for an exception that officers answer. Never a school's answers."""

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.models.submission import Exception_
from eoi.rules.stages import Stage
from eoi.rules.words import Need
from eoi.workflow import exceptions
from tests.web.entering import enter

CASE = "Our building has a wing that suits it."


@pytest.fixture
def asked(cases, people):
    """Alice's case for an exception, sent on Tuesday 24 November 2026."""
    submission = cases.at(Stage.DRAFT, need=Need.SEMH)
    exceptions.ask(submission, CASE, seen=submission.version, by=people.actor("alice"))
    db.session.commit()
    return submission


@pytest.fixture
def olu(client, people):
    return enter(client, people.olu)


def test_drafts_are_known_to_exist_and_nothing_more(olu, cases):
    cases.road().fill(())
    db.session.commit()
    page = olu.get("/review/drafts").text
    assert "Hopefield Primary School" in page
    assert "1 draft" in page
    assert "No case waits for an answer" in page
    assert "/apply/" not in page


def test_exception_is_answered_within_five_working_days(client, people, olu, asked, clock):
    page = olu.get("/review/drafts").text
    assert "1 December 2026" in page
    assert "Overdue" not in page
    clock.travel("2026-12-02 09:00")
    olu = enter(client, people.olu)
    assert "Overdue" in olu.get("/review/drafts").text


def test_dashboard_counts_the_cases_for_an_exception(client, people, olu, asked):
    assert "Cases for an exception" in olu.get("/review").text
    assert "Cases for an exception" not in enter(client, people.harriet).get("/review").text


@pytest.mark.parametrize(("answer", "became"), [("allow", Exception_.ALLOWED), ("refuse", Exception_.REFUSED)])
def test_exception_is_answered_and_the_school_is_told(olu, asked, mailbox, answer, became):
    path = f"/review/drafts/{asked.public_id}/exception"
    page = olu.get(path).text
    assert CASE in page
    assert "The council does not commission SEMH resourced provision" in page
    sent = {"version": asked.version, "answer": answer, "reason": "The wing is new"}
    assert "No case waits for an answer" in olu.follow(olu.post(path, sent, check=False)).text
    assert (asked.exception, asked.exception_answer) == (became, "The wing is new")
    jobs.drain()
    assert "The wing is new" in mailbox.texts[-1]
    olu.get(path, status=404)


@pytest.mark.parametrize(
    ("changes", "status", "message"),
    [
        ({"answer": ""}, 422, "Choose whether the school may go on"),
        ({"reason": " "}, 422, "Enter the reason"),
        ({"version": "0"}, 409, "Somebody else changed this"),
    ],
)
def test_exception_says_what_to_mend(olu, asked, changes, status, message):
    sent = {"version": asked.version, "answer": "allow", "reason": "The wing is new", **changes}
    page = olu.post(f"/review/drafts/{asked.public_id}/exception", sent, status=status)
    assert message in page.text
    assert asked.exception is Exception_.ASKED


def test_draft_that_asks_for_nothing_has_no_page(olu, cases):
    draft = cases.at(Stage.DRAFT)
    olu.get(f"/review/drafts/{draft.public_id}/exception", status=404)
    olu.get(f"/apply/{draft.public_id}", status=404)


@pytest.mark.parametrize("who", ["alice", "sam", "ada"])
def test_drafts_are_closed_to_those_outside_the_review(client, people, asked, who):
    enter(client, getattr(people, who)).get("/review/drafts", status=403)


@pytest.mark.parametrize("who", ["priya", "harriet", "audrey"])
def test_rest_of_the_review_sees_no_case_for_an_exception(client, people, asked, who):
    pages = enter(client, getattr(people, who))
    page = pages.get("/review/drafts").text
    assert "Hopefield Primary School" in page
    assert "Cases for an exception" not in page
    pages.get(f"/review/drafts/{asked.public_id}/exception", status=403)
