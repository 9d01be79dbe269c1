"""Start page, statements, and what a monitor asks."""

import pytest

from eoi.extensions import db
from tests.pages import Pages


@pytest.mark.parametrize("path", ["/", "/accessibility", "/privacy", "/cookies"])
def test_public_page_is_whole(client, path):
    Pages(client).get(path)


def test_start_page_names_the_round_that_is_open(client, db, cases):
    db.session.commit()
    assert "Autumn 2026" in Pages(client).get("/").text


def test_demonstration_is_said_on_every_page(client, app):
    app.config["DEMONSTRATION"] = True
    assert "Demonstration, not a decision" in Pages(client).get("/privacy").text
    assert "Demonstration, not a decision" in Pages(client).get("/nowhere", status=404).text


def test_health_and_ready_answer(client):
    assert client.get("/health").json == {"status": "ok"}
    assert client.get("/ready").json == {"status": "ready"}


def test_ready_says_when_tables_are_missing(client, app):
    with app.app_context():
        db.session.execute(db.text("ALTER TABLE submission RENAME TO hidden_submission"))
        db.session.commit()
    answer = client.get("/ready")
    with app.app_context():
        db.session.execute(db.text("ALTER TABLE hidden_submission RENAME TO submission"))
        db.session.commit()
    assert (answer.status_code, answer.json) == (503, {"status": "the database does not answer"})
