"""What every test of the review may ask for: a browser by the name of its person."""

import pytest

from tests.web.entering import times_of
from tests.web.review.browsing import enter


@pytest.fixture
def as_(app, people):
    """`as_("olu")` is Olu's browser, the same one each time."""
    open_: dict[str, object] = {}

    def browser(name):
        if name not in open_:
            open_[name] = enter(app, people, name)
        with open_[name].client.session_transaction() as session:
            session.update(times_of(app))  # tests travel further than a session lasts
        return open_[name]

    return browser
