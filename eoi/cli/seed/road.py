"""One invented case on its road: each step is the real verb, done by the person whose step it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from flask import current_app
from sqlalchemy import select

from eoi.cli.seed.answers import Writer
from eoi.cli.seed.records import believable, grounds_for
from eoi.extensions import db, now, today
from eoi.models import Decision, Submission, User
from eoi.models.review import Asking
from eoi.outbound import files
from eoi.queries import letters as found
from eoi.queries import review, signatures
from eoi.rules import editing
from eoi.rules.permissions import Actor
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind
from eoi.rules.stages import Stage
from eoi.rules.statutory import Route
from eoi.rules.transitions import transition
from eoi.rules.words import Outcome, Path, Step
from eoi.workflow import assigning, clarifying, deciding, delivery, drafting, letters, scoring, stages, submitting
from eoi.workflow.scoring import Mark
from eoi.workflow.submitting import Declared

S = Stage
PAPER = (  # the smallest file that is a PDF
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
TO_PANEL = (S.SUBMITTED, S.CHECK, S.DETAIL, S.ASSESSMENT, S.VISIT, S.PANEL, S.WITH_HEAD)
#: The stages before each, in the order a case passes them.
ROADS: dict[Stage, tuple[Stage, ...]] = {
    **{stage: TO_PANEL[: n + 1] for n, stage in enumerate(TO_PANEL)},
    S.WITHDRAWN: (S.SUBMITTED, S.CHECK, S.WITHDRAWN),
    S.RETURNED: (S.SUBMITTED, S.CHECK, S.RETURNED),
    S.INELIGIBLE_PROPOSED: (S.SUBMITTED, S.CHECK, S.INELIGIBLE_PROPOSED),
    S.DECLINE_PROPOSED: (S.SUBMITTED, S.CHECK, S.DECLINE_PROPOSED),
    S.INELIGIBLE: (S.SUBMITTED, S.CHECK, S.INELIGIBLE_PROPOSED, S.INELIGIBLE),
    S.CLARIFICATION: (*TO_PANEL[:4], S.CLARIFICATION),
    **{s: (*TO_PANEL, s) for s in (S.APPROVED, S.CONDITIONS, S.DECLINED, S.DEFERRED)},
    S.PROCESS_REVIEW: (*TO_PANEL, S.DECLINED, S.PROCESS_REVIEW),
    S.PRE_STATUTORY: (*TO_PANEL, S.CONDITIONS, S.PRE_STATUTORY),
    S.LAPSED: (*TO_PANEL, S.CONDITIONS, S.LAPSED),
    **{s: (*TO_PANEL, S.APPROVED, S.PRE_STATUTORY, s) for s in (S.CONSULTATION, S.DFE)},
    S.AGREEMENT: (*TO_PANEL, S.APPROVED, S.PRE_STATUTORY, S.CONSULTATION, S.AGREEMENT),
    S.NOT_ESTABLISHED: (*TO_PANEL, S.APPROVED, S.PRE_STATUTORY, S.CONSULTATION, S.NOT_ESTABLISHED),
    S.OPEN: (*TO_PANEL, S.APPROVED, S.PRE_STATUTORY, S.CONSULTATION, S.AGREEMENT, S.OPEN),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what."""

    school: Actor
    officer: Actor
    scorers: Sequence[Actor]
    chair: Actor
    head: Actor
    director: Actor
    aeo: Actor
    issue: Callable[[Submission], None]  # issues the letter that waits; rendering is the caller's


