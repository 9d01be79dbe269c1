"""Many invented cases on real schools, in every stage, the same for the same seed.

Each case walks its road by the real verbs while the clock of the service is moved: see `road`.
"""

import gc
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from flask import current_app
from sqlalchemy import select

from eoi.cli.seed.copying import Pattern
from eoi.cli.seed.offers import Chosen, Offers
from eoi.cli.seed.road import ROADS, Cast, Road
from eoi.extensions import db, now, today
from eoi.models import Membership, Round, School, Submission, User, UserRole
from eoi.models.submission import Exception_
from eoi.queries import panel as planned
from eoi.queries import review
from eoi.rules.permissions import Actor, Role
from eoi.rules.stages import Stage
from eoi.rules.words import Path, Step
from eoi.workflow import drafting, panel

S = Stage
#: How often each stage comes, in a hundred and some.
SHARES: dict[Stage, int] = {
    S.DRAFT: 14, S.SUBMITTED: 16, S.CHECK: 12, S.RETURNED: 5, S.INELIGIBLE_PROPOSED: 3, S.DECLINE_PROPOSED: 4,
    S.DETAIL: 9, S.ASSESSMENT: 7, S.CLARIFICATION: 3, S.VISIT: 4, S.PANEL: 4, S.WITH_HEAD: 4, S.APPROVED: 2,
    S.CONDITIONS: 2, S.DECLINED: 5, S.DEFERRED: 2, S.PROCESS_REVIEW: 1, S.PRE_STATUTORY: 2, S.CONSULTATION: 1,
    S.DFE: 1, S.AGREEMENT: 1, S.OPEN: 2, S.WITHDRAWN: 2, S.INELIGIBLE: 2, S.LAPSED: 1, S.NOT_ESTABLISHED: 1,
}  # fmt: skip
PATTERNS = 250  # so many cases are walked; further ones are copies of them at other schools
ON_THE_AGENDA = 8  # cases of the meeting that is planned
PER_STEP = 4  # days that a step takes, about
INVENTED = {
    Role.SEN_OFFICER: ("Olu Adeyemi",),
    Role.SCORER: ("Priya Nair", "Pete Holloway", "Farah Siddiqui"),
    Role.PANEL_CHAIR: ("Chidi Bennett",),
    Role.AEO: ("Anna Kowalska",),
    Role.HEAD_OF_SEN: ("Harriet Lane",),
    Role.DIRECTOR: ("David Mensah",),
}


@dataclass(slots=True)
class Traveller:
    """The clock of the service while cases are seeded: it goes where it is told, never past the present."""

    present: datetime
    moment: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.moment = self.present

    def __call__(self) -> datetime:
        return self.moment

    def to(self, moment: datetime) -> None:
        self.moment = min(moment, self.present)

    def on(self, days: int) -> None:
        self.to(self.moment + timedelta(days=days, minutes=37))


def seed(
    many: int,
    number: int,
    issue: Callable[[Submission, Actor], None],
    progress: Callable[[], None],
    patterns: int = PATTERNS,
) -> None:
    """Add so many cases: the first `patterns` are walked by the real verbs, the others are copies of them.

    `issue` issues a case's waiting letter. The caller commits.

    The clock of the service is moved meanwhile, and put back.
    """
    wall = current_app.config["CLOCK"]
    clock = Traveller(now())
    current_app.config["CLOCK"] = clock
    gc.disable()  # rows are let go case by case; looking for cycles meanwhile costs a fifth of the time
    try:
        sower = Sower(Random(number), clock, issue)  # nosec B311 - invented data, no secret
        for number, stage in enumerate(stages_of(many, sower.random)):
            sower.walk(stage) if number < patterns else sower.copy(stage)
            db.session.flush()
            db.session.expunge_all()
            progress()
        sower.meet()
    finally:
        gc.enable()
        current_app.config["CLOCK"] = wall


def stages_of(many: int, random: Random) -> list[Stage]:
    """So many stages, in the shares above, each stage at least once where there are enough cases."""
    whole = [stage for stage, share in SHARES.items() for _ in range(share)]
    first = list(SHARES)
    random.shuffle(first)
    return [*first, *(random.choice(whole) for _ in range(many - len(first)))][:many]  # nosec B311


