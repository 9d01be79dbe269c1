"""Start page, statements, and what a monitor asks."""

import pytest

from eoi.extensions import db as database
from eoi.extensions import now
from eoi.models import Calendar
from tests.pages import Pages


@pytest.mark.parametrize("path", ["/", "/accessibility", "/privacy", "/cookies"])
def test_public_page_is_whole(client, path):
    Pages(client).get(path)


def test_start_page_names_the_round_that_is_open(client, db, cases):
    database.session.commit()
    assert "Autumn 2026" in Pages(client).get("/").text


def test_demonstration_is_said_on_every_page(client, app):
    app.config["DEMONSTRATION"] = True
    assert "Demonstration, not a decision" in Pages(client).get("/privacy").text
    assert "Demonstration, not a decision" in Pages(client).get("/nowhere", status=404).text


def test_health_and_ready_answer(client):
    assert client.get("/health").json == {"status": "ok"}
    ready = {"status": "ready", "database": "ok", "files": "ok", "worker": "not seen"}
    assert client.get("/ready").json == ready
    with client.application.app_context():
        database.session.add(Calendar(name="close_rounds", last_run=now(), next_run=now()))
        database.session.commit()
    assert client.get("/ready").json == {**ready, "worker": "ok"}


def test_ready_says_when_files_cannot_be_kept(client, app, tmp_path):
    (tmp_path / "occupied").write_text("")
    app.config["FILES_URL"] = f"file://{tmp_path / 'occupied'}"
    answer = client.get("/ready")
    assert (answer.status_code, answer.json["files"]) == (503, "cannot be reached")


def test_ready_says_when_tables_are_missing(client, app):
    with app.app_context():
        database.session.execute(database.text("ALTER TABLE submission RENAME TO hidden_submission"))
        database.session.commit()
    answer = client.get("/ready")
    with app.app_context():
        database.session.execute(database.text("ALTER TABLE hidden_submission RENAME TO submission"))
        database.session.commit()
    assert answer.status_code == 503
    assert answer.json == {"status": "not ready", "database": "does not answer", "files": "ok"}
