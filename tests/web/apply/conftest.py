"""Browsers of a school's people, and drafts to work on."""

import pytest

from eoi.rules.stages import Stage
from eoi.rules.words import Need, Step
from tests.web.apply.browsing import School


@pytest.fixture
def enter(app, people):
    """`enter("alice", submission)`: a browser of its own in which this person works on this submission."""
    return lambda name, submission=None: School(app, people.by_name[name], submission)


@pytest.fixture
def draft(cases):
    """An empty draft of Alice's school."""
    return cases.at(Stage.DRAFT)


@pytest.fixture
def filled(db, cases):
    """A draft of Alice's school with every answer given."""
    road = cases.road()
    road.fill((Step.EOI,))
    db.session.commit()
    return road.submission


@pytest.fixture
def exceptional(cases):
    """A draft of Alice's school in a strand that is open by exception only."""
    return cases.at(Stage.DRAFT, need=Need.SEMH)


@pytest.fixture
def alice(enter, draft):
    return enter("alice", draft)
