import pytest

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
