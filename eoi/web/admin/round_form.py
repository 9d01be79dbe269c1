"""The form of a round: what an officer types, kept as it was typed, and the round that it asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby, product
from typing import Any

from werkzeug.datastructures import MultiDict

from eoi.models import Round
from eoi.rules import answers, round_lists
from eoi.rules.facts import StrandFacts
from eoi.rules.parsing import clean, count_words
from eoi.rules.questions import FORMS
from eoi.rules.scoring import RUBRIC, weights_wrong
from eoi.rules.words import LONDON, Need, Openness, Path, Phase, label
from eoi.web.fields import (
    DateField,
    LineField,
    Needed,
    OnlyIf,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    VersionField,
    WholeField,
    choice,
)
from eoi.web.forms import Form
from eoi.workflow.rounds import RoundWanted, as_it_is

OPENS, CLOSES = time(9), time(12)  # in Kent
NOTE_WORDS = 100
REFERENCE_LONGEST = 200
AT_ONCE, SHORTLISTED = "at_once", "shortlisted"
#: What an opened round may not change: its fields are shown, and not read.
FROZEN = ("opens_on", "form", "detail")

Typed = dict[str, Any]
Errors = dict[str, str]


class RoundForm(Form):
    version = VersionField()
    name = LineField("Name", [Needed("Enter a name for the round")], description="Such as Autumn 2026")
    introduction = TextField("Introduction", words=300, description="The first words that schools read about the round")
    opens_on = DateField(
        "Opens on", [Needed("Enter the day on which the round opens")], noun="the opening day", description="At 9am"
    )
    closes = RadiosField(
        "When does it close?",
        [Needed("Choose when the round closes")],
        choices=[choice("day", "On a day, at 12 noon", reveals="closes_on"), choice("never", "It stays open")],
    )
    closes_on = DateField("Closes on", [OnlyIf("closes", "day", "Enter the closing day")], noun="the closing day")
    decisions_by = DateField("Decisions by (optional)", noun="the day of decisions")
    form = SelectField(
        "Form", [Needed("Choose the form")], choices=[choice(name, f"Form {name[1:]}") for name in FORMS]
    )
    detail = RadiosField(
        "When are schools asked for the detail?",
        [Needed("Choose when schools are asked for the detail")],
        choices=[
            choice(SHORTLISTED, "When they are shortlisted", "A first evening’s work for every school, the rest later"),
            choice(AT_ONCE, "At once, with the expression of interest"),
        ],
    )
    scorers = WholeField(
        "How many people score each case", [Needed("Enter how many people score")], low=1, high=9, width="2"
    )
    quorum = WholeField(
        "Quorum of the panel", [Needed("Enter the quorum of the panel")], low=1, high=15, width="2", suffix="people"
    )
    one_assessor = TickField(
        "While only one expression of interest is in the round, one assessor and the Head of SEN are enough"
    )
    reason = TextField(
        "Reason for the change",
        words=100,
        description="Every school with an expression of interest in this round reads it in an email",
    )


@dataclass(slots=True)
class StrandBoxes:
    """One combination of path, need and phase on the page: what its boxes hold."""

    path: Path
    need: Need
    phase: Phase
    openness: str = Openness.CLOSED.value
    note: str = ""
    reference: str = ""

    @property
    def name(self) -> str:
        return f"strand-{self.path}-{self.need}-{self.phase}"

    def facts(self) -> StrandFacts:
        return StrandFacts(self.path, self.need, self.phase, Openness(self.openness), self.note, self.reference)

    def wrong(self) -> Errors:
        found = {}
        if self.openness not in list(Openness):
            found[f"{self.name}-openness"] = "Choose whether it is open"
        if self.openness == Openness.BY_EXCEPTION and not self.note:
            found[f"{self.name}-note"] = f"Enter the policy note: {label(self.need)}, {label(self.phase)}"
        if count_words(self.note) > NOTE_WORDS or len(self.note) > NOTE_WORDS * 20:
            found[f"{self.name}-note"] = f"The policy note must be {NOTE_WORDS} words or fewer"
        if len(self.reference) > REFERENCE_LONGEST:
            found[f"{self.name}-reference"] = f"The decision must be {REFERENCE_LONGEST} characters or fewer"
        return found


@dataclass(slots=True)
class RoundPage:
    """The whole page: the form, the strands, the lists; `made` is the round that is changed, if there is one."""

    form: RoundForm
    strands: list[StrandBoxes]
    typed: Typed
    made: Round | None = None
    frozen: bool = False
    errors: Errors = field(default_factory=dict)

    @property
    def by_path(self) -> list[tuple[Path, list[StrandBoxes]]]:
        return [(path, list(boxes)) for path, boxes in groupby(self.strands, key=lambda box: box.path)]

    @property
    def weights(self) -> str:
        """What the weights make together, as typed now."""
        rubric, wrong = round_lists.criteria(self.typed["rubric"])
        if any(name.endswith("-weight") for name in wrong):
            return "Some weights cannot be read yet"
        return weights_wrong(rubric) or "The weights make 100"

    def wanted(self) -> RoundWanted | None:
        """The round that was asked for, or None, with what to mend in `errors` and on the form's own fields."""
        valid = self.form.validate()
        kept = self.made if self.frozen else None
        rubric, wrong = (kept.criteria, {}) if kept else round_lists.criteria(self.typed["rubric"])
        closures, wrong_weeks = round_lists.closures(self.typed["closures"])
        events, wrong_events = round_lists.events(self.typed["events"])
        areas, wrong_areas = round_lists.areas(self.typed["areas"])
        for boxes in self.strands:
            self.errors |= boxes.wrong()
        self.errors |= wrong | wrong_weeks | wrong_events | wrong_areas
        if not valid or self.errors:
            return None
        form = self.form
        return RoundWanted(
            slug=self.made.slug if self.made else slug_of(form.name.data),
            name=form.name.data,
            opens_at=kept.opens_at if kept else _moment(form.opens_on.data, OPENS),
            closes_at=_moment(form.closes_on.data, CLOSES) if form.closes.data == "day" else None,
            decisions_by=form.decisions_by.data,
            rubric=rubric,
            strands=tuple(boxes.facts() for boxes in self.strands),
            form=kept.form if kept else form.form.data,
            detail_with_eoi=kept.detail_with_eoi if kept else form.detail.data == AT_ONCE,
            scorers=form.scorers.data,
            quorum=form.quorum.data,
            one_assessor=form.one_assessor.data,
            introduction=form.introduction.data,
            closures=closures,
            events=events,
            areas=areas,
        )

    def say(self, errors: Mapping[str, str]) -> None:
        """Put what the verb refused where it can be mended."""
        for name, message in errors.items():
            if name == "strands":
                self.errors[f"{self.strands[0].name}-openness"] = message
            elif name in self.form:
                self.form[name].errors = [message]
            else:
                self.errors[name] = message


