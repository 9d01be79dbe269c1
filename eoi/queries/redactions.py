"""What can be taken out of a case, and what was.

Reached only with a submission that `queries/submissions` has found for the actor.
"""

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Redaction, Submission
from eoi.queries import drafts, review
from eoi.rules.answers import visible
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind
from eoi.rules.redacting import STUB, is_mark
from eoi.rules.words import long_date


def choices(submission: Submission) -> list[tuple[str, str]]:
    """(value, words) of everything that people typed or sent: answers, messages, files."""
    answers, facts = drafts.answers(submission), submission.facts()
    sections = [section for section in form(submission.round.form).sections if section.applies(facts)]
    found = [
        (f"answer {q.key}", f"Answer: {section.title}: {q.label}")
        for section in sections
        for q in visible(section, answers, facts)
        if q.kind is not Kind.FILE and answers.get(q.key) not in (None, "", [], {}) and not is_mark(answers[q.key])
    ]
    for asked in review.clarifications(submission):
        if not is_mark(asked.text):
            found.append((f"text {asked.id}", f"Question asked on {long_date(asked.asked_at)}"))
        if asked.reply and not is_mark(asked.reply):
            found.append((f"reply {asked.id}", f"Reply to the question asked on {long_date(asked.asked_at)}"))
    documents = [one for one in drafts.documents(submission) if one.name != STUB]
    return found + [(f"document {one.public_id}", f"Document: {one.name}") for one in documents]


def of_case(submission: Submission) -> list[Redaction]:
    """What officers took out, the latest first; frozen copies that changed with it are left out."""
    rows = select(Redaction).where(Redaction.submission_id == submission.id, Redaction.snapshot_id.is_(None))
    return list(db.session.scalars(rows.order_by(Redaction.id.desc())))
