"""The page of the service's state is within everybody's reach."""

import pytest
from flask.sessions import SecureCookieSessionInterface

from tests.web.entering import held_by

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine


@pytest.mark.parametrize("width", [1280, 320])
def test_state_of_the_service(live, new_page, people, check_axe, width):
    page = new_page(width=width)
    seal = SecureCookieSessionInterface().get_signing_serializer(live.app)
    page.context.add_cookies(
        [{"name": "session", "value": seal.dumps(held_by(live.app, people.ada)), "url": live.address}]
    )
    page.goto("/admin/state")
    assert page.title().startswith("State of the service")
    check_axe(page)
