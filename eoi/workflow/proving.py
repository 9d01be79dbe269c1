"""Whether a case stands as its audit record says: its stage, what it froze, and the facts that lists read from columns.

Reads only. A part whose words have been erased from the record is not compared with them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import selectinload

from eoi.extensions import bank_holidays, db
from eoi.models import (
    Assignment,
    AuditEntry,
    CaseText,
    Clarification,
    Decision,
    Document,
    Letter,
    Record,
    Snapshot,
    Submission,
)
from eoi.queries import search
from eoi.rules import clocks, workdays
from eoi.rules.chain import digest
from eoi.rules.stages import STAGES, Court, Stage
from eoi.rules.words import LONDON
from eoi.workflow.facts import facts_of, score_of
from eoi.workflow.stages import closed_days

#: The action that removes a case for good, or all of it but its letters.
ERASED = "erased"
REDACTED = "redact"  # words taken out of what was frozen: the entry names the digest of what is left
FROZEN = {"freeze", "print", "add_document", "replace_document", REDACTED}
PRINTED = {"issue_letter", "print_letter"}


@dataclass
class Trail:
    """What the audit record says of one case."""

    case: str
    ends_at: str | None = None  # the last stage it names
    since: datetime | None = None
    erased: bool = False  # the case itself
    gaps: bool = False  # some words of the record have been erased
    broken_at: int | None = None  # an entry that leaves another stage than the one the case was in
    frozen: set[str] = field(default_factory=set)  # SHA-256 of answers and files
    redacted: set[str] = field(default_factory=set)  # those of them that are what a redaction left
    letters: dict[str, str] = field(default_factory=dict)  # number -> SHA-256 of its print
    facts: dict[str, str] = field(default_factory=dict)  # number -> digest of what it was printed from

    @property
    def number(self) -> int:
        return int(self.case.partition(":")[2])

    def note(self, entry: Row[Any]) -> None:
        """Take in the next entry of the chain."""
        self.gaps |= entry.entry_id is None
        self.erased |= entry.action == ERASED
        if entry.to_stage:
            if entry.from_stage != self.ends_at and self.broken_at is None:
                self.broken_at = entry.seq
            self.ends_at, self.since = entry.to_stage, entry.at
        sealed = (entry.content or {}).get("sha256")
        if sealed and entry.action in FROZEN:
            self.frozen.add(sealed)
            self.redacted |= {sealed} if entry.action == REDACTED else set()
        elif sealed and entry.action in PRINTED:
            self.letters[entry.content["number"]] = sealed
            self.facts[entry.content["number"]] = entry.content.get("facts", "")


def faults(trails: Sequence[Trail], checked: Counter[str]) -> Iterator[str]:
    """Compare these cases with their trails; each fault is one line. What was loaded is let go again."""
    numbers = [trail.number for trail in trails]
    found = select(Submission).where(Submission.id.in_(numbers)).options(selectinload(Submission.sections))
    cases = {submission.id: submission for submission in db.session.scalars(found)}
    parts = Parts(numbers)
    for trail in trails:
        submission = cases.get(trail.number)
        if submission is None:
            if not trail.erased:
                yield f"{trail.case}: the case is gone, and its audit record does not say that it was erased"
            continue
        checked["cases"] += 1
        for found_wrong in (_stage,) if trail.erased else (_stage, _frozen, _facts):
            yield from (f"{submission.case}: {fault}" for fault in found_wrong(submission, trail, parts, checked))
    db.session.expunge_all()


class Parts:
    """What belongs to some cases, read together."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.snapshots = self._by_case(Snapshot, numbers)
        self.letters = self._by_case(Letter, numbers)
        self.documents = self._by_case(Document, numbers)
        self.questions = self._by_case(Clarification, numbers)
        self.records = self._by_case(Record, numbers)
        self.words = self._by_case(CaseText, numbers)
        self.said = search.said(numbers)
        self.decisions = self._by_case(Decision, numbers)
        locked = select(Assignment.submission_id).where(Assignment.locked_at.is_not(None))
        self.scored = set(db.session.scalars(locked.where(Assignment.submission_id.in_(numbers))))

    @staticmethod
    def _by_case(model: Any, numbers: Sequence[int]) -> dict[int, list[Any]]:
        rows = defaultdict(list)
        for row in db.session.scalars(select(model).where(model.submission_id.in_(numbers)).order_by(model.id)):
            rows[row.submission_id].append(row)
        return rows


