"""Signing in without the sign-in page, for tests of other pages."""

import secrets
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from eoi.extensions import db
from eoi.models import User
from eoi.queries import users
from tests.pages import Pages
from tests.people import session_of, token_of


def enter(client: FlaskClient, user: User) -> Pages:
    """A browser in which this person is signed in, and has just shown that it is them."""
    held = held_by(client.application, user)
    with client.session_transaction() as session:
        session.update(held)
    return Pages(client)


def held_by(app: Flask, user: User) -> dict[str, Any]:
    """What the cookie of a person holds who has just signed in."""
    held = {"_user_id": str(user.id), "_fresh": True, "sign_in": _token(app, user), "how": "password"}
    return held | times_of(app)


def times_of(app: Flask) -> dict[str, int]:
    """What a cookie says of its session's times, for one that has just begun."""
    moment = int(app.config["CLOCK"]().timestamp())
    return {name: moment for name in ("began_at", "used_at", "confirmed_at")}


def _token(app: Flask, user: User) -> str:
    """The token of the session that the person has in the examples; of a new one where it has ended."""
    token = token_of(user)
    with app.app_context():
        if users.signed_in(user.id, token) is None:
            token = secrets.token_urlsafe(16)
            db.session.add(session_of(user, token))
            db.session.commit()
    return token