class Sower:
    """Walks each case with the council's people, who are invented where the database has none."""

    def __init__(self, random: Random, clock: Traveller, issue: Callable[[Submission, Actor], None]) -> None:
        self.random, self.clock, self.issue = random, clock, issue
        self.offers = Offers(random)
        self.heads: dict[int, Actor] = {}
        self.patterns: dict[Stage, list[tuple[int, Chosen]]] = defaultdict(list)
        self.read: dict[int, Pattern] = {}
        self.staff = {role: self._people(role, names) for role, names in INVENTED.items()}

    def copy(self, stage: Stage) -> None:
        """One more case at this stage, after one that was walked there."""
        submission_id, like = self.random.choice(self.patterns[stage])
        pattern = self.read.get(submission_id) or Pattern(submission_id, like)
        self.read[submission_id] = pattern
        self.clock.to(self.clock.present)
        round_id, chosen = self.offers.deal(stage, like.like)
        head = self._head(chosen.school.urn, chosen.school.name)
        pattern.copy(round_id, chosen, head.id or 0)

    def walk(self, stage: Stage) -> None:
        """One case at this stage, by the real verbs."""
        self.clock.to(self.clock.present)
        round_id, chosen = self.offers.deal(stage)
        round_ = db.session.get_one(Round, round_id)
        closes = round_.closes_at or self.clock.present
        self.clock.to(min(closes, self.clock.present) - timedelta(days=self.random.randint(1, 18), hours=3))
        head = self._head(chosen.school.urn, chosen.school.name)
        school = db.session.get_one(School, chosen.school.urn)
        submission = drafting.start(round_, school, chosen.path, chosen.need, chosen.phase, by=head)
        if submission.exception is Exception_.TO_ASK:
            submission.exception, submission.exception_case = Exception_.ALLOWED, "The next provision is 25 km away."
        partner = self.random.choice(self.offers.partners) if chosen.path is Path.SATELLITE else None
        self.patterns[stage].append((submission.id, chosen))
        road = Road(submission, self._cast(head), self.random, self.clock.on, partner)
        if stage is S.DRAFT:
            road.fill((Step.EOI,)) if self.random.random() < 0.5 else None
            return
        road.to(S.SUBMITTED)
        self._after_closing(stage, closes)
        road.to(stage)
        if self.random.random() < 0.7:  # most letters have gone out; the newest wait for the Head of SEN
            self._issue_waiting(submission)

    def meet(self) -> None:
        """The chair plans a meeting next week on some of the cases that wait for a panel."""
        self.clock.to(self.clock.present)
        chair = self._one(Role.PANEL_CHAIR)
        if waiting := list(planned.for_the_panel(chair)[:ON_THE_AGENDA]):
            panel.plan(waiting, today() + timedelta(days=7), "Council offices, room 2", by=chair)

    def _after_closing(self, stage: Stage, closes: datetime) -> None:
        if stage is not S.SUBMITTED:
            spent = timedelta(days=PER_STEP * (len(ROADS[stage]) - 1) + self.random.randint(0, 12))
            self.clock.to(max(closes + timedelta(days=1), self.clock.present - spent))

    def _issue_waiting(self, submission: Submission) -> None:
        if any(letter.decision_id and not letter.is_issued for letter in review.letters(submission)):
            self.issue(submission, self._one(Role.HEAD_OF_SEN))

    def _cast(self, head: Actor) -> Cast:
        one = self._one
        scorers = self.staff[Role.SCORER][:3]
        issue = self._issue_waiting
        return Cast(
            head, one(Role.SEN_OFFICER), scorers, one(Role.PANEL_CHAIR), one(Role.HEAD_OF_SEN), one(Role.DIRECTOR),
            one(Role.AEO), issue,
        )  # fmt: skip

    def _one(self, role: Role) -> Actor:
        return self.random.choice(self.staff[role])

    def _people(self, role: Role, names: tuple[str, ...]) -> list[Actor]:
        """Those who hold this role, with invented ones until there are as many as names."""
        users = [row.user for row in db.session.scalars(select(UserRole).where(UserRole.role == role))]
        for number, name in enumerate(names[len(users) :], len(users) + 1):
            user = invented(f"{role}{number}@council.example", name)
            user.role_rows = user.role_rows or [UserRole(role=role)]
            users.append(user)
        db.session.flush()
        return [user.actor(today()) for user in users]

    def _head(self, urn: int, school: str) -> Actor:
        """The invented headteacher of this school, who cannot sign in."""
        if urn not in self.heads:
            user = invented(f"head@{urn}.school.example", f"Headteacher of {school}")
            user.memberships = user.memberships or [Membership(urn=urn, role=Role.HEADTEACHER, confirmed_at=now())]
            db.session.flush()
            self.heads[urn] = user.actor(today())
        return self.heads[urn]


def invented(email: str, name: str) -> User:
    """A person without a password: the one of an earlier seed, or a new one."""
    if earlier := db.session.scalar(select(User).where(User.email == email)):
        return earlier
    user = User(email=email, name=name, created_at=now(), active=True, demonstration=True)
    db.session.add(user)
    return user
