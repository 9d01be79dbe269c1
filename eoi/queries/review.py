"""What the review knows of one case: scores, records, conditions, questions asked, its timeline.

Reached only with a submission that `queries/submissions` has found for the actor.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import exists, func, select

from eoi.extensions import db
from eoi.models import (
    Assignment,
    AuditEntry,
    Clarification,
    Condition,
    Conflict,
    Decision,
    Letter,
    PanelItem,
    Record,
    Score,
    Submission,
)
from eoi.queries import submissions
from eoi.rules import minutes
from eoi.rules.panel import Judges, judges
from eoi.rules.permissions import Actor, Permission, Role, may
from eoi.rules.scoring import Result, result
from eoi.rules.stages import Stage

#: Stages of what is no case of its round: not sent yet, or gone before anybody judged it.
NO_CASE = (Stage.DRAFT, Stage.WITHDRAWN, Stage.INELIGIBLE)

_CONFLICTED = exists().where(
    Conflict.submission_id == Assignment.submission_id,
    Conflict.user_id == Assignment.user_id,
    Conflict.conflicted.is_(True),
)


def assignments(submission: Submission) -> Sequence[Assignment]:
    """Those who are to score this case, by name; the ones in conflict included."""
    rows = select(Assignment).where(Assignment.submission_id == submission.id)
    return sorted(db.session.scalars(rows), key=lambda a: a.user.name)


def by_id(ids: Collection[int]) -> dict[int, Submission]:
    """These cases, by id: found for the actor before."""
    return {case.id: case for case in db.session.scalars(select(Submission).where(Submission.id.in_(ids)))}


def locked_scorers(submission: Submission) -> int:
    """How many have locked their scores and are not in conflict."""
    return db.session.scalar(
        select(func.count()).where(
            Assignment.submission_id == submission.id, Assignment.locked_at.is_not(None), ~_CONFLICTED
        )
    ) or 0  # fmt: skip


def locked_scores(submission: Submission) -> Sequence[Score]:
    """The scores that count: locked, and of nobody in conflict."""
    counted = select(Assignment.user_id).where(
        Assignment.submission_id == submission.id, Assignment.locked_at.is_not(None), ~_CONFLICTED
    )
    return db.session.scalars(
        select(Score)
        .where(Score.submission_id == submission.id, Score.user_id.in_(counted), Score.value.is_not(None))
        .order_by(Score.criterion, Score.user_id)
        .execution_options(populate_existing=True)
    ).all()


def judges_of(submission: Submission) -> Judges:
    """How many are to score this case, and the quorum of its panel. The round's cases are counted where it matters."""
    made, cases = submission.round, 0
    if made.one_assessor:
        here = (Submission.round_id == made.id, Submission.stage.not_in(NO_CASE))
        cases = db.session.scalar(select(func.count()).select_from(Submission).where(*here)) or 0
    return judges(made.scorers, made.quorum, one_assessor=made.one_assessor, cases=cases)


def agreed(submission: Submission) -> dict[str, int]:
    """The scores that the panel agreed when it looked at the case last."""
    latest = select(PanelItem.notes).where(PanelItem.submission_id == submission.id).order_by(PanelItem.id.desc())
    return minutes.agreed(db.session.scalar(latest.limit(1)) or {})


def result_of(submission: Submission) -> Result | None:
    """All scores that count together, with what the panel agreed, or None while a criterion has none."""
    return result(submission.round.criteria, scores_by_criterion(submission), agreed(submission))


def sees_scores(submission: Submission, by: Actor) -> bool:
    """Whether this person may see what the others scored: never while their own scores are open."""
    own = None
    if Role.SCORER in by.roles:
        mine = (Assignment.submission_id == submission.id, Assignment.user_id == by.id)
        own = db.session.scalars(select(Assignment).where(*mine)).one_or_none()
    if own and own.locked_at is None:
        return False
    return own is not None or may(by, Permission.SEE_SCORES, submissions.case_facts(submission))


def scores_by_criterion(submission: Submission) -> dict[str, list[int]]:
    """What `rules/scoring.result` takes."""
    scores: dict[str, list[int]] = defaultdict(list)
    for score in locked_scores(submission):
        if score.value is not None:
            scores[score.criterion].append(score.value)
    return scores


def own_scores(submission: Submission, user_id: int) -> dict[str, Score]:
    """One scorer's own, by criterion."""
    rows = select(Score).where(Score.submission_id == submission.id, Score.user_id == user_id)
    fresh = rows.execution_options(populate_existing=True)  # marks are written without the session's knowing
    return {score.criterion: score for score in db.session.scalars(fresh)}


def records(submission: Submission) -> dict[str, Record]:
    """The latest record of each kind."""
    rows = select(Record).where(Record.submission_id == submission.id).order_by(Record.id)
    return {record.kind: record for record in db.session.scalars(rows)}


def clarifications(submission: Submission) -> Sequence[Clarification]:
    """Every question asked of the school, oldest first."""
    rows = select(Clarification).where(Clarification.submission_id == submission.id).order_by(Clarification.id)
    return db.session.scalars(rows).all()


def decision(submission: Submission) -> Decision | None:
    """The latest decision of the Head of SEN, which holds."""
    rows = select(Decision).where(Decision.submission_id == submission.id).order_by(Decision.id.desc()).limit(1)
    return db.session.scalars(rows).one_or_none()


def conditions(submission: Submission) -> Sequence[Condition]:
    """The conditions of the decision that holds."""
    latest = decision(submission)
    return latest.conditions if latest else []


def letters(submission: Submission) -> Sequence[Letter]:
    """Every letter, drafts included, oldest first."""
    return db.session.scalars(select(Letter).where(Letter.submission_id == submission.id).order_by(Letter.id)).all()


def conflict_of(submission: Submission, user_id: int | None) -> Conflict | None:
    """What this person declared on this case."""
    rows = select(Conflict).where(Conflict.submission_id == submission.id, Conflict.user_id == user_id)
    return db.session.scalars(rows).one_or_none()


def conflicts(submission: Submission) -> Sequence[Conflict]:
    """The declared conflicts, for their count and handling."""
    rows = select(Conflict).where(Conflict.submission_id == submission.id, Conflict.conflicted.is_(True))
    return db.session.scalars(rows).all()


def timeline(submission: Submission) -> Sequence[AuditEntry]:
    """Everything that happened, newest first."""
    rows = select(AuditEntry).where(AuditEntry.case == submission.case).order_by(AuditEntry.seq.desc())
    return db.session.scalars(rows).all()


def visited_stages(submission: Submission) -> list[Stage]:
    """The stages that the case has been in, in the order it first reached them."""
    rows = select(AuditEntry.to_stage).where(AuditEntry.case == submission.case, AuditEntry.to_stage.is_not(None))
    return list(dict.fromkeys(Stage(stage) for stage in db.session.scalars(rows.order_by(AuditEntry.seq)) if stage))
