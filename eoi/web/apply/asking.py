"""One section as its page asks it: which questions are open, what their boxes hold, what the council holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from eoi.models import Document, Submission
from eoi.models.need import CouncilFigure, NeedLine
from eoi.queries import drafts, logged, named_schools, need
from eoi.queries import suitability as known
from eoi.queries.drafts import Work
from eoi.rules import answers, suitability
from eoi.rules.boxes import Fields
from eoi.rules.errors import NotFound
from eoi.rules.figures import KIND_LABELS
from eoi.rules.permissions import Actor, Role
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.suitability import Fact
from eoi.web.apply.blueprint import is_shut
from eoi.workflow import drafting

REGISTER = "register"


@dataclass(frozen=True, slots=True)
class SectionPage:
    """What the page of a section is drawn from. `typed` and `errors` are those of the last post, or of what is kept."""

    submission: Submission
    section: Section
    work: Work
    asked: tuple[Question, ...]
    open: bool  # whether it may be changed now
    typed: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def row(self) -> Any:
        return self.work.rows.get(self.section.key)

    @property
    def version(self) -> int:
        """0 where the section was never saved."""
        return self.row.version if self.row else 0

    @property
    def has_files(self) -> bool:
        return any(question.kind is Kind.FILE for question in self.asked)

    @property
    def closed(self) -> bool:
        """The round closed before this was sent: what is typed is kept, but cannot be submitted."""
        return is_shut(self.submission)

    @property
    def flagged(self) -> dict[str, str]:
        """The questions of the page whose kept answer seems to tell of a pupil, and what the school says of it."""
        seen, said = answers.flagged(self.section, self.work.answers(self.section), self.work.facts), {}
        held = self.work.explained(self.section)
        for question in self.asked:
            if question.key in seen:
                said[question.key] = held.get(question.key, "")
        return said

    @property
    def warnings(self) -> dict[str, str]:
        """What the saved answers are only pointed out for."""
        return answers.warnings(
            self.section, self.work.answers(self.section), self.work.facts, others=self.work.everything
        )

    def files(self, question: Question) -> list[Document]:
        return self.work.files_of(question)

    def read(self, fields: Fields) -> dict[str, Any]:
        """What was typed, by question."""
        return {question.key: answers.typed_from_form(question, fields) for question in self.asked}

    def with_typed(self, typed: Mapping[str, Any], errors: Mapping[str, str] | None = None) -> "SectionPage":
        return replace(self, typed=typed, errors=errors or {})


def section_page(submission: Submission, key: str, by: Actor) -> SectionPage:
    """The page of the section `key`, as it is now. Raises NotFound where the form has none for this school."""
    released, work = form(submission.round.form), drafts.work(submission)
    section = next((one for one in released.sections if one.key == key and one.applies(work.facts)), None)
    if section is None:
        raise NotFound
    opened = drafting.open_now(submission).get(key, frozenset()) if submission.may_be_filled else frozenset()
    asked = tuple(
        replace(question, options=answers.options(question, work.facts))
        for question in section.questions
        if question.applies(work.facts) and (question.key in opened or not opened)
    )
    unfinished = work.unfinished(section)
    typed = answers.typed(section, work.answers(section), unfinished)
    kept = answers.save(section, work.facts, typed)
    unnamed = {key: value for key, value in kept.answers.items() if key in unfinished}
    errors = kept.errors | named_schools.refused(asked, unnamed)
    if key not in work.rows:
        typed |= _prefilled(submission, by)
    return SectionPage(submission, section, work, asked, bool(opened), typed, errors)


def _prefilled(submission: Submission, by: Actor) -> dict[str, str]:
    """What the register and the account know already, for boxes that the school has not touched."""
    school, head = submission.school, dict(by.schools).get(submission.urn) is Role.HEADTEACHER
    lead = (by.name, "Headteacher" if head else "", by.email)
    if drafting.logs(submission, by):
        sender = logged.of(submission)
        lead = (sender.sender_name, sender.sender_role, sender.sender_email)
    return {
        "trust_name": school.trust_name,
        "companies_house": school.trust_companies_number,
        "head_name": school.head_name or (by.name if head else ""),
        "head_email": by.email if head else "",
        **dict(zip(("lead_name", "lead_role", "lead_email"), lead, strict=True)),
    }


@dataclass(frozen=True, slots=True)
class Held:
    """What the council holds of one kind: its name, (item, value) lines, and where they come from."""

    title: str
    lines: list[tuple[str, str]]
    source: str
    figures: list[CouncilFigure] = field(default_factory=list)

    @property
    def illustrative(self) -> bool:
        return any(figure.illustrative for figure in self.figures)


def held_figures(page: SectionPage) -> dict[str, list[Held]]:
    """What the council holds, by the question that shows it. One query, where a question of the page does."""
    wanted = {kind for question in page.asked for kind in question.held if kind != REGISTER}
    if not wanted or page.submission.is_held:  # who is not confirmed at the school reads nothing about it
        return {}
    figures = need.figures_of(page.submission.urn)
    held = {kind: [figure for figure in figures if figure.kind == kind] for kind in wanted}
    return {
        question.key: [_held(held[kind]) for kind in question.held if held.get(kind)]
        for question in page.asked
        if question.held and REGISTER not in question.held
    }


def _held(figures: list[CouncilFigure]) -> Held:
    newest = max(figures, key=lambda figure: figure.as_at)
    title = KIND_LABELS[newest.kind]
    return Held(title, [(f.item_label or title, f.shown) for f in figures], newest.source, figures)


def need_lines(page: SectionPage) -> list[NeedLine]:
    """The places sought in the school's district for this need and phase, where the page asks for the case for need."""
    if not any(question.key == "need_case" for question in page.asked):
        return []
    offer = page.submission
    return need.lines(district=offer.district_code, need=offer.need, phase=offer.phase)


def known_facts(page: SectionPage) -> list[Fact]:
    """What the answers kept so far come to, of what this page asks. Two queries, on the pages that have facts."""
    if page.section.key not in suitability.SECTIONS:
        return []
    found = known.facts(page.submission, page.work.everything)
    return [fact for fact in found if fact.section == page.section.key]


def known_schools(page: SectionPage) -> dict[str, str]:
    """The names of the schools that the boxes hold by URN, as text. One query, where there are any."""
    typed = [page.typed.get(q.key) for q in page.asked if q.kind in (Kind.SCHOOL, Kind.SCHOOLS)]
    texts = [str(one) for value in typed for one in (value if isinstance(value, list) else [value])]
    names = named_schools.names_of({int(text) for text in texts if re.fullmatch("[0-9]{6}", text)})
    return {str(urn): name for urn, name in names.items()}


def texts(page: SectionPage, typed: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, label by label, as a person reads it: to give back what could not be saved."""
    saved = answers.save(page.section, page.work.facts, typed)
    return {q.label: _text(q, saved, typed) for q in page.asked if q.kind is not Kind.FILE and _text(q, saved, typed)}


def _text(question: Question, saved: answers.Saved, typed: Mapping[str, Any]) -> str:
    if question.key in saved.answers and question.key not in saved.unfinished:
        return answers.shown(question, saved.answers[question.key])
    return _flat(saved.unfinished.get(question.key, ""))


def _flat(value: Any) -> str:
    """Refused text of any shape, on lines."""
    if isinstance(value, dict):
        return " ".join(filter(None, map(_flat, value.values())))
    if isinstance(value, list):
        return "\n".join(filter(None, map(_flat, value)))
    return str(value)