@dataclass(slots=True)
class Road:
    """Walks one submission. `wait(days)` lets time pass; `random` makes answers and scores."""

    submission: Submission
    cast: Cast
    random: Random
    wait: Callable[[int], None]
    partner: int | None = None

    def to(self, target: Stage) -> Submission:
        """Walk until this stage, by the shortest road, and return the submission. Nothing is committed."""
        if target is S.DRAFT:
            return self.submission
        for stage in self._passing(target):
            if stage is not self.submission.stage:
                STEPS[stage](self)
                self.wait(self.random.randint(1, 6))
        return self.submission

    def _passing(self, target: Stage) -> tuple[Stage, ...]:
        passed = ROADS[target]
        academy = self.submission.changing_route in (Route.SIGNIFICANT_CHANGE, Route.SPECIAL_CHANGE)
        if academy and target is not S.CONSULTATION:
            return tuple(S.DFE if stage is S.CONSULTATION else stage for stage in passed)
        return passed

    def move(self, action: str, by: Actor, **answers: Any) -> None:
        """Make a move, with a believable record."""
        record = {**self.record(action), **answers}
        stages.move(self.submission, action, by=by, record=record)

    def record(self, action: str) -> dict[str, Any]:
        from_table = transition(self.submission.stage, action).record
        return believable(from_table, self.random) if from_table else {}

    def fill(self, steps: tuple[Step, ...]) -> None:
        """Answer every question of these steps, and add the files that they need."""
        submission = self.submission
        facts, released = submission.facts(), form(submission.round.form)
        decisions = submission.round.decisions_by or today() + timedelta(days=90)
        told = {"places": submission.places} if submission.places else {}
        writer = Writer(self.random, facts, today(), decisions, self.partner, told)
        drafting.carry_over(submission, writer.fill(released, steps), by=self.cast.school)
        for section in editing.sections_of(released, facts, steps):
            for question in section.questions:
                if question.kind is Kind.FILE and question.required and question.applies(facts):
                    self.add_file(question.key)

    def add_file(self, question: str) -> None:
        store = files.open_store(current_app.config["FILES_URL"])
        name = f"{question.replace('_', ' ').capitalize()}.pdf"
        drafting.add_document(
            self.submission, question, name=name, content_type="application/pdf", size=len(PAPER),
            key=store.put(PAPER), scanned="not scanned", no_pupil_data=True, by=self.cast.school,
        )  # fmt: skip

    def submit(self) -> None:
        steps = editing.steps_to_submit(self.submission.round.detail_with_eoi)
        self.fill(steps)
        names = [Declared(w.key, f"{w.role} of {self.submission.urn}", today()) for w in self.declarers()]
        submitting.submit(self.submission, names, seen=self.submission.version, by=self.cast.school)
        assigning.give_officer(
            self.submission,
            db.session.get(User, self.cast.officer.id),
            seen=self.submission.version,
            by=self.cast.officer,
        )

    def declarers(self) -> Sequence[Any]:
        return signatures.wanted_declarers(self.submission)

    def check(self) -> None:
        closes = self.submission.round.closes_at
        self.move("start_check" if closes is None or now() >= closes else "start_early", self.cast.officer)

    def send_detail(self) -> None:
        if self.submission.stage is S.CHECK:
            self.move("assess", self.cast.officer)
        else:
            self.fill((Step.DETAIL,))
            submitting.send_detail(self.submission, seen=self.submission.version, by=self.cast.school)
        ids = [scorer.id for scorer in self.cast.scorers]
        scorers = db.session.scalars(select(User).where(User.id.in_(ids))).all()
        assigning.assign_scorers(self.submission, scorers, seen=self.submission.version, by=self.cast.officer)

    def score(self) -> None:
        """Every scorer declares no conflict, scores each criterion and locks."""
        base = self.random.choice((2, 3, 3, 3))
        for scorer in self.cast.scorers:
            marks = {
                c.key: Mark(min(4, base + self.random.choice((0, 0, 0, 1))), "Seen in the answers and documents.")
                for c in self.submission.round.criteria
            }
            assigning.declare_conflict(self.submission, False, "", by=scorer)
            scoring.save(self.submission, marks, by=scorer)
            scoring.lock(self.submission, by=scorer)

    def visit(self) -> None:
        self.score()
        self.move("visit", self.cast.officer)

    def recommend(self) -> None:
        self.move("recommend", self.cast.chair, recommendation=self.advice())

    def advice(self) -> Outcome:
        """What the panel says. A satellite without a partner cannot be approved."""
        if self.submission.path is Path.SATELLITE and self.submission.partner_urn is None:
            return Outcome.DEFERRED
        return Outcome.APPROVED

    def decide(self, outcome: Outcome) -> None:
        grounds = grounds_for(outcome, today())
        decision = deciding.decide(self.submission, outcome, grounds, seen=self.submission.version, by=self.cast.head)
        self.hand_over(decision)

    def hand_over(self, decision: Decision) -> None:
        """The officer has read the letter that tells it, and hands it over to be issued."""
        letters.mark_ready(found.telling(decision), by=self.cast.officer)

    def after_letter(self, action: str, by: Actor) -> None:
        """A move that needs the decision letter issued."""
        self.cast.issue(self.submission)
        self.move(action, by)

    def start_route(self, action: str) -> None:
        for condition in review.conditions(self.submission):
            delivery.meet_condition(
                self.submission, condition, today(), "Seen and agreed.", seen=self.submission.version, by=self.cast.aeo
            )
        self.move(action, self.cast.aeo)

    def ask(self, kind: Asking, *keys: str) -> None:
        clarifying.ask(
            self.submission, kind, "Tell us more about this.", keys, seen=self.submission.version, by=self.cast.officer
        )

    def confirm_ineligible(self) -> None:
        pairs = [(self.submission, self.submission.version)]
        (decision,) = deciding.confirm_sift(pairs, "No group is affected more than others.", by=self.cast.head)
        self.hand_over(decision)


