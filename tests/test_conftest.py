"""The ground the tests stand on: a fresh database each, time that stands still, the network shut."""

import socket

import pytest
import pytest_socket
from sqlalchemy import text

from eoi.extensions import db as database
from eoi.extensions import now, today


@pytest.mark.parametrize("turn", [1, 2])
def test_database_is_fresh_each_time(db, turn):
    assert db.session.execute(text("SELECT count(*) FROM counter WHERE name = 'left behind'")).scalar_one() == 0
    db.session.execute(text("INSERT INTO counter (name, value) VALUES ('left behind', 1)"))
    db.session.commit()


def test_clock_stands_still_until_told(app, clock):
    with app.app_context():
        assert now() == now()
        clock.travel("2026-07-01 00:30")
        assert today().isoformat() == "2026-07-01"
        assert now().isoformat() == "2026-06-30T23:30:00+00:00"
        clock.advance(days=1)
        assert today().isoformat() == "2026-07-02"


def test_request_has_a_session_of_its_own(db, client):
    client.get("/")
    assert database.session.execute(text("SELECT 1")).scalar_one() == 1


def test_network_is_shut():
    with pytest.raises((UserWarning, pytest_socket.SocketConnectBlockedError)), socket.socket() as stranger:
        stranger.connect(("192.0.2.1", 80))
