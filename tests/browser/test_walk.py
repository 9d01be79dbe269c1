"""The whole road in a real browser: from the start page to the letter in the school's hands and the summary's print.

The walkers touch nothing but pages; the worker prints, and sends to a real mail server.
"""

from collections.abc import Callable

import pytest

from eoi.rules import passwords
from eoi.rules.words import Need, Path, Phase, Step
from eoi.workflow import need
from tests.browser import walk_road as road
from tests.browser.walk import NAMES, PASSWORD, Walk
from tests.browser.walk_cast import CONDITIONS, DECISION, Council
from tests.browser.walk_lookout import Lookout
from tests.browser.walk_pens import Keys
from tests.browser.walk_post import Post
from tests.browser.walk_school import School
from tests.cases import make_round
from tests.people import MEADOW

MARK = "Demonstration, not a decision"
AGREED = {"partner_talks": "agreed", "partner_agreed_on": "2026-11-10"}


@pytest.fixture
def begin(app, db, people, mailbox, live, clock, new_page, check_axe, request) -> Callable[[bool, bool], Walk]:
    """Schools, people who know their passwords, need lines, an open round: all else is done on the pages."""

    def start(script: bool, demonstration: bool) -> Walk:
        app.config["DEMONSTRATION"] = demonstration
        for name, user in people.by_name.items():
            user.name = NAMES[name]
            user.password_hash = passwords.hashed(PASSWORD, passwords.cost_of(app.config))
        emails = {name: user.email for name, user in people.by_name.items()}
        make_round()
        need.load("886")
        db.session.commit()
        # The other engine draws the same pages: there they are walked, and axe does not look again.
        looks = script and request.config.getoption("--engine") == "sqlite"
        lookout = Lookout(live, check_axe if looks else None)
        return Walk(live, lookout, Post(app, mailbox), clock, lambda: new_page(script=script), emails)

    return start


def test_maintained_primary_is_approved_with_conditions(begin, tmp_path):
    """A resourced provision. Signed in, and one page filled in, by keyboard alone; one slip mended."""
    walk = begin(script=True, demonstration=False)
    alice, council = School(walk, "alice", "Hopefield Primary School", by_keyboard=("offer",)), Council.of(walk)
    road.enter(alice, Keys(alice.page))
    alice.start(Path.SRP, Need.ASD, Phase.PRIMARY)
    alice.fill(Step.EOI, until="Rooms")
    alice.open(alice.home)
    alice.fill(Step.EOI, "floor_plan")
    alice.mend("offer", "places", "twelve", "Enter places as a number, such as 12")
    road.send(walk, alice)
    road.check(walk, alice, council)
    road.shortlist(walk, alice, council)
    road.assess(walk, alice, council)
    road.recommend(walk, alice, council, "approved_with_conditions")
    council.harriet.decide(
        alice.reference, {**DECISION, "outcome": "approved_with_conditions", "conditions": CONDITIONS}
    )
    letter, summary = road.tell(walk, alice, council, "Approved to proceed, with conditions", tmp_path)
    for words in (
        "Dear Alice Harper",
        "Hopefield Primary School: resourced provision for autism, primary, 15 places.",
        "Your expression of interest is approved to proceed, with conditions.",
        "This is not the statutory decision",
        "Your route is: statutory proposal by the council.",
        "1 Appoint a teacher in charge who holds QTS Letter of appointment Headteacher 30 June 2027",
        "What we need from you by 12 February 2027",
        "Harriet Lane Head of SEN, Kent County Council",
    ):
        assert words in letter
    print(summary)
    assert MARK not in letter + summary
    assert walk.post.arrived == [
        (alice.email, "We have your expression of interest EOI-2026-0001"),
        (alice.email, "EOI-2026-0001 is shortlisted: send the detail by 17 December 2026"),
        (alice.email, "We have your detail for EOI-2026-0001"),
        (alice.email, "A letter about EOI-2026-0001"),
    ]
    walk.end()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_academy_secondary_hosts_a_satellite(begin, tmp_path, script):
    """With a partner special school; returned for information once, and asked to clarify once."""
    walk = begin(script=script, demonstration=True)
    rita, council = School(walk, "rita", "Riverside Academy", partner=MEADOW, own=AGREED), Council.of(walk)
    road.enter(rita, rita.pen)
    rita.start(Path.SATELLITE, Need.ASD, Phase.SECONDARY)
    rita.fill(Step.EOI)
    road.send(walk, rita)
    road.check(walk, rita, council)
    road.ask(walk, rita, council, "return", "need_case", "Where do these pupils go to school now?")
    road.shortlist(walk, rita, council)
    road.ask(walk, rita, council, "clarify", "approach", "Who would share the sensory room?")
    road.assess(walk, rita, council)
    road.recommend(walk, rita, council, "approved")
    council.harriet.decide(rita.reference, {**DECISION, "outcome": "approved"})
    letter, summary = road.tell(walk, rita, council, "Approved to proceed", tmp_path)
    print(letter, summary, walk.post.arrived)
    for words in ("Dear Rita Okafor", "Your expression of interest is approved to proceed.", MARK):
        assert words in letter
    assert MARK in summary
    walk.end()
