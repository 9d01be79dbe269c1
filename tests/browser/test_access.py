"""From a request for access to the answer, and a link that signs in: in a real browser, wide and narrow."""

import re

import pytest
from playwright.sync_api import expect

from eoi import jobs
from eoi.rules import passwords
from eoi.workflow import access_requests
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_signing_in import PASSWORD, sign_in

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine


def link_in(mailbox):
    jobs.drain()
    return re.search(r"https?://[^/]+(/(?:access|sign-in/link)/\S+)", mailbox.texts[-1])[1]


@pytest.fixture
def olu(app, db, people, live):
    app.config["SECOND_FACTOR_FOR_STAFF"] = False
    people.olu.password_hash = passwords.hashed(PASSWORD, passwords.cost_of(app.config))
    db.session.commit()
    return people.olu


def test_access_from_the_request_to_the_answer(olu, db, people, mailbox, new_page, check_axe):
    page = new_page(width=NARROW)
    page.goto("/ask-for-access")
    page.get_by_role("combobox", name="Your school").press_sequentially("hopef")  # once the script has made it one
    page.get_by_role("option", name="Hopefield Primary School").click()
    expect(page.get_by_role("listbox")).to_be_hidden()  # it lies over what follows until it closes
    page.get_by_label("Somebody else").check()
    check_axe(page)
    page.set_viewport_size({"width": WIDE, "height": 900})
    check_axe(page)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_axe(page)
    page.get_by_label("Your name").fill("Nell New")
    page.get_by_label("Your job title").fill("SENCO")
    page.get_by_label("Your work email address").fill("nell@hopefield.example")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    check_axe(page)
    page.goto(link_in(mailbox))
    check_axe(page)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We are checking that you work at Hopefield")
    check_axe(page)
    officer = new_page(width=NARROW)
    sign_in(officer, olu)
    officer.goto("/admin/access")
    check_axe(officer)
    officer.set_viewport_size({"width": WIDE, "height": 900})
    check_axe(officer)
    officer.get_by_role("link", name="Refuse").click()
    check_axe(officer)
    officer.get_by_role("link", name="Requests for access").first.click()
    officer.get_by_role("button", name="Confirm Nell New").click()
    expect(officer.get_by_text("Nell New now has access")).to_be_visible()
    check_axe(officer)
    page.goto("/apply")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_link_signs_in(db, people, live, mailbox, new_page, check_axe):
    access_requests.ask_sign_in_link("alice@example.org")
    db.session.commit()
    other = new_page(width=NARROW)
    other.goto("/sign-in/link")
    check_axe(other)
    other.goto(link_in(mailbox))
    check_axe(other)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other).to_have_url(re.compile("/apply$"))
