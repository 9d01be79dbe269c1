"""What every test of letters may ask for: a browser by the name of its person."""

import pytest

from tests.web.review.browsing import enter


@pytest.fixture
def as_(app, people):
    """`as_("olu")` is Olu's browser."""
    return lambda name: enter(app, people, name)
