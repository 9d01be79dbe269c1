"""Which real school offers what, in which round: each combination once, in an order of the random source."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from flask import current_app
from sqlalchemy import select

from eoi.cli.seed.rounds import make_round, name_of, working
from eoi.extensions import db, now, today
from eoi.models import Membership, Round, School, Submission, User
from eoi.rules import eligibility
from eoi.rules.facts import SchoolFacts
from eoi.rules.register import OPEN_STATUSES
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase

S = Stage
LONG_AGO = frozenset({S.PRE_STATUTORY, S.CONSULTATION, S.DFE, S.AGREEMENT, S.OPEN, S.LAPSED, S.NOT_ESTABLISHED})
NOT_YET_CLOSED = frozenset({S.DRAFT, S.SUBMITTED})
#: Days from today to the opening and the closing of each kind of round; further ones lie a day before each other.
SPANS = {"open": (-25, 25), "recent": (-95, -62), "old": (-420, -380)}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one school offers."""

    school: SchoolFacts
    path: Path
    need: Need
    phase: Phase

    def suits(self, stage: Stage) -> bool:
        """Consultation is the road of maintained schools, the DfE's that of academies."""
        if stage is S.DFE:
            return self.path is Path.SRP and self.school.is_academy
        return stage is not S.CONSULTATION or (self.path is Path.SRP and not self.school.is_academy)


class Offers:
    """Deals out offers, and makes a further round where one has none left."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.la_code = current_app.config["COUNCIL_LA_CODE"]
        taken = select(Membership.urn).join(User, Membership.user_id == User.id).where(User.password_hash.is_not(None))
        rows = select(School).where(School.status.in_(OPEN_STATUSES), School.urn.not_in(taken)).order_by(School.urn)
        schools = [school.facts() for school in db.session.scalars(rows)]
        self.hosts = [s for s in schools if not eligibility.school_refusal(s, self.la_code)]
        self.partners = [s.urn for s in schools if s.is_special]
        self.left: dict[str, dict[int, list[Chosen]]] = {kind: {} for kind in SPANS}

    def deal(self, stage: Stage) -> tuple[Round, Chosen]:
        """An offer for a case that will stand at this stage, and its round."""
        kind = "open" if stage in NOT_YET_CLOSED else "old" if stage in LONG_AGO else "recent"
        while True:
            for round_id, offers in self.left[kind].items():
                for place in range(len(offers) - 1, -1, -1):
                    if offers[place].suits(stage):
                        return db.session.get_one(Round, round_id), offers.pop(place)
            made = self._round(kind)
            self.left[kind][made.id] = self._all(made)

    def _all(self, made: Round) -> list[Chosen]:
        """Every offer that a school could make in this round, in a random order with autism more often last."""
        facts = made.facts()
        columns = (Submission.urn, Submission.path, Submission.need, Submission.phase)
        taken = {tuple(row) for row in db.session.execute(select(*columns).where(Submission.round_id == made.id))}
        found = [
            Chosen(school, choice.path, choice.need, choice.phase)
            for school in self.hosts
            for choice in eligibility.choices(facts, school, la_code=self.la_code)
            if choice.can and (school.urn, choice.path, choice.need, choice.phase) not in taken
        ]
        return sorted(found, key=lambda offer: self.random.random() * (1.5 if offer.need is Need.ASD else 1))

    def _round(self, kind: str) -> Round:
        """The open round that is there, or a new one of this kind."""
        number = len(self.left[kind])
        if kind == "open":
            rounds = db.session.scalars(select(Round).order_by(Round.id))
            if free := [r for r in rounds if r.is_open(now()) and r.id not in self.left[kind]]:
                return free[0]
        opens, closes = (today() + timedelta(days=days - number) for days in SPANS[kind])
        name, taken = name_of(working(closes)), set(db.session.scalars(select(Round.name)))
        names = (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3)))
        return make_round(next(n for n in names if n not in taken), opens, closes)