STEPS: dict[Stage, Callable[[Road], None]] = {
    S.SUBMITTED: Road.submit,
    S.CHECK: Road.check,
    S.DETAIL: lambda r: r.move("shortlist", r.cast.officer),
    S.ASSESSMENT: Road.send_detail,
    S.VISIT: Road.visit,
    S.PANEL: lambda r: r.move("visited", r.cast.aeo),
    S.WITH_HEAD: Road.recommend,
    S.APPROVED: lambda r: r.decide(Outcome.APPROVED),
    S.CONDITIONS: lambda r: r.decide(Outcome.CONDITIONS),
    S.DECLINED: lambda r: r.decide(Outcome.DECLINED),
    S.DEFERRED: lambda r: r.decide(Outcome.DEFERRED),
    S.RETURNED: lambda r: r.ask(Asking.INFORMATION, "need_case"),
    S.CLARIFICATION: lambda r: r.ask(Asking.CLARIFICATION, "rooms"),
    S.INELIGIBLE_PROPOSED: lambda r: r.move("propose_ineligible", r.cast.officer),
    S.DECLINE_PROPOSED: lambda r: r.move("propose_decline", r.cast.officer),
    S.INELIGIBLE: Road.confirm_ineligible,
    S.WITHDRAWN: lambda r: submitting.withdraw(
        r.submission, "Our plans for the building changed.", seen=r.submission.version, by=r.cast.school
    ),
    S.PROCESS_REVIEW: lambda r: r.after_letter("ask_review", r.cast.officer),
    S.PRE_STATUTORY: lambda r: r.after_letter("start_delivery", r.cast.aeo),
    S.LAPSED: lambda r: r.after_letter("lapse", r.cast.aeo),
    S.CONSULTATION: lambda r: r.start_route("consult"),
    S.DFE: lambda r: r.start_route("apply_to_dfe"),
    S.AGREEMENT: lambda r: r.move(
        "statutory_agreed" if r.submission.stage is S.CONSULTATION else "dfe_agreed", r.cast.aeo
    ),
    S.NOT_ESTABLISHED: lambda r: r.move(
        "statutory_refused" if r.submission.stage is S.CONSULTATION else "dfe_refused", r.cast.aeo
    ),
    S.OPEN: lambda r: r.move("open", r.cast.aeo),
}
