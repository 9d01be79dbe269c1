"""Rounds: made and changed by officers. What an opened round promised to schools does not change behind them."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now
from eoi.models import Round, Strand, Submission, User
from eoi.models.submission import ENDED
from eoi.rules.errors import Invalid, MovedOn, NotAllowed
from eoi.rules.facts import AreaRange, Event, StrandFacts
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.questions import FORMS
from eoi.rules.scoring import Criterion, weights_wrong
from eoi.rules.words import LONDON, Openness, date_and_time, label, long_date
from eoi.workflow import audit, notices
from eoi.workflow.stages import MOVED

FROZEN = "This cannot change any more: the round has opened"

#: What of a round schools are told of when it changes, as inside a sentence.
TOLD = {
    "name": "its name", "closes_at": "the closing date", "decisions_by": "the date of decisions",
    "strands": "what it takes", "introduction": "its introduction", "scorers": "how many people score",
    "closures": "the school closure weeks", "events": "its briefings",
}  # fmt: skip
DATES = frozenset({"closes_at", "decisions_by"})


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
    one_assessor: bool = False
    introduction: str = ""
    closures: tuple[tuple[date, date], ...] = field(default_factory=tuple)
    events: tuple[Event, ...] = ()
    areas: tuple[AreaRange, ...] = ()

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
        if any(one.high < one.low for one in self.areas):
            errors["areas"] = "Enter ranges that end at or above where they start"
        return errors

    def texts(self) -> dict[str, str]:
        """What a person reads of it, label by label: to set two people's changes side by side."""
        detail = "Asked with the expression of interest" if self.detail_with_eoi else "Asked of shortlisted schools"
        taken = [s for s in self.strands if s.openness is not Openness.CLOSED]
        return {
            "Name": self.name,
            "Opens": date_and_time(self.opens_at),
            "Closes": date_and_time(self.closes_at) if self.closes_at else "Stays open",
            "Decisions by": long_date(self.decisions_by) if self.decisions_by else "",
            "Introduction": self.introduction,
            "What the round takes": "\n".join(_strand_text(s) for s in taken),
            "Criteria": "\n".join(f"{c.key} {c.title}: {c.weight}. {c.guidance}" for c in self.rubric),
            "Detail": detail,
            "Scorers": str(self.scorers),
            "Quorum": str(self.quorum),
            "One assessor": "Enough while one case is in the round" if self.one_assessor else "Never enough",
            "Briefings": "\n".join(f"{e.title}, {e.day}, {e.time}, {e.place} {e.link}".strip() for e in self.events),
            "Floor area a place": "\n".join(
                f"{label(a.path)}: {a.low:g} to {a.high:g} m². {a.source}" for a in self.areas
            ),
            "School closure weeks": "\n".join(f"{long_date(a)} to {long_date(b)}" for a, b in self.closures),
        }


def as_it_is(made: Round) -> RoundWanted:
    """The round as it is now, in the shape in which it is changed."""
    return RoundWanted(
        slug=made.slug, name=made.name, opens_at=made.opens_at, closes_at=made.closes_at,
        decisions_by=made.decisions_by, rubric=made.criteria, strands=tuple(s.facts() for s in made.strands),
        form=made.form, detail_with_eoi=made.detail_with_eoi, scorers=made.scorers, quorum=made.quorum,
        one_assessor=made.one_assessor,
        introduction=made.introduction, closures=made.closed_spans, events=made.briefings, areas=made.area_ranges,
    )  # fmt: skip


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


def change(made: Round, wanted: RoundWanted, reason: str, *, seen: int, by: Actor) -> int:
    """Change a round. Once it has opened, form and rubric are frozen, and the rest changes only with a reason, which
    every school with a live expression of interest in it is told. Returns how many people are. The caller commits.

    Raises Invalid, NotAllowed, MovedOn with both texts where somebody else changed it first.
    """
    _allowed(by)
    before = as_it_is(made)
    if seen != made.version:
        raise _moved_on(before, wanted)
    errors = wanted.wrong()
    opened = made.has_opened(now())
    if opened:
        errors = _frozen(made, wanted) | _too_late(made, wanted) | errors
        if not reason.strip():
            errors["reason"] = "Enter the reason for the change, which schools will read"
    if errors:
        raise Invalid(errors)
    changed = _changed(before, wanted)
    _write(made, wanted)
    flag_modified(made, "name")  # a change of strands alone counts as one of the round
    try:
        db.session.flush()
    except StaleDataError:
        raise MovedOn(MOVED) from None
    detail = {"reason": reason.strip(), "changed": changed, "before": before.texts(), "after": wanted.texts()}
    seq = audit.record(f"round:{made.id}", "change_round", by=by, detail=detail)
    return _tell_schools(made, changed, reason.strip(), seq) if opened else 0


