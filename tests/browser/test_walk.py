"""The whole road in a real browser: from the start page to the letter in the school's hands and the summary's print.

The walkers touch nothing but pages; the worker prints, and sends to a real mail server.
Each road is walked once: with script on SQLite, without on PostgreSQL.
"""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import delete

from eoi.models import Membership, SignIn, User
from eoi.rules import passwords
from eoi.rules.words import Need, Path, Phase, Step
from eoi.workflow import need
from tests.browser import walk_road as road
from tests.browser import walk_together as together
from tests.browser.walk import NAMES, PASSWORD, SIGNATORIES, Walk
from tests.browser.walk_cast import CONDITIONAL, DECISION, Council
from tests.browser.walk_lookout import MARK, Lookout
from tests.browser.walk_neighbours import Neighbours
from tests.browser.walk_pens import Keys
from tests.browser.walk_post import Post
from tests.browser.walk_school import School
from tests.cases import make_round
from tests.people import MEADOW, RIVERSIDE

pytestmark = pytest.mark.only("sqlite")

ALICES = {"lead_email": "deputy@hopefield.example", "chair_email": "chair@hopefield.example", "route": "adapt"}
AGREED = {"partner_talks": "agreed", "partner_agreed_on": "2026-11-10"}
ASKS = "{} asks you to confirm its expression of interest, EOI-2026-0001"
#: What stands in Alice's letter, in the summary of her case, and the subjects of the mail that she got.
ALICE_IS_TOLD = (
    "Dear Alice Harper",
    "Hopefield Primary School: resourced provision for autism, primary, 15 places.",
    "Your expression of interest is approved to proceed, with conditions.",
    "This is not the statutory decision",
    "Your route is: statutory proposal by the council.",
    "1 Appoint a teacher in charge who holds QTS Letter of appointment Headteacher 30 June 2027",
    "What we need from you by 12 February 2027",
    "Harriet Lane Head of SEN, Kent County Council",
)
OFFICERS_READ_OF_ALICE = (
    "Decided on 14 January 2027: approved to proceed, with conditions.",
    "Weighted total 100 71.7 of 100",
    "Agree the rooms with Estates Business manager, due 30 April 2027.",
    "26 November 2026 Shortlisted: detail asked SEN officer",
    "Floor plan.pdf 24 November 2026",
)
ALICE_GETS = (
    "We have your expression of interest EOI-2026-0001",
    "EOI-2026-0001 is shortlisted: send the detail by 17 December 2026",
    "We have your detail for EOI-2026-0001",
    "A letter about EOI-2026-0001",
)
#: The same for Rita.
RITA_IS_TOLD = (
    MARK,
    "Dear Rita Okafor",
    "Riverside Academy: satellite of Meadow View School for autism, secondary, 15 places.",
    "Your expression of interest is approved to proceed.",
    "This is not the statutory decision",
    "Your route is: statutory proposal for the special school.",
    "Funding for the places goes to Meadow View School",
    "Copies to Kit Trent, chief executive of the trust The headteacher of Meadow View School",
)
OFFICERS_READ_OF_RITA = (
    MARK,
    "Partner Meadow View School: agreed in principle, 10 November 2026",
    "Decided on 14 January 2027: approved to proceed.",
    "8 December 2026 Clarification asked SEN officer",
    "The special school employs the staff.",
)
RITA_GETS = (
    "Confirm your email address",
    "You have access for Riverside Academy",
    "We have your expression of interest EOI-2026-0001",
    "EOI-2026-0001: Robin Ashdown has confirmed",
    "EOI-2026-0001: Morgan Vale has confirmed",
    "EOI-2026-0001: we need something from you by 3 December 2026",
    "EOI-2026-0001 is shortlisted: send the detail by 17 December 2026",
    "We have your detail for EOI-2026-0001",
    "EOI-2026-0001: a question to answer by 5 January 2027",
    "A letter about EOI-2026-0001",
)
#: Everybody who gets mail on that road.
RITAS_ROAD = {
    "rita@example.org": RITA_GETS,
    f"ned{SIGNATORIES}": ("Set up your account: host specialist SEN provision in Kent",),
} | {
    f"{who}{SIGNATORIES}": (ASKS.format("Riverside Academy"),)
    for who in ("trust", "trustees", "partner_head", "partner_chair")
}


