"""What the pages of one case show, each part in one query.

Reached only with a submission that `queries/submissions` has found for the actor.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from eoi.extensions import db
from eoi.models import (
    Assignment,
    AuditEntry,
    Conflict,
    Document,
    Record,
    Round,
    School,
    Score,
    Snapshot,
    Submission,
    User,
)
from eoi.queries.lists import CaseRow, rows
from eoi.queries.talking import FLAGS, LATEST_FLAG, OPEN_REQUEST, UNREAD_FROM_SCHOOL, WHY_ON_HOLD
from eoi.rules.permissions import Role
from eoi.rules.stages import Stage
from eoi.rules.words import Step

#: Written by every save of a draft or of a score, and by freezing: of no interest to a reader of the timeline.
NOISE = (
    "save_section", "carry_over", "save_scores", "save_visit", "freeze", "add_document", "remove_document",
    "replace_document", "scan_document",
)  # fmt: skip


class Scorer(NamedTuple):
    """Who is to score a case, and what they declared: None until they have."""

    assignment: Assignment
    conflicted: bool | None


def names(submission: Submission) -> CaseRow:
    """The names of its officer, its lead at the school and its partner school, where it has them; and what is up:
    unread messages, requests of the school, flags, why it is on hold."""
    owner, lead, partner = aliased(User), aliased(User), aliased(School)
    found = (
        select(
            owner.name.label("owner"), lead.name.label("lead"), lead.email.label("lead_email"),
            partner.name.label("partner"), UNREAD_FROM_SCHOOL.label("unread"), OPEN_REQUEST.label("request"),
            FLAGS.label("flags"), LATEST_FLAG.label("flag"), WHY_ON_HOLD.label("why_on_hold"),
        )
        .select_from(Submission)
        .outerjoin(owner, owner.id == Submission.owner_id)
        .outerjoin(lead, lead.id == Submission.lead_id)
        .outerjoin(partner, partner.urn == Submission.partner_urn)
        .where(Submission.id == submission.id)
    )  # fmt: skip
    return db.session.execute(found).one()


def sent(submission: Submission) -> Snapshot | None:
    """The latest frozen copy of what the school sent: with the detail, where that has come."""
    rows_ = select(Snapshot).where(Snapshot.submission_id == submission.id, Snapshot.step.in_((Step.EOI, Step.DETAIL)))
    return db.session.scalars(rows_.order_by(Snapshot.id.desc()).limit(1)).one_or_none()


def document(submission: Submission, public_id: str) -> Document | None:
    """A file of this case that is there now, or was when the school last sent it."""
    wanted = (Document.submission_id == submission.id, Document.public_id == public_id)
    found = db.session.scalars(select(Document).where(*wanted)).one_or_none()
    if found is None or found.removed_at is None:
        return found
    frozen = sent(submission)
    return found if frozen and (found.question, found.key) in sent_files(frozen) else None


def sent_files(frozen: Snapshot) -> set[tuple[str, str]]:
    """The files of a frozen copy: (key of the question, SHA-256)."""
    questions = (question for section in frozen.content["sections"] for question in section["questions"])
    return {(q["key"], file["sha256"]) for q in questions for file in q.get("documents", ())}


def records(submission: Submission) -> Sequence[Record]:
    """Every record of the review, the newest first."""
    return db.session.scalars(
        select(Record).where(Record.submission_id == submission.id).order_by(Record.id.desc())
    ).all()


def scorers(submission: Submission) -> list[Scorer]:
    """Those who are to score, by name, each with their declaration."""
    declared = (Conflict.submission_id == Assignment.submission_id) & (Conflict.user_id == Assignment.user_id)
    found = (
        select(Assignment, Conflict.conflicted)
        .outerjoin(Conflict, declared)
        .where(Assignment.submission_id == submission.id)
    )
    everyone = [Scorer(assignment, conflicted) for assignment, conflicted in db.session.execute(found)]
    return sorted(everyone, key=lambda scorer: scorer.assignment.user.name)


def scores(submission: Submission) -> Sequence[Score]:
    """Every score of the case, locked or not: the caller shows only those that the person may see."""
    return db.session.scalars(select(Score).where(Score.submission_id == submission.id)).all()


def timeline(submission: Submission) -> Sequence[AuditEntry]:
    """Everything that happened, newest first, with the words given; what only repeats is left out."""
    found = select(AuditEntry).options(joinedload(AuditEntry.detail)).where(AuditEntry.case == submission.case)
    return db.session.scalars(found.where(AuditEntry.action.not_in(NOISE)).order_by(AuditEntry.seq.desc())).all()


def proposals(visible: Any) -> Sequence[tuple[Submission, Record | None]]:
    """The cases proposed as ineligible or not to be shortlisted, each with the officer's latest reasons."""
    proposed = select(Submission).where(
        visible, Submission.stage.in_((Stage.INELIGIBLE_PROPOSED, Stage.DECLINE_PROPOSED))
    )
    found = db.session.scalars(
        proposed.options(joinedload(Submission.round).lazyload(Round.strands)).order_by(
            Submission.stage, Submission.due_on, Submission.id
        )
    ).all()
    kept = select(Record).where(Record.kind == "sift", Record.submission_id.in_([s.id for s in found]))
    latest = {record.submission_id: record for record in db.session.scalars(kept.order_by(Record.id))}
    return [(submission, latest.get(submission.id)) for submission in found]


def assigned_to(user_id: int) -> Sequence[CaseRow]:
    """The cases that this person is to score, with what they declared and when they locked; the first due first.

    Those in conflict are among them, for their reference only.
    """
    declared = (Conflict.submission_id == Assignment.submission_id) & (Conflict.user_id == Assignment.user_id)
    found = (
        rows()
        .add_columns(Assignment.locked_at, Conflict.conflicted, Conflict.id.label("conflict_id"))
        .join(Assignment, Assignment.submission_id == Submission.id)
        .outerjoin(Conflict, declared)
        .where(Assignment.user_id == user_id)
        .order_by(Submission.due_on.is_(None), Submission.due_on, Submission.id)
    )
    return db.session.execute(found).all()


def scored_counts(user_id: int) -> dict[int, int]:
    """How many criteria this person has scored, by case."""
    counted: dict[int, int] = {}
    given = select(Score.submission_id).where(Score.user_id == user_id, Score.value.is_not(None))
    for case_id in db.session.scalars(given):
        counted[case_id] = counted.get(case_id, 0) + 1
    return counted


def people() -> tuple[list[User], list[User]]:
    """The active SEN officers, and those who score or speak for estates or finance, by name, in one query."""
    working = User.role_rows.any()
    found = db.session.scalars(
        select(User).options(joinedload(User.role_rows)).where(User.active.is_(True), working).order_by(User.name)
    ).unique()
    everyone = list(found)
    officers = [user for user in everyone if Role.SEN_OFFICER in user.roles]
    return officers, [user for user in everyone if user.roles & {Role.SCORER, Role.ESTATES, Role.FINANCE}]
