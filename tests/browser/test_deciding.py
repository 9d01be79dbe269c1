"""The Head of SEN decides and issues the letter, in a real browser: with script and without, wide and narrow."""

import pytest

from eoi.queries import review
from eoi.rules.stages import Stage
from eoi.rules.words import Outcome
from eoi.workflow import letters
from tests.browser.conftest import NARROW, WIDE
from tests.web.entering import held_by
from tests.web.review.test_decision import EVERY

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine

ONLY_ELSEWHERE = ("reasons", "would_help", "defer_reason", "review_on")


@pytest.fixture
def submission(cases):
    return cases.at(Stage.WITH_HEAD)


def sign_in(page, app, user):
    """Give the browser a session of this person."""
    client, held = app.test_client(), held_by(app, user)
    with client.session_transaction() as session:
        session.update(held)
    cookie = {"name": "session", "value": client.get_cookie("session").value, "url": app.config["SITE_URL"]}
    page.context.add_cookies([cookie])


def press(page, button):
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def fill(page, outcome):
    page.get_by_label({Outcome.CONDITIONS: "Approve to proceed, with conditions"}[outcome]).check()
    for name, text in EVERY.items():
        if not name.startswith(ONLY_ELSEWHERE):
            page.locator(f'[name="{name}"]').first.fill(text)


def hand_over(db, people, submission):
    """The case officer has read the draft."""
    db.session.expire_all()
    letters.mark_ready(review.letters(submission)[-1], by=people.actor("olu"))
    db.session.commit()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_the_decision_is_accessible(app, db, people, submission, new_page, check_axe, width):
    page = new_page(width=width)
    sign_in(page, app, people.harriet)
    path = f"/review/submissions/{submission.reference}/decision"
    db.session.rollback()
    page.goto(path)
    check_axe(page)
    page.get_by_label("Decline").check()
    press(page, "Check before recording")
    assert page.title().startswith("Error: Decide")
    check_axe(page)
    fill(page, Outcome.CONDITIONS)
    press(page, "Check before recording")
    check_axe(page)
    press(page, "Record the decision")
    check_axe(page)
    hand_over(db, people, submission)
    page.goto("/letters")
    check_axe(page)
    with page.expect_navigation():
        page.locator("main a").first.click()
    press(page, "Go on to issue it")
    check_axe(page)
    press(page, "Issue the letter")
    check_axe(page)
    db.session.expire_all()
    assert review.letters(submission)[-1].is_issued


def test_decision_needs_no_script(app, db, people, submission, plain_page):
    sign_in(plain_page, app, people.harriet)
    path = f"/review/submissions/{submission.reference}/decision"
    db.session.rollback()
    plain_page.goto(path)
    fill(plain_page, Outcome.CONDITIONS)
    press(plain_page, "Add another condition")
    assert plain_page.locator('[name="conditions-0-text"]').input_value() == "Appoint a teacher in charge"
    press(plain_page, "Remove condition 2")
    press(plain_page, "Check before recording")
    press(plain_page, "Record the decision")
    hand_over(db, people, submission)
    plain_page.reload()
    press(plain_page, "Go on to issue it")
    press(plain_page, "Issue the letter")
    db.session.expire_all()
    assert review.letters(submission)[-1].is_issued