@pytest.fixture
def begin(app, db, people, mailbox, live, clock, new_page, check_axe, record_property) -> Callable[..., Walk]:
    """Schools, people who know their passwords, need lines, an open round: all else is done on the pages."""

    def start(*, script: bool, demonstration: bool, newcomer: str = "") -> Walk:
        """`newcomer` has no account yet."""
        app.config["DEMONSTRATION"] = demonstration
        for name, user in people.by_name.items():
            user.name = NAMES[name]
            user.password_hash = passwords.hashed(PASSWORD, passwords.cost_of(app.config))
        if newcomer:
            gone = people.by_name[newcomer].id
            db.session.execute(delete(SignIn).where(SignIn.user_id == gone))
            db.session.execute(delete(Membership).where(Membership.user_id == gone))
            db.session.execute(delete(User).where(User.id == gone))
        emails = {name: user.email for name, user in people.by_name.items()}
        neighbours = Neighbours(people, clock, make_round())
        need.load("886")
        db.session.commit()
        lookout = Lookout(live, check_axe if script else None)  # axe is script itself
        post = Post(app, mailbox)
        sit_down = partial(new_page, script=script)
        return Walk(live, lookout, post, clock, sit_down, emails, neighbours.move_in, record_property)

    return start


def missing(wanted: tuple[str, ...], paper: str) -> list[str]:
    """The words that do not stand in a paper."""
    return [words for words in wanted if words not in paper]


def test_maintained_primary_is_approved_with_conditions(begin, tmp_path):
    """A resourced provision. Signed in, and one page filled in, by keyboard alone; one slip mended."""
    walk = begin(script=True, demonstration=False)
    alice = School(walk, "alice", "Hopefield Primary School", keyed=("offer",), own=ALICES)
    council = Council.of(walk)
    road.enter(alice, Keys(alice.page))
    alice.start(Path.SRP, Need.ASD, Phase.PRIMARY)
    alice.fill(Step.EOI, until="Rooms")
    alice.open(alice.home)
    alice.picture("task-list")
    alice.fill(Step.EOI, "floor_plan")
    road.look_back(alice)
    alice.mend("offer", "places", "twelve", "Enter places as a number, such as 12")
    road.send(walk, alice)
    road.check(walk, alice, council)
    road.shortlist(walk, alice, council)
    road.assess(walk, alice, council)
    road.recommend(walk, alice, council, "approved_with_conditions")
    road.look_around(walk, alice, council)
    council.harriet.decide(alice.reference, {**DECISION, **CONDITIONAL})
    council.harriet.picture("decision")
    letter, summary = road.tell(walk, alice, council, "Approved to proceed, with conditions", tmp_path)
    walk.end()
    assert missing(ALICE_IS_TOLD, letter) == []
    assert missing(OFFICERS_READ_OF_ALICE, summary) == []
    assert MARK not in letter + summary
    assert walk.mails == {alice.email: ALICE_GETS, f"chair{SIGNATORIES}": (ASKS.format("Hopefield Primary School"),)}


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.only("postgresql"))])
def test_academy_secondary_hosts_a_satellite(begin, people, tmp_path, script):
    """Four of the school's side, from the request for access on; returned for information once, asked to clarify once.

    Without script they use nothing but the keyboard.
    """
    walk, keys = begin(script=script, demonstration=True, newcomer="rita"), not script
    rita = School(walk, "rita", "Riverside Academy", partner=MEADOW, own=AGREED, by_keyboard=keys)
    ned = School(walk, "ned", "Riverside Academy", partner=MEADOW, own=AGREED, by_keyboard=keys)
    council = Council.of(walk)
    together.ask_for_access(walk, rita, council, RIVERSIDE)
    together.bring_in(walk, rita, ned)
    rita.open("/")
    rita.start(Path.SATELLITE, Need.ASD, Phase.SECONDARY)
    together.share_the_work(rita, ned, "need")
    rita.fill(Step.EOI)
    road.send(walk, rita)
    together.confirm_by_link(walk, "trustees", "Robin Ashdown", keys)
    together.confirm_by_link(walk, "partner_head", "Morgan Vale", keys)
    road.check(walk, rita, council)
    road.ask(walk, rita, council, "return", "need_case", "Where do these pupils go to school now?")
    road.shortlist(walk, rita, council)
    road.ask(walk, rita, council, "clarify", "approach", "Who would share the sensory room?")
    road.assess(walk, rita, council)
    road.recommend(walk, rita, council, "approved")
    council.harriet.decide(rita.reference, {**DECISION, "outcome": "approved"})
    letter, summary = road.tell(walk, rita, council, "Approved to proceed", tmp_path)
    walk.end()
    assert missing(RITA_IS_TOLD, letter) == []
    assert missing(OFFICERS_READ_OF_RITA, summary) == []
    assert walk.mails == {who: tuple(f"{MARK}: {about}" for about in abouts) for who, abouts in RITAS_ROAD.items()}
