"""The register of conditions: what is open, what is due, and what the school sent for it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from eoi.extensions import db
from eoi.models import Condition, Decision, Evidence, Submission
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import Actor
from eoi.rules.stages import Stage

LIVE = (Stage.CONDITIONS, Stage.PRE_STATUTORY)


def open_conditions(actor: Actor | None = None) -> Sequence[Any]:
    """(condition, case) of every open condition of a decision that holds and is told, the first due first.

    Of the cases that the actor may see; of all, for a job.
    """
    newest = select(func.max(Decision.id)).group_by(Decision.submission_id)
    rows = (
        select(Condition, Submission)
        .join(Decision, Decision.id == Condition.decision_id)
        .join(Submission, Submission.id == Decision.submission_id)
        .where(
            Decision.id.in_(newest), Condition.met_on.is_(None), Submission.stage.in_(LIVE), Submission.letter_issued
        )
    )
    if actor:
        rows = rows.where(visible_to(actor))
    return db.session.execute(rows.order_by(Condition.due_on, Submission.reference, Condition.number)).unique().all()


def evidence(conditions: Sequence[Condition]) -> dict[int, list[Evidence]]:
    """Condition id -> the files that the school sent for it, the oldest first."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = select(Evidence).where(Evidence.condition_id.in_([one.id for one in conditions]))
    for row in db.session.scalars(rows.order_by(Evidence.id)):
        found[row.condition_id].append(row)
    return dict(found)


def piece(submission: Submission, public_id: str) -> Evidence | None:
    """One file of evidence of this case."""
    rows = (
        select(Evidence)
        .join(Condition, Condition.id == Evidence.condition_id)
        .join(Decision, Decision.id == Condition.decision_id)
        .where(Decision.submission_id == submission.id, Evidence.public_id == public_id)
    )
    return db.session.scalars(rows).one_or_none()
