"""Which real school offers what, in which round: each combination once, in an order of the random source."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import NamedTuple

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
#: Days from today to the opening and the closing of each kind of round.
SPANS = {"open": (-25, 25), "recent": (-95, -62), "old": (-420, -380)}


class Like(NamedTuple):
    """What two offers share whose forms ask the same questions."""

    path: Path
    need: Need
    phase: Phase
    academy: bool
    church: bool

    def suits(self, stage: Stage) -> bool:
        """Consultation is the road of maintained schools, the DfE's that of academies."""
        if stage is S.DFE:
            return self.path is Path.SRP and self.academy
        return stage is not S.CONSULTATION or (self.path is Path.SRP and not self.academy)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one school offers."""

    school: SchoolFacts
    path: Path
    need: Need
    phase: Phase

    @property
    def like(self) -> Like:
        school = self.school
        return Like(self.path, self.need, self.phase, school.is_academy, school.has_religious_character)


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
        self.left: dict[str, dict[int, dict[Like, list[Chosen]]]] = {kind: {} for kind in SPANS}

    def deal(self, stage: Stage, like: Like | None = None) -> tuple[int, Chosen]:
        """The id of a round and an offer in it for a case that will stand at this stage, like another one if given."""
        kind = "open" if stage in NOT_YET_CLOSED else "old" if stage in LONG_AGO else "recent"
        while True:
            for round_id, offers in self.left[kind].items():
                fitting = [key for key, some in offers.items() if some and key.suits(stage) and like in (None, key)]
                if fitting:
                    key = self.random.choice(fitting)  # nosec B311 - invented data, no secret
                    return round_id, offers[key].pop()
            made = self._round(kind)
            self.left[kind][made.id] = self._all(made)

    def _all(self, made: Round) -> dict[Like, list[Chosen]]:
        """Every offer that a school could make in this round and has not made yet, by likeness, in a random order."""
        facts = made.facts()
        columns = (Submission.urn, Submission.path, Submission.need, Submission.phase)
        taken = {tuple(row) for row in db.session.execute(select(*columns).where(Submission.round_id == made.id))}
        found: dict[Like, list[Chosen]] = defaultdict(list)
        for school in self.hosts:
            for choice in eligibility.choices(facts, school, la_code=self.la_code):
                chosen = Chosen(school, choice.path, choice.need, choice.phase)
                if choice.can and (school.urn, choice.path, choice.need, choice.phase) not in taken:
                    found[chosen.like].append(chosen)
        for some in found.values():
            self.random.shuffle(some)
        return found

    def _round(self, kind: str) -> Round:
        """The open round that is there, or a new one of this kind."""
        if kind == "open":
            rounds = db.session.scalars(select(Round).order_by(Round.id))
            if free := [r for r in rounds if r.is_open(now()) and r.id not in self.left[kind]]:
                return free[0]
        opens, closes = (today() + timedelta(days=days) for days in SPANS[kind])
        name, taken = name_of(working(closes)), set(db.session.scalars(select(Round.name)))
        names = (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3)))
        return make_round(next(n for n in names if n not in taken), opens, closes)
