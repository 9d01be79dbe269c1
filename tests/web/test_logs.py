"""Every request has a number, and a line in the log that names nobody."""

import io
import json
import logging

import pytest
from sqlalchemy import text

from eoi.extensions import db as database
from eoi.outbound.logs import JsonLines
from eoi.web import logs
from eoi.web.access import public
from tests.pages import Pages
from tests.web.entering import enter


@pytest.fixture
def log(app):
    """What the service writes, as a list of lines: everything, from every logger."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    root, ours = logging.getLogger(), logging.getLogger("eoi")
    levels = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    ours.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def requests(lines) -> list[dict]:
    return [line for line in lines if line["logger"] == "eoi.requests"]


def test_request_is_logged_with_its_number(client, log):
    answer = client.get("/privacy?name=Marker")
    [line] = requests(log())
    assert line["request"] == answer.headers["X-Request-ID"]
    facts = {key: line[key] for key in ("method", "endpoint", "status", "user")}
    assert facts == {"method": "GET", "endpoint": "public.privacy", "status": 200, "user": None}
    assert 0 < line["ms"] < 5000
    assert "Marker" not in json.dumps(line)


def test_request_turned_away_early_is_logged_too(client, log):
    for path in ("/nowhere", "/%00"):
        answer = client.get(path)
        assert requests(log())[-1]["request"] == answer.headers["X-Request-ID"]
        assert requests(log())[-1]["status"] == 404


def test_monitors_are_not_logged(client, log):
    client.get("/health")
    client.get("/ready")
    assert requests(log()) == []


def test_number_of_a_proxy_is_taken_only_from_one_we_trust_and_only_sound(client, app):
    def given(number: str) -> str:
        return client.get("/", headers={"X-Request-ID": number}).headers["X-Request-ID"]

    assert given("abc-12345678") != "abc-12345678"
    app.config["PROXIES"] = 1
    assert given("abc-12345678") == "abc-12345678"
    for odd in ("short", "x" * 65, "alice@example.org", "<script>alert(1)</script>", "-leading-dash"):
        assert given(odd) != odd


def test_error_pages_give_the_number(client):
    answer = Pages(client).get("/nowhere", status=404)
    assert f"give this reference: {answer.headers['X-Request-ID']}" in answer.text


def test_slow_statement_is_logged_with_placeholders(client, app, log, monkeypatch):
    @public
    def view():
        return str(database.session.execute(text("SELECT :name"), {"name": "Marker"}).scalar_one())

    monkeypatch.setattr(logs, "SLOW_SECONDS", 0)
    monkeypatch.setitem(app.view_functions, "public.start", view)
    assert client.get("/").text == "Marker"
    told = [line for line in log() if line["logger"] == "eoi.slow"]
    assert any(line["statement"].startswith("SELECT ") for line in told)
    assert all(line["request"] for line in told)
    assert "Marker" not in json.dumps(log())
    assert requests(log())[-1]["queries"] >= 1


def test_nobody_and_nothing_typed_is_in_the_log(client, app, people, cases, log):
    """Walk pages with marked names, addresses and answers, some of which fail, and search the log."""
    marks = ["Marked", "marked@", "198.51.100.7"]
    submission = cases.road().submission
    people.alice.name, people.alice.email = "Alice Marked", "alice.marked@example.org"
    database.session.commit()
    peer = {"REMOTE_ADDR": "198.51.100.7"}
    client.post(
        "/sign-in", data={"email": "alice.marked@example.org", "password": "Marked password"}, environ_base=peer
    )
    pages = enter(client, people.alice)
    pages.get(f"/apply/{submission.public_id}")
    pages.get("/apply?q=Marked")
    client.get("/Marked/page", environ_base=peer)
    client.post(f"/apply/{submission.public_id}/need", data={"need_case": "Marked answer", "version": "0"})
    with app.app_context():
        logging.getLogger("eoi.errors").error("Error", exc_info=database_error("alice.marked@example.org"))
    lines = log()
    assert len(requests(lines)) >= 5
    assert any(line.get("exception") for line in lines)
    whole = json.dumps(lines)
    assert [mark for mark in marks if mark in whole] == []
    assert people.alice.id in {line["user"] for line in requests(lines)}


@pytest.mark.parametrize("form", ["old", "new"])
def test_reports_of_browsers_are_logged_without_what_a_page_said(client, log, form):
    refused = {"blockedURL": "inline", "documentURL": "http://localhost/people?q=Marker", "sample": "Marker"}
    old = {"blocked-uri": "inline", "document-uri": "http://localhost/people?q=Marker", "script-sample": "Marker"}
    sent = {"csp-report": old} if form == "old" else [{"type": "csp-violation", "body": refused, "url": "/?q=Marker"}]
    assert client.post("/csp-reports", data=json.dumps(sent), forged=True).status_code == 204
    [line] = [line for line in log() if line["logger"] == "eoi.csp"]
    assert "inline" in line["event"]
    assert "http://localhost/people" in line["event"]
    assert "Marker" not in json.dumps(log())


def database_error(email: str) -> BaseException:
    """What the database says when an address is there already: it quotes it."""
    insert = text('INSERT INTO "user" (email, name, job_title, active) VALUES (:email, :email, :email, NULL)')
    try:
        database.session.execute(insert, {"email": email})
    except Exception as error:
        database.session.rollback()
        return error
    raise AssertionError("it was taken")