def _moved_on(theirs: RoundWanted, yours: RoundWanted) -> MovedOn:
    """Both texts, where they differ."""
    saved, typed = theirs.texts(), yours.texts()
    differ = [name for name in typed if saved[name] != typed[name]]
    return MovedOn(MOVED, {name: saved[name] for name in differ}, {name: typed[name] for name in differ})


def _changed(before: RoundWanted, wanted: RoundWanted) -> list[str]:
    """The fields that differ. A combination that the round did not name and that is closed is no difference."""
    found = [name for name in RoundWanted.__dataclass_fields__ if getattr(before, name) != getattr(wanted, name)]
    if "strands" in found and _taken(before) == _taken(wanted):
        found.remove("strands")
    return found


def _taken(wanted: RoundWanted) -> set[StrandFacts]:
    return {s for s in wanted.strands if s.openness is not Openness.CLOSED or s.note or s.decision_reference}


def _strand_text(strand: StrandFacts) -> str:
    words = f"{label(strand.path)}, {label(strand.need)}, {label(strand.phase)}: {label(strand.openness)}"
    return ". ".join(filter(None, (words, strand.note.rstrip("."), strand.decision_reference)))


def _too_late(made: Round, wanted: RoundWanted) -> dict[str, str]:
    """A closing moment that has passed already would shut schools out without a warning."""
    moved = wanted.closes_at != made.closes_at
    if moved and wanted.closes_at and wanted.closes_at <= now():
        return {"closes_on": "Enter a closing date in the future"}
    return {}


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
    made.one_assessor = wanted.one_assessor
    made.rubric = [{"key": c.key, "title": c.title, "weight": c.weight, "guidance": c.guidance} for c in wanted.rubric]
    made.events = [asdict(one) for one in wanted.events]
    made.areas = {one.path.value: {"low": one.low, "high": one.high, "source": one.source} for one in wanted.areas}
    made.closures = [[first.isoformat(), last.isoformat()] for first, last in wanted.closures]
    held = {(s.path, s.need, s.phase): s for s in made.strands}
    for facts in wanted.strands:
        strand = held.get((facts.path, facts.need, facts.phase))
        if strand is None and facts.openness is Openness.CLOSED and not facts.note:
            continue  # a round does not name what it never took
        if strand is None:
            strand = Strand(path=facts.path, need=facts.need, phase=facts.phase)
            made.strands.append(strand)
        strand.openness, strand.note, strand.decision_reference = facts.openness, facts.note, facts.decision_reference


def _tell_schools(made: Round, changed: list[str], reason: str, seq: int) -> int:
    """Everybody who leads a live expression of interest in the round."""
    dates = DATES & set(changed)
    told = [words for name, words in TOLD.items() if name in changed and name not in dates]
    if not dates and not told:
        return 0
    live = select(Submission.lead_id).where(Submission.round_id == made.id, Submission.stage.not_in(ENDED))
    template = "dates_changed" if dates else "round_changed"
    leads = db.session.scalars(select(User).where(User.id.in_(live), User.active.is_(True))).all()
    for lead in leads:
        notices.mail(
            template, lead.email, f"round {made.id} {seq} {lead.id}", path="/apply", name=lead.name,
            round=made.name, closes_at=made.closes_at, decisions_by=made.decisions_by, reason=reason, changed=told,
        )  # fmt: skip
    return len(leads)


def _allowed(by: Actor) -> None:
    if not may(by, Permission.EDIT_ROUNDS):
        raise NotAllowed
