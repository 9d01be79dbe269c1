"""Rounds: made and changed by officers. What an opened round promised to schools does not change behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Round, Strand, Submission, User
from eoi.rules.errors import Invalid, MovedOn, NotAllowed
from eoi.rules.facts import StrandFacts
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.questions import FORMS
from eoi.rules.scoring import Criterion, weights_wrong
from eoi.rules.stages import Stage
from eoi.rules.words import LONDON, Openness
from eoi.workflow import audit, notices
from eoi.workflow.stages import MOVED

FROZEN = "This cannot change any more: the round has opened"


@dataclass(frozen=True, slots=True)
class RoundWanted:
    """A round as an officer writes it. `closes_at` is 12 noon Europe/London, or None: it stays open."""

    slug: str
    name: str
    opens_at: datetime
    closes_at: datetime | None
    decisions_by: date | None
    rubric: tuple[Criterion, ...]
    strands: tuple[StrandFacts, ...]
    form: str = "y2026"
    detail_with_eoi: bool = False
    scorers: int = 3
    quorum: int = 3
    introduction: str = ""
    closures: tuple[tuple[date, date], ...] = field(default_factory=tuple)

    def wrong(self) -> dict[str, str]:
        """Field -> message, for what cannot be."""
        errors = {}
        if not self.name:
            errors["name"] = "Enter a name for the round"
        if self.closes_at and self.closes_at <= self.opens_at:
            errors["closes_on"] = "Enter a closing date that is after the opening"
        if self.closes_at and self.decisions_by and self.decisions_by <= self.closes_at.astimezone(LONDON).date():
            errors["decisions_by"] = "Enter a date for decisions that is after the closing date"
        if message := weights_wrong(self.rubric):
            errors["rubric"] = message
        if not any(strand.openness is not Openness.CLOSED for strand in self.strands):
            errors["strands"] = "Open at least one combination of path, need and phase"
        if any(s.openness is Openness.BY_EXCEPTION and not s.note for s in self.strands):
            errors["strands"] = "Enter the policy note of each combination that is open by exception"
        if self.form not in FORMS:
            errors["form"] = "Choose a form"
        if any(last < first for first, last in self.closures):
            errors["closures"] = "Enter closure weeks whose last day is not before the first"
        return errors


def create(wanted: RoundWanted, *, by: Actor) -> Round:
    """Make a round. The caller commits. Raises Invalid, NotAllowed."""
    _allowed(by)
    errors = wanted.wrong()
    if db.session.scalar(select(Round.id).where(Round.slug == wanted.slug)):
        errors["name"] = "Enter another name: a round of this name exists"
    if errors:
        raise Invalid(errors)
    made = Round(slug=wanted.slug)
    _write(made, wanted)
    db.session.add(made)
    db.session.flush()
    audit.record(f"round:{made.id}", "create_round", by=by, detail={"name": made.name})
    return made


def change(made: Round, wanted: RoundWanted, reason: str, *, seen: int, by: Actor) -> None:
    """Change a round. Once it has opened, form and rubric are frozen, and the rest changes only with a reason, which
    every school with an expression of interest in it is told. The caller commits. Raises Invalid, MovedOn, NotAllowed.
    """
    _allowed(by)
    if seen != made.version:
        raise MovedOn(MOVED)
    errors = wanted.wrong()
    opened = made.has_opened(now())
    if opened:
        errors = _frozen(made, wanted) | errors
        if not reason.strip():
            errors["reason"] = "Enter the reason for the change, which schools will read"
    if errors:
        raise Invalid(errors)
    dates = (made.closes_at, made.decisions_by) != (wanted.closes_at, wanted.decisions_by)
    _write(made, wanted)
    db.session.flush()
    detail = {"reason": reason, "closes_at": made.closes_at, "decisions_by": made.decisions_by}
    seq = audit.record(f"round:{made.id}", "change_round", by=by, detail={k: str(v or "") for k, v in detail.items()})
    if opened and dates:
        _tell_schools(made, reason.strip(), seq)


def _frozen(made: Round, wanted: RoundWanted) -> dict[str, str]:
    """What an opened round may not change: field -> message."""
    errors = {}
    if wanted.form != made.form:
        errors["form"] = FROZEN
    if wanted.rubric != made.criteria:
        errors["rubric"] = FROZEN
    if wanted.detail_with_eoi != made.detail_with_eoi:
        errors["detail_with_eoi"] = FROZEN
    if wanted.opens_at != made.opens_at:
        errors["opens_on"] = FROZEN
    return errors


def _write(made: Round, wanted: RoundWanted) -> None:
    made.name, made.opens_at, made.closes_at = wanted.name, wanted.opens_at, wanted.closes_at
    made.decisions_by, made.form, made.detail_with_eoi = wanted.decisions_by, wanted.form, wanted.detail_with_eoi
    made.scorers, made.quorum, made.introduction = wanted.scorers, wanted.quorum, wanted.introduction
    made.rubric = [{"key": c.key, "title": c.title, "weight": c.weight, "guidance": c.guidance} for c in wanted.rubric]
    made.closures = [[first.isoformat(), last.isoformat()] for first, last in wanted.closures]
    held = {(s.path, s.need, s.phase): s for s in made.strands}
    for facts in wanted.strands:
        strand = held.get((facts.path, facts.need, facts.phase))
        if strand is None:
            strand = Strand(path=facts.path, need=facts.need, phase=facts.phase)
            made.strands.append(strand)
        strand.openness, strand.note, strand.decision_reference = facts.openness, facts.note, facts.decision_reference


def _tell_schools(made: Round, reason: str, seq: int) -> None:
    """Everybody who leads a live draft or a submission that the new dates concern."""
    concerned = select(User).where(
        User.id.in_(
            select(Submission.lead_id).where(
                Submission.round_id == made.id, Submission.stage.in_((Stage.DRAFT, Stage.SUBMITTED))
            )
        )
    )
    leads: Sequence[User] = db.session.scalars(concerned).all()
    for lead in leads:
        notices.mail(
            "dates_changed", lead.email, f"dates {made.id} {seq} {lead.id}", path="/apply", name=lead.name,
            round=made.name, closes_at=made.closes_at, decisions_by=made.decisions_by, reason=reason,
        )  # fmt: skip


def _allowed(by: Actor) -> None:
    if not may(by, Permission.EDIT_ROUNDS):
        raise NotAllowed
