from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import Settings
from eoi import create_app
from eoi.models import Throttle
from eoi.rules.errors import TooMany
from eoi.workflow import throttling


def knock(times=1, whose="alice@example.org"):
    for _ in range(times):
        throttling.count("sign-in", whose, limit=3, minutes=15)


def test_count_refuses_what_goes_beyond_the_limit(db):
    knock(3)
    with pytest.raises(TooMany, match="Wait 15 minutes"):
        knock()
    knock(whose="sam@example.org")
    throttling.count("forgotten", "alice@example.org", limit=3, minutes=15)


def test_count_begins_anew_after_its_window(db, clock):
    knock(3)
    clock.advance(minutes=15)
    knock(3)


def test_count_takes_capitals_for_the_same_person(db):
    knock(3)
    with pytest.raises(TooMany):
        knock(whose="Alice@Example.org")


def test_forgive_forgets(db):
    knock(3)
    throttling.forgive("sign-in", "alice@example.org")
    knock(3)


def test_tidy_forgets_yesterday(db, clock):
    knock()
    clock.advance(days=1)
    throttling.tidy()
    assert db.session.query(Throttle).all() == []


def test_table_holds_nothing_that_was_typed(db):
    knock()
    (row,) = db.session.query(Throttle).all()
    assert "alice" not in row.key


def test_counts_are_shared_by_processes_and_survive_a_restart(app, db):
    """Another process is another application on the same database."""
    knock(2)
    db.session.commit()
    again = create_app(
        Settings(
            DATA_DIR=Path(app.config["DATA_DIR"]),
            DATABASE_URL=str(app.config["DATABASE_URL"]),
            SECRET_KEY=app.config["SECRET_KEY"],
        )
    )
    again.config["CLOCK"] = app.config["CLOCK"]
    with again.app_context():
        knock()
        db.session.commit()
        with pytest.raises(TooMany):
            knock()
        db.session.commit()
        db.engine.dispose()
    with pytest.raises(TooMany):
        knock()


def test_many_at_one_moment_are_all_counted(app, db):
    """Twelve threads, each with a connection of its own: three are let through."""

    def one(_):
        with app.app_context():
            try:
                knock()
                return "in"
            except TooMany:
                return "refused"
            finally:
                db.session.commit()

    with ThreadPoolExecutor(12) as crowd:
        outcomes = list(crowd.map(one, range(12)))
    assert (outcomes.count("in"), outcomes.count("refused")) == (3, 9)
