"""What the council asks: only the questions named are open, and what was there before is kept."""

import pytest

from eoi.extensions import db
from eoi.models.review import Asking
from eoi.queries import drafts, review
from eoi.rules.stages import Stage
from eoi.workflow import clarifying


@pytest.fixture
def alice(enter, cases, people):
    """Alice, of whom the council asks about her case for need and her rooms."""
    submission = cases.at(Stage.CHECK)
    clarifying.ask(
        submission, Asking.INFORMATION, "Say more about travel.\nName the rooms.", ["need_case", "rooms"],
        seen=submission.version, by=people.actor("olu"),
    )  # fmt: skip
    db.session.commit()
    return enter("alice", submission)


def version(alice, key):
    return str(drafts.section_rows(alice.submission)[key].version)


def test_question_is_read_with_its_day(alice):
    page = alice.page()
    assert "Say more about travel." in page
    assert "With you" in page
    page = alice.page("questions")
    assert "Why is this provision needed at your school?" in page
    assert "Rooms you offer" in page
    assert "Not changed" in page
    assert f"{alice.at('need')}" in page


def test_only_what_is_asked_is_open(alice):
    page = alice.page("rooms")
    assert 'name="rooms-0-name"' in page
    assert 'name="route"' not in page
    assert alice.pages.get(alice.at("offer"), status=302).location == alice.at()
    before = drafts.answers(alice.submission)
    alice.send("offer", {"version": version(alice, "offer"), "places": "299"}, 409)
    form = {"version": version(alice, "rooms"), "route": "new", "rooms-0-name": "Hall", "rooms-0-use": "Play",
            "rooms-0-area": "90"}  # fmt: skip
    assert alice.send("rooms", form).location == alice.at("questions")
    after = drafts.answers(alice.submission)
    assert after["rooms"] == [{"name": "Hall", "use": "Play", "area": 90}]
    assert (after["route"], after["places"]) == (before["route"], before["places"])


def test_answers_are_sent_and_both_are_kept(alice):
    before = drafts.answers(alice.submission)["need_case"]
    form = {"version": version(alice, "need"), "need_case": "Most pupils would walk."}
    assert alice.send("need", form).location == alice.at("rooms")
    assert "Completed" in alice.page("questions")
    answer = alice.send("questions", {"version": str(alice.submission.version), "reply": "See our new text."})
    assert answer.location == alice.at("answered")
    assert "Answers sent" in alice.page("answered")
    (question,) = review.clarifications(alice.submission)
    assert (question.before["need_case"], question.after["need_case"]) == (before, "Most pupils would walk.")
    assert alice.submission.stage is Stage.CHECK
    assert alice.send("questions", {"version": "1", "reply": "Again"}).location == alice.at()


def test_nothing_said_and_nothing_changed_is_no_answer(alice):
    page = alice.refused("questions", {"version": str(alice.submission.version), "reply": " "})
    assert "Enter a reply, or change at least one of the answers" in page
    assert alice.submission.stage is Stage.RETURNED


def test_too_long_a_reply_comes_back(alice):
    page = alice.refused("questions", {"version": str(alice.submission.version), "reply": "word " * 301})
    assert "Your reply must be 300 words or fewer" in page
    assert "word word" in page


def test_editor_may_answer_and_stranger_may_not(alice, enter):
    enter("sam", alice.submission).page("questions", 404)
    ed = enter("ed", alice.submission)
    ed.send("questions", {"version": str(alice.submission.version), "reply": "From Ed."})
    assert alice.submission.stage is Stage.CHECK


def test_clarification_goes_back_to_the_assessment(enter, cases):
    submission = cases.at(Stage.CLARIFICATION)
    alice = enter("alice", submission)
    assert "We have a question for you" in alice.page("questions")
    alice.send("questions", {"version": str(submission.version), "reply": "It is on the ground floor."})
    assert submission.stage is Stage.ASSESSMENT
