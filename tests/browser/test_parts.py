"""The components in a browser: no violation of WCAG 2.2 A and AA, narrow and wide, with script and without."""

import pytest
from flask import request

from eoi.queries import schools
from eoi.workflow import register
from tests.browser import parts
from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine

OFFER, OFFICERS = "/sign-in", "/privacy"


@pytest.fixture
def offer(app, monkeypatch):
    monkeypatch.setitem(app.view_functions, "auth.sign_in", parts.offer)
    monkeypatch.setitem(app.view_functions, "public.privacy", parts.officers)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_components_have_no_violation(offer, new_page, check_axe, width):
    page = new_page(width=width)
    for path in ("/", OFFICERS, OFFER, "/nowhere"):
        page.goto(path)
        check_axe(page)
    page.goto(OFFER)
    page.get_by_role("button", name="Save and continue").click()
    check_axe(page)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_fields_have_no_violation(app, monkeypatch, new_page, check_axe, width):
    monkeypatch.setitem(app.view_functions, "auth.sign_in", parts.decision)
    page = new_page(width=width)
    page.goto(OFFER)
    check_axe(page)
    page.get_by_label("Approve with conditions").check()
    assert page.get_by_label("Condition", exact=True).is_visible()
    page.get_by_role("button", name="Record the decision").click()
    check_axe(page)


def test_summary_takes_the_focus_to_the_input_to_mend(offer, page):
    page.goto(OFFER)
    page.get_by_role("button", name="Save and continue").click()
    assert page.title().startswith("Error: The offer")
    page.get_by_role("link", name="Enter the number of places").click()
    assert page.evaluate("document.activeElement.name") == "places"


def test_rows_are_added_and_removed_at_once(offer, page):
    page.goto(OFFER)
    for number in (2, 3):
        page.get_by_role("button", name="Add another room").click()
        assert page.evaluate("document.activeElement.name") == f"rooms-{number - 1}-name"
    assert not page.get_by_role("button", name="Add another room").is_visible()
    page.locator("[name='rooms-2-name']").fill("Third")
    page.get_by_role("button", name="Remove room 1").click()
    assert page.locator("[data-rows]").first.get_by_text("Room 2", exact=True).is_visible()
    page.get_by_role("button", name="Save and continue").click()
    assert page.locator("[name='rooms-1-name']").input_value() == "Third"


def test_rows_are_added_without_script(offer, plain_page):
    plain_page.goto(OFFER)
    plain_page.locator("[name='rooms-0-name']").fill("Base")
    plain_page.get_by_role("button", name="Add another room").click()
    assert plain_page.locator("[name='rooms-0-name']").input_value() == "Base"
    assert plain_page.locator("[name='rooms-1-name']").is_visible()


def test_question_that_hangs_is_plain_to_see_without_script(offer, plain_page, page):
    plain_page.goto(OFFER)
    assert plain_page.locator("[name='talked_on-day']").is_visible()
    page.goto(OFFER)
    assert not page.locator("[name='talked_on-day']").is_visible()


def test_enter_key_saves_and_removes_no_row(offer, page):
    page.goto(OFFER)
    page.locator("[name='rooms-0-name']").fill("Base")
    page.locator("[name='rooms-0-name']").press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.locator("[name='rooms-0-name']").input_value() == "Base"


def test_words_are_counted_as_they_are_typed(offer, page):
    page.goto(OFFER)
    page.locator("[name='why']").fill("word " * 22)
    page.get_by_text("You have 2 words too many").first.wait_for()


def test_school_is_chosen_from_suggestions(offer, db, page):
    register.load_sample("886")
    db.session.commit()
    school = schools.find("folkestone primary")[0]
    page.goto(OFFER)
    page.locator("input[type=hidden][name=partner]").wait_for(state="attached")
    page.get_by_label("Partner school").press_sequentially(school.name)
    page.get_by_role("option", name=f"(URN {school.urn})").click()
    assert page.locator("input[name=partner]").input_value() == str(school.urn)


def test_leaving_unsaved_text_asks_first(offer, page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(OFFER)
    page.locator("[name='why']").press_sequentially("Because")
    page.get_by_role("link", name="Privacy").click()
    page.wait_for_url("**/privacy")
    assert asked == ["beforeunload"]


def test_two_clicks_send_once(offer, app, page):
    sent = []
    app.before_request_funcs.setdefault(None, []).insert(
        0, count := lambda: sent.append(1) if request.method == "POST" else None
    )
    try:
        page.goto(OFFER)
        page.get_by_role("button", name="Save and continue").dblclick()
        page.wait_for_selector(".govuk-error-summary")
        page.wait_for_timeout(200)
        assert len(sent) == 1
    finally:
        app.before_request_funcs[None].remove(count)


def test_skip_link_skips_to_the_content(offer, narrow_page):
    narrow_page.goto("/")
    narrow_page.keyboard.press("Tab")
    assert narrow_page.evaluate("document.activeElement.textContent") == "Skip to main content"
    narrow_page.keyboard.press("Enter")
    assert narrow_page.evaluate("document.activeElement.id") == "main-content"
