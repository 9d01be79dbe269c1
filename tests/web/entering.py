"""Signing in without the sign-in page, for tests of other pages."""

from flask.testing import FlaskClient

from eoi.models import User
from tests.pages import Pages


def enter(client: FlaskClient, user: User) -> Pages:
    """A browser in which this person is signed in."""
    moment = int(client.application.config["CLOCK"]().timestamp())
    with client.session_transaction() as session:
        session.update({"_user_id": user.get_id(), "_fresh": True, "used_at": moment})
    return Pages(client)