def _stage(submission: Submission, trail: Trail, _: Parts, __: Counter[str]) -> Iterator[str]:
    if trail.broken_at:
        yield f"entry {trail.broken_at} leaves a stage that the case was not in"
    if submission.stage != trail.ends_at:
        yield f"it is at {submission.stage}, and its audit record ends at {trail.ends_at}"
    elif trail.since and abs(submission.stage_since - trail.since).total_seconds() > 60:
        yield "it has been at its stage since another moment than its audit record says"


def _frozen(submission: Submission, trail: Trail, parts: Parts, checked: Counter[str]) -> Iterator[str]:
    """Frozen answers have their digest, and answers, letters and documents are those that the record names."""
    for snapshot in parts.snapshots.get(submission.id, ()):
        checked["snapshots"] += 1
        if digest(snapshot.content) not in {snapshot.sha256, *trail.redacted}:  # as frozen, or as redacted since
            yield f"snapshot {snapshot.id} ({snapshot.step}) was changed after it was frozen"
        elif not trail.gaps and snapshot.sha256 not in trail.frozen:
            yield f"snapshot {snapshot.id} ({snapshot.step}) is not one that the audit record names"
        if snapshot.pdf_key and not trail.gaps and snapshot.pdf_key not in trail.frozen:
            yield f"the printed copy of snapshot {snapshot.id} is not the one that the audit record names"
    for letter in parts.letters.get(submission.id, ()):
        checked["letters"] += 1
        if letter.key != trail.letters.get(letter.number) and not trail.gaps:
            yield f"letter {letter.number} is not the one that the audit record names"
        told = trail.facts.get(letter.number)
        if told and letter.facts is not None and digest(letter.facts) != told:
            yield f"what letter {letter.number} was printed from was changed after it was issued"
    for document in parts.documents.get(submission.id, ()):
        checked["documents"] += 1
        if document.key not in trail.frozen and not trail.gaps:
            yield f"document {document.id} is not one that the audit record names"


def _facts(submission: Submission, trail: Trail, parts: Parts, checked: Counter[str]) -> Iterator[str]:
    """The columns that lists filter and sort on are what `workflow/facts` and the clocks make of the rest."""
    answers = {key: value for section in submission.sections for key, value in section.answers.items()}
    for name, expected in facts_of(answers).items():
        if getattr(submission, name) != expected:
            yield f"its {name} is not what its answers say"
    scored = submission.score is not None or submission.id in parts.scored
    if scored and not _same(submission.score, score_of(submission)):
        yield "its score is not what the locked scores make"
    if kept := parts.words.get(submission.id):
        made = search.by_readers(
            submission.round.form,
            answers,
            parts.questions.get(submission.id, ()),
            parts.records.get(submission.id, ()),
            parts.said.get(submission.id, ()),
        )
        if {row.readers: row.body for row in kept if row.body} != {key: body for key, body in made.items() if body}:
            yield "the words that it is found by are not those of its answers and records"
    if trail.since and submission.due_on not in _due_days(submission, trail.since, parts):
        yield "its due_on is not what its stage and its questions make"


def _same(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else math.isclose(one, other)


def _due_days(submission: Submission, since: datetime, parts: Parts) -> set[date | None]:
    """The days that may stand: the stage's target, the date a question was given, the review date of a deferral."""
    stage, day = submission.stage, since.astimezone(LONDON).date()
    target = clocks.due_on(stage, day, closed_days(submission, stage))
    days = {target and workdays.add(target, submission.hold_days, bank_holidays())}
    if stage is Stage.SUBMITTED and submission.round.closes_at is None:
        days.add(None)
    if stage is Stage.DEFERRED:
        days |= {decision.review_on for decision in parts.decisions.get(submission.id, ())[-1:]}
    if STAGES[stage].court is Court.SCHOOL:
        days |= {question.due_on for question in parts.questions.get(submission.id, ()) if not question.answered_at}
        if _round_changed(submission, since):  # closure weeks may have been others then
            days.add(submission.due_on)
    return days


def _round_changed(submission: Submission, since: datetime) -> bool:
    latest = db.session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.case == f"round:{submission.round_id}"))
    return latest is not None and latest > since
