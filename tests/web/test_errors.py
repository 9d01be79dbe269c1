"""Each refusal and each HTTP error becomes one status and one page."""

import pytest

from eoi.rules.errors import MovedOn, NotAllowed, NotFound, RoundClosed, TooMany, WrongStage
from eoi.web.access import public
from tests.pages import Pages

REFUSALS = [
    (NotFound, 404, "Page not found"),
    (NotAllowed, 403, "You cannot do this"),
    (WrongStage, 409, "This has moved on"),
    (RoundClosed, 409, "The round has closed"),
    (TooMany, 429, "Too many tries"),
]


@pytest.fixture
def raising(app, monkeypatch):
    """Make the start page raise this."""

    def make(error):
        @public
        def view():
            raise error

        monkeypatch.setitem(app.view_functions, "public.start", view)

    return make


@pytest.mark.parametrize(("refusal", "status", "title"), REFUSALS)
def test_refusal_becomes_its_page(client, raising, refusal, status, title):
    raising(refusal())
    assert f">{title}</h1>" in Pages(client).get("/", status=status).text


def test_refusal_for_a_script_is_json(client, raising):
    raising(RoundClosed())
    answer = client.get("/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["message"]) == (409, "The round has closed. Your draft is kept.")


def test_moved_on_shows_both_texts(client, raising):
    raising(MovedOn("Olu saved this at 2pm.", {"Reasons": "Theirs <b>"}, {"Reasons": "Yours\nof two lines"}))
    page = Pages(client).get("/", status=409).text
    assert "Theirs &lt;b&gt;" in page
    assert "Yours\nof two lines" in page


def test_failure_gives_a_reference_that_the_log_has(client, raising, caplog):
    raising(ZeroDivisionError("secret detail"))
    page = Pages(client).get("/", status=500).text
    reference = next(record for record in caplog.records if record.name == "eoi.errors").args[0]
    assert reference in page
    assert "secret detail" not in page


def test_unknown_page_and_wrong_method(client):
    Pages(client).get("/nowhere", status=404)
    assert Pages(client).post("/privacy", status=405).headers["Allow"]


def test_stale_form_gives_long_text_back(client):
    page = Pages(client).post("/sign-in", {"summary": "words that took an hour to write"}, status=400, forged=True)
    assert "words that took an hour to write" in page.text


def test_stale_form_with_a_password_gives_nothing_back(client):
    data = {"email": "alice.the.headteacher@example.org", "password": "a very long secret indeed"}
    page = Pages(client).post("/sign-in", data, status=400, forged=True)
    assert "secret" not in page.text
    assert "alice" not in page.text
