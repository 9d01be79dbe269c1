"""Signing in in a real browser: the second step set up and used, and staying signed in while typing."""

import re
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from eoi.extensions import now
from eoi.rules import passwords
from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine

PASSWORD = "plum ladder harbour"


@pytest.fixture
def ada(app, db, people, live):
    """Ada, who has to set up a second step."""
    app.config["SECOND_FACTOR_FOR_STAFF"] = True
    people.ada.password_hash = passwords.hashed(PASSWORD, passwords.cost_of(app.config))
    db.session.commit()
    return people.ada


def sign_in(page, user):
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_second_step_is_set_up_and_used(ada, people, clock, new_page, check_axe, width):
    page = new_page(width=width)
    sign_in(page, ada)
    expect(page).to_have_title(re.compile("^Set up a second step to sign in"))
    check_axe(page)
    app = pyotp.TOTP(page.locator(".app-key").inner_text().replace(" ", ""))
    page.get_by_label("Code that the app shows").fill(app.at(clock()))
    page.get_by_role("button", name="Continue").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your recovery codes")
    expect(page.locator(".app-codes li")).to_have_count(10)
    check_axe(page)
    page.get_by_role("button", name="I have kept my codes").click()
    for path in ("/account", "/account/sessions", "/account/confirm", f"/admin/people/{ada.id}"):
        page.goto(path)
        check_axe(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    clock.advance(minutes=1)
    sign_in(page, ada)
    check_axe(page)
    page.get_by_label("Code").fill(app.at(clock()))
    page.get_by_role("button", name="Continue").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def test_staying_signed_in_keeps_what_is_being_typed(app, ada, people, page, check_axe, clock):
    app.config.update(SESSION_IDLE=timedelta(minutes=5), SECOND_FACTOR_FOR_STAFF=False)
    sign_in(page, ada)
    page.goto(f"/admin/people/{people.pete.id}/off")
    page.get_by_label("Reason").fill("He has moved to")
    warning = page.get_by_role("alert")
    expect(warning).to_contain_text("You will be signed out in 5 minutes")
    check_axe(page)
    clock.advance(minutes=4)
    app.config["SESSION_IDLE"] = timedelta(hours=1)
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    expect(page.get_by_label("Reason")).to_have_value("He has moved to")
    assert now() == clock()


def test_last_minutes_of_the_day_cannot_be_put_off(app, ada, people, page, clock):
    app.config.update(SESSION_LONGEST=timedelta(minutes=4), SECOND_FACTOR_FOR_STAFF=False)
    sign_in(page, ada)
    expect(page.get_by_role("alert")).to_contain_text("Save what you have typed, then sign in again")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_hidden()
