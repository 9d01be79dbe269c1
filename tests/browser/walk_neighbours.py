"""Other invented schools with cases of their own, so that pictures of the council's lists show what a week looks like.

They walk by the verbs, while the clock is turned back; the walkers never meet them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import delete

from eoi.cli.seed.road import Cast, Road
from eoi.extensions import db, now
from eoi.models import Membership, Round, School, User
from eoi.models.outgoing import Outgoing, State
from eoi.rules.permissions import Actor, Role
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase
from eoi.workflow import drafting, register
from tests.clock import Clock
from tests.people import MEADOW, People

BEFORE_CLOSING = "2026-12-17 09:00"
NEIGHBOURHOOD = ".neighbours.example"
S = Stage
#: Name, district, path, need, where the case stands. The phase is in the name.
NEIGHBOURS = (
    ("Thornbeck Primary School", ("E07000106", "Canterbury"), Path.SRP, Need.ASD, S.CHECK),
    ("Wickerfield Academy", ("E07000107", "Dartford"), Path.SATELLITE, Need.SEMH, S.CHECK),
    ("Copperhill Primary School", ("E07000113", "Swale"), Path.SRP, Need.ASD, S.RETURNED),
    ("Brackendown Primary School", ("E07000110", "Maidstone"), Path.SRP, Need.ASD, S.DETAIL),
    ("Saltmere Primary School", ("E07000114", "Thanet"), Path.SATELLITE, Need.SEMH, S.DETAIL),
    ("Millfold Academy", ("E07000108", "Dover"), Path.SRP, Need.ASD, S.ASSESSMENT),
    ("Oxbourne Primary School", ("E07000109", "Gravesham"), Path.SRP, Need.ASD, S.VISIT),
    ("Harrowmead Academy", ("E07000115", "Tonbridge and Malling"), Path.SATELLITE, Need.ASD, S.PANEL),
    ("Pebblecombe Primary School", ("E07000112", "Folkestone and Hythe"), Path.SRP, Need.ASD, S.WITH_HEAD),
    ("Quillbrook Academy", ("E07000111", "Sevenoaks"), Path.SRP, Need.ASD, S.DECLINE_PROPOSED),
    ("Stonewell Primary School", ("E07000116", "Tunbridge Wells"), Path.SRP, Need.ASD, S.DECLINED),
)


class Neighbours:
    """`move_in()` makes the schools and walks their cases up to the present moment."""

    def __init__(self, people: People, clock: Clock, round: Round) -> None:
        self.people, self.clock, self.round = people, clock, round

    def move_in(self) -> None:
        present = self.clock.moment
        for number, (name, district, path, need, stage) in enumerate(NEIGHBOURS, 1):
            self.clock.travel(BEFORE_CLOSING)
            phase = Phase.SECONDARY if "Academy" in name else Phase.PRIMARY
            school = add_school(900100 + number, name, district, phase)
            head = add_head(school)
            submission = drafting.start(self.round, school, path, need, phase, by=head)
            partner = MEADOW if path is Path.SATELLITE else None
            Road(submission, self._cast(head), Random(number), self._wait(present), partner).to(stage)
            db.session.commit()
        db.session.execute(delete(Outgoing).where(Outgoing.state == State.WAITING))  # their mail stays unsent
        db.session.commit()
        self.clock.travel(present)

    def _wait(self, present: datetime) -> Callable[[int], None]:
        def wait(days: int) -> None:
            self.clock.travel(min(self.clock.moment + timedelta(days=days), present))

        return wait

    def _cast(self, head: Actor) -> Cast:
        a = self.people.actor
        scorers = [a("priya"), a("pete"), a("pam")]
        return Cast(head, a("olu"), scorers, a("cleo"), a("harriet"), a("dev"), a("aisha"), lambda _: None)


def add_school(urn: int, name: str, district: tuple[str, str], phase: Phase) -> School:
    """An invented school on the register, an academy if it is secondary."""
    secondary = phase is Phase.SECONDARY
    low, high = (11, 18) if secondary else (4, 11)
    kind = (
        ("Academy converter", "Academies") if secondary else ("Community school", "Local authority maintained schools")
    )
    made = School(
        urn=urn, name=name, establishment_number=str(urn)[-4:], phase=phase.value.capitalize(), low_age=low,
        high_age=high, capacity=420, roll=391, type_name=kind[0], type_group=kind[1], la_code="886", la_name="Kent",
        status="Open", town=district[1], street="School Lane", postcode="ME14 1XQ", source="Examples",
        as_at=now().date(), district_code=district[0], district_name=district[1],
        trust_name="Weald and Downs Academy Trust" if secondary else "",
    )  # fmt: skip
    db.session.add(made)
    register.index_schools((urn,))
    return made


def add_head(school: School) -> Actor:
    """Its headteacher, with an account."""
    user = User(email=f"head@{school.urn}{NEIGHBOURHOOD}", name="Robin Marlow", created_at=now())
    user.memberships = [Membership(urn=school.urn, role=Role.HEADTEACHER, confirmed_at=now())]
    db.session.add(user)
    db.session.flush()
    return user.actor(now().date())
