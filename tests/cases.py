"""Cases of the examples: an open round, and a submission walked to any stage by the real verbs."""

from datetime import date, datetime
from random import Random

from flask import current_app

from eoi.cli.seed.road import Cast, Road
from eoi.extensions import db
from eoi.models import School, Submission
from eoi.models.round import Round, Strand
from eoi.outbound import files
from eoi.queries import review
from eoi.rules.scoring import RUBRIC
from eoi.rules.stages import Stage
from eoi.rules.words import LONDON, Need, Openness, Path, Phase
from eoi.workflow import drafting, letters
from tests.clock import Clock
from tests.people import HOPEFIELD, MEADOW, RIVERSIDE, People

CLOSES = datetime(2026, 12, 18, 12, tzinfo=LONDON)


def make_round(**changes: object) -> Round:
    """Opened on 2 November 2026, closes on 18 December at noon. The caller commits."""
    facts = {
        "slug": "autumn-2026", "name": "Autumn 2026", "opens_at": datetime(2026, 11, 2, 9, tzinfo=LONDON),
        "closes_at": CLOSES, "decisions_by": date(2027, 3, 26), "form": "y2026",
        "rubric": [{"key": c.key, "title": c.title, "weight": c.weight, "guidance": c.guidance} for c in RUBRIC],
        "closures": [["2026-12-21", "2027-01-01"]], **changes,
    }  # fmt: skip
    made = Round(**facts)
    note = "The council does not commission SEMH resourced provision"
    made.strands = [
        Strand(
            path=path, need=need, phase=phase, note=note if path is Path.SRP and need is Need.SEMH else "",
            openness=Openness.BY_EXCEPTION if path is Path.SRP and need is Need.SEMH else Openness.OPEN,
            decision_reference="4 December 2025" if path is Path.SRP and need is Need.SEMH else "",
        )
        for path in Path for need in (Need.ASD, Need.SEMH) for phase in Phase
    ]  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


class Cases:
    """`cases.at(Stage.PANEL)` is Alice's case at the panel; `cases.road(…)` one that goes on."""

    def __init__(self, people: People, clock: Clock, round: Round) -> None:
        self.people, self.clock, self.round = people, clock, round

    def road(
        self, path: Path = Path.SRP, need: Need = Need.ASD, phase: Phase | None = None, urn: int = 0, seed: int = 1
    ) -> Road:
        """A fresh draft. A satellite is at the academy, with Meadow View as its partner."""
        urn = urn or (HOPEFIELD if path is Path.SRP else RIVERSIDE)
        phase = phase or (Phase.SECONDARY if urn == RIVERSIDE else Phase.PRIMARY)
        head = next(n for n in ("alice", "rita", "sam") if urn in self.people.actor(n).urns)
        school = db.session.get_one(School, urn)
        submission = drafting.start(self.round, school, path, need, phase, by=self.people.actor(head))
        partner = MEADOW if path is Path.SATELLITE else None
        return Road(submission, self._cast(head), Random(seed), self._wait, partner)

    def at(self, stage: Stage, **which: object) -> Submission:
        """A case walked to this stage and committed."""
        submission = self.road(**which).to(stage)  # type: ignore[arg-type]
        db.session.commit()
        return submission

    def _wait(self, days: int) -> None:
        self.clock.advance(days=days)

    def _cast(self, head: str) -> Cast:
        a = self.people.actor
        scorers = [a("priya"), a("pete"), a("pam")]
        return Cast(a(head), a("olu"), scorers, a("cleo"), a("harriet"), a("dev"), a("aisha"), self._issue)

    def _issue(self, submission: Submission) -> None:
        """The letter's bytes are not what these cases are about: a stored file stands for them."""
        draft = [letter for letter in review.letters(submission) if not letter.is_issued][-1]
        key = files.open_store(current_app.config["FILES_URL"]).put(b"%PDF-1.7 a letter of the examples")
        letters.issue(draft, facts={"kind": draft.kind}, key=key, seen=draft.version, by=self.people.actor("harriet"))