def new_page() -> RoundPage:
    """A round to begin with: the standard criteria, nothing open."""
    form = RoundForm(scorers=3, quorum=3, detail=SHORTLISTED, form=next(iter(FORMS)))
    del form.reason
    return RoundPage(
        form, _strands({}), {"rubric": round_lists.typed_criteria(RUBRIC), "closures": [], "events": [], "areas": []}
    )


def page_of(made: Round, *, frozen: bool) -> RoundPage:
    """The round as it is, in the boxes of its page."""
    now = as_it_is(made)
    form = RoundForm(
        version=made.version, name=now.name, introduction=now.introduction, opens_on=_day(now.opens_at),
        closes="day" if now.closes_at else "never", closes_on=_day(now.closes_at), decisions_by=now.decisions_by,
        detail=AT_ONCE if now.detail_with_eoi else SHORTLISTED, scorers=now.scorers, quorum=now.quorum, form=now.form,
        one_assessor=now.one_assessor,
    )  # fmt: skip
    if frozen:
        for name in FROZEN:
            del form[name]
    else:
        del form.reason
    typed: Typed = {
        "rubric": round_lists.typed_criteria(now.rubric),
        "closures": round_lists.typed_closures(now.closures),
        "events": round_lists.typed_events(now.events),
        "areas": round_lists.typed_areas(now.areas),
    }
    return RoundPage(form, _strands({(s.path, s.need, s.phase): s for s in now.strands}), typed, made, frozen)


def read(page: RoundPage, fields: MultiDict[str, str]) -> None:
    """Take what was posted into the boxes that WTForms does not keep."""
    for boxes in page.strands:
        boxes.openness = fields.get(f"{boxes.name}-openness") or Openness.CLOSED.value
        boxes.note = clean(fields.get(f"{boxes.name}-note"))
        boxes.reference = clean(fields.get(f"{boxes.name}-reference"))
    for question in round_lists.LISTS:
        if not (page.frozen and question is round_lists.CRITERIA):
            page.typed[question.key] = answers.typed_from_form(question, fields)


def slug_of(name: str) -> str:
    """The round's name in addresses."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80]
    return f"round-{slug}".rstrip("-") if slug in ("", "new") else slug  # the page that makes one is called "new"


def _strands(known: Mapping[Any, StrandFacts]) -> list[StrandBoxes]:
    every = []
    for path, need, phase in product(Path, Need, Phase):
        held = known.get((path, need, phase))
        kept = (held.openness.value, held.note, held.decision_reference) if held else ()
        every.append(StrandBoxes(path, need, phase, *kept))
    return every


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(LONDON).date() if moment else None
