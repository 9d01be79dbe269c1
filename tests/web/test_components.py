"""The components as pages: whole, labelled, and wired to what is wrong."""

import pytest
from markupsafe import escape

from tests.browser import parts
from tests.pages import Pages, look_at, words


@pytest.fixture
def pages(client, app, monkeypatch):
    monkeypatch.setitem(app.view_functions, "auth.sign_in", parts.offer)
    monkeypatch.setitem(app.view_functions, "public.privacy", parts.officers)
    return Pages(client)


@pytest.fixture
def decisions(client, app, monkeypatch):
    monkeypatch.setitem(app.view_functions, "auth.sign_in", parts.decision)
    return Pages(client)


def summary(response, app):
    """What the error summary says: [(id that it links to, message)]."""
    links = look_at(response.text, "/sign-in", app).findall(".//div[@data-module='govuk-error-summary']//a")
    return [(link.get("href")[1:], words(link)) for link in links]


def test_components_for_officers_are_whole(pages):
    pages.get("/privacy")


def test_questions_are_whole(pages):
    pages.get("/sign-in")


def test_question_that_hangs_on_a_choice_stands_under_it(pages):
    page = pages.get("/sign-in").text
    assert page.count('name="talked_on-day"') == 1
    assert page.index('id="talks-more"') < page.index('name="talked_on-day"') < page.index('id="talks-2"')


def test_summary_links_to_the_input_to_mend(pages, app):
    data = {
        "places": "twelve", "opening-month": "13", "opening-year": "2027", "talked_on-day": "1",
        "rooms-0-name": "Base", "rooms-0-area": "900", "years": ["r", "none"], "partner": "somewhere",
    }  # fmt: skip
    found = summary(pages.post("/sign-in", data, status=200), app)
    assert [name for name, _ in found] == [
        "places", "opening-month", "talks", "talked_on-month", "years", "rooms-0-area", "partner",
    ]  # fmt: skip


def test_what_was_typed_comes_back(pages):
    nasty = "</textarea><script>alert('x')</script> \"quoted\" & more"
    page = pages.post("/sign-in", {"places": "twelve", "why": nasty, "rooms-0-name": nasty}, status=200).text
    assert page.count(str(escape(nasty))) == 2
    assert 'value="twelve"' in page


def test_rows_are_added_and_removed_by_the_server(pages):
    rows = {"rooms-0-name": "Base", "rooms-1-name": "Office"}
    added = pages.post("/sign-in", {**rows, "add-row": "rooms"}, status=200).text
    assert 'name="rooms-2-name"' in added
    assert "There is a problem" not in added
    removed = pages.post("/sign-in", {**rows, "remove-row": "rooms:0"}, status=200).text
    assert 'value="Base"' not in removed
    assert 'name="rooms-0-name" type="text" value="Office"' in removed


@pytest.mark.parametrize("button", ["rooms:x", "rooms:9", "nothing:0", ":", "places:0", "rooms"])
def test_row_that_is_not_there_is_not_removed(pages, button):
    page = pages.post("/sign-in", {"rooms-0-name": "Base", "remove-row": button}, status=200).text
    assert 'value="Base"' in page


def test_fields_are_whole(decisions):
    page = decisions.get("/sign-in").text
    assert page.index('value="conditions"') < page.index('name="condition"') < page.index('name="name"')


def test_fields_say_what_is_missing_at_the_input(decisions, app):
    found = summary(decisions.post("/sign-in", {"outcome": "conditions", "due-day": "31"}, status=200), app)
    assert found == [
        ("condition", "Enter the condition"),
        ("name", "Enter the full name"),
        ("email", "Enter the email address"),
        ("places", "Enter the number of places"),
        ("due-month", "The due date must include a month and year"),
        ("agree", "Confirm that this is true"),
    ]
