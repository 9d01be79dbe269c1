"""What a school has answered so far, for the form's pages and for the verbs that check it.

Reached only with a submission that `queries/submissions` has found for the actor.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Declaration, Document, SectionAnswers, Snapshot, Submission
from eoi.models.review import Clarification
from eoi.rules.words import Step


def section_rows(submission: Submission) -> dict[str, SectionAnswers]:
    """The saved sections by key, as they are in the database now."""
    rows = select(SectionAnswers).where(SectionAnswers.submission_id == submission.id)
    return {row.key: row for row in db.session.scalars(rows.execution_options(populate_existing=True))}


def answers(submission: Submission) -> dict[str, Any]:
    """Every answer of the submission, by question key."""
    return {key: value for row in section_rows(submission).values() for key, value in row.answers.items()}


def documents(submission: Submission) -> Sequence[Document]:
    """The files that are still there, oldest first."""
    rows = select(Document).where(Document.submission_id == submission.id, Document.removed_at.is_(None))
    return db.session.scalars(rows.order_by(Document.id)).all()


def declarations(submission: Submission) -> Sequence[Declaration]:
    """Who stands behind it, in the order they were recorded at the last submission."""
    rows = select(Declaration).where(Declaration.submission_id == submission.id).order_by(Declaration.id)
    return db.session.scalars(rows).all()


def snapshot(submission: Submission, step: Step = Step.EOI) -> Snapshot | None:
    """The latest frozen copy of this step."""
    rows = select(Snapshot).where(Snapshot.submission_id == submission.id, Snapshot.step == step)
    return db.session.scalars(rows.order_by(Snapshot.id.desc()).limit(1)).one_or_none()


def asked(submission: Submission) -> Clarification | None:
    """The question that the school is to answer now, if there is one."""
    rows = select(Clarification).where(
        Clarification.submission_id == submission.id, Clarification.answered_at.is_(None)
    )
    return db.session.scalars(rows.order_by(Clarification.id.desc()).limit(1)).one_or_none()
