"""What the guard of a letter is told beside the letter, and what it finds."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text, cast, literal, select, union_all

from eoi.extensions import db
from eoi.models import Letter, Record, School, Score, Submission
from eoi.queries.papers import letter as paper_of
from eoi.rules.guard import Finding, Known, check
from eoi.rules.papers import LetterPaper
from eoi.rules.words import Outcome


def known(submission: Submission, letter: Letter) -> Known:
    """Notes that stay inside the council, and the schools of the register."""
    none = literal(0)
    comments = select(literal("note"), none, Score.comment).where(Score.submission_id == submission.id)
    records = select(literal("record"), none, cast(Record.answers, Text)).where(Record.submission_id == submission.id)
    schools = select(literal("school"), School.urn, School.name)
    rows = db.session.execute(union_all(comments, records, schools)).all()
    inside = [text for what, _, text in rows if what == "note" and text]
    inside += [text for what, _, answers in rows if what == "record" for text in _texts(json.loads(answers))]
    decision = letter.decision
    if decision:
        inside.append(decision.equality)
        if decision.outcome is not Outcome.DEFERRED and not decision.not_shortlisted:
            inside.append(decision.reason)  # why it departs from the advice
    return Known(tuple(inside), tuple((urn, name) for what, urn, name in rows if what == "school"))


def _texts(value: Any) -> list[str]:
    """Every piece of text in the answers of a record."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = list(value.values())
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def findings(letter: Letter, paper: LetterPaper | None = None) -> tuple[Finding, ...]:
    """What the guard finds in this letter today and nobody has overruled."""
    overruled = {one["finding"] for one in letter.overruled}
    found = check(paper or paper_of(letter), known(letter.submission, letter))
    return tuple(one for one in found if one.key not in overruled)
