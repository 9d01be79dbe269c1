"""What waits for a person: one task a kind of work, with the cases it finds. The dashboard and the list ask here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from eoi.models import Assignment, Conflict, Round, Submission, UserRole
from eoi.queries.review import NO_CASE
from eoi.queries.talking import OPEN_REQUEST, UNREAD_FROM_SCHOOL
from eoi.rules.permissions import Actor, Relation, Role, may, relation_of
from eoi.rules.permissions import Permission as P
from eoi.rules.stages import SILENT_UNTIL_LETTER, STAGES, Court, Stage

S = Stage
SCHOOLS_TURN = tuple(stage for stage, facts in STAGES.items() if facts.court is Court.SCHOOL and stage is not S.DRAFT)
SCORED_AT = (S.ASSESSMENT, S.CLARIFICATION, S.VISIT, S.PANEL)


@dataclass(frozen=True, slots=True)
class Moment:
    """When somebody asks: the moment, the day, and the last day that counts as soon."""

    now: datetime
    today: date
    soon: date


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of work. `where` finds its cases at this moment; `step` is what the person does with one."""

    key: str
    title: str
    step: str
    needs: P
    where: Callable[[Moment, Actor], ColumnElement[bool]]


def _at(*stages: Stage) -> Callable[[Moment, Actor], ColumnElement[bool]]:
    return lambda _, __: Submission.stage.in_(stages)


_PRESENT = (
    select(func.count())
    .where(Assignment.submission_id == Submission.id)
    .where(exists().where(UserRole.user_id == Assignment.user_id, UserRole.role == Role.SCORER))
    .where(
        ~exists().where(
            Conflict.submission_id == Assignment.submission_id,
            Conflict.user_id == Assignment.user_id,
            Conflict.conflicted.is_(True),
        )
    )
)
_ASSIGNED = _PRESENT.correlate(Submission).scalar_subquery()
_LOCKED = _PRESENT.where(Assignment.locked_at.is_not(None)).correlate(Submission).scalar_subquery()
_other = aliased(Submission)
_CASES = (
    select(func.count())
    .where(_other.round_id == Submission.round_id, _other.stage.not_in(NO_CASE))
    .correlate(Submission)
    .scalar_subquery()
)
#: `queries/review.judges_of` in SQL: how many are to score the case.
WANTED = case((and_(Round.one_assessor.is_(True), _CASES == 1), 1), else_=Round.scorers)


def _lacks_scorers(_: Moment, __: Actor) -> ColumnElement[bool]:
    return and_(Submission.stage == S.ASSESSMENT, WANTED > _ASSIGNED)


def _is_scored(_: Moment, __: Actor) -> ColumnElement[bool]:
    return and_(Submission.stage == S.ASSESSMENT, WANTED <= _LOCKED)


def _round_closed(at: Moment, _: Actor) -> ColumnElement[bool]:
    return and_(Submission.stage == S.SUBMITTED, Round.closes_at.is_(None) | (Round.closes_at <= at.now))


def _school_is_late(at: Moment, _: Actor) -> ColumnElement[bool]:
    return and_(Submission.stage.in_(SCHOOLS_TURN), Submission.due_on < at.today)


def _review_date_near(at: Moment, _: Actor) -> ColumnElement[bool]:
    return and_(Submission.stage == S.DEFERRED, Submission.letter_issued.is_(True), Submission.due_on <= at.soon)


def _letter_waits(_: Moment, __: Actor) -> ColumnElement[bool]:
    return and_(Submission.stage.in_(SILENT_UNTIL_LETTER), Submission.letter_issued.is_(False))


def _to_deliver(_: Moment, __: Actor) -> ColumnElement[bool]:
    approved = and_(Submission.stage.in_((S.APPROVED, S.CONDITIONS)), Submission.letter_issued.is_(True))
    return approved | Submission.stage.in_((S.PRE_STATUTORY, S.CONSULTATION, S.DFE, S.AGREEMENT))


def _own_scores_open(_: Moment, by: Actor) -> ColumnElement[bool]:
    mine = exists().where(
        Assignment.submission_id == Submission.id, Assignment.user_id == by.id, Assignment.locked_at.is_(None)
    )
    return and_(Submission.stage.in_(SCORED_AT), mine)


def _school_has_written(_: Moment, __: Actor) -> ColumnElement[bool]:
    return UNREAD_FROM_SCHOOL


def _school_asks(_: Moment, __: Actor) -> ColumnElement[bool]:
    return OPEN_REQUEST


#: The weightiest first: a case that fits two of a person's tasks counts under the first.
TASKS: tuple[Task, ...] = (
    Task("decide", "To decide", "Decide", P.DECIDE, _at(S.WITH_HEAD)),
    Task("proposals", "Proposals to confirm", "Confirm or send back", P.CONFIRM_SIFT,
         _at(S.INELIGIBLE_PROPOSED, S.DECLINE_PROPOSED)),
    Task("letters", "Letters to issue", "Issue the letter", P.ISSUE_LETTER, _letter_waits),
    Task("process", "Reviews of process", "Review the process", P.REVIEW_PROCESS, _at(S.PROCESS_REVIEW)),
    Task("panel", "For the panel", "Record the recommendation", P.PANEL, _at(S.PANEL)),
    Task("score", "To score", "Score and lock", P.SCORE, _own_scores_open),
    Task("asked", "Requests from schools", "Deal with the request", P.MESSAGE, _school_asks),
    Task("messages", "Messages from schools", "Read and answer", P.MESSAGE, _school_has_written),
    Task("start", "Checks to start", "Start the check", P.CHECK, _round_closed),
    Task("check", "To check", "Check it", P.CHECK, _at(S.CHECK)),
    Task("assign", "Without enough scorers", "Assign scorers", P.ASK, _lacks_scorers),
    Task("scored", "Scored, to move on", "Go to the visit or the panel", P.ASK, _is_scored),
    Task("visit", "Visits to record", "Visit and record it", P.VISIT, _at(S.VISIT)),
    Task("late", "Schools that are late", "Chase the school", P.ASK, _school_is_late),
    Task("deferred", "Deferred, review date near", "Take it up again", P.CHECK, _review_date_near),
    Task("deliver", "On the way to opening", "Record the next step", P.DELIVER, _to_deliver),
)  # fmt: skip
BY_KEY = {task.key: task for task in TASKS}


def tasks_of(actor: Actor) -> tuple[Task, ...]:
    """The kinds of work that this person's roles give them, the weightiest first."""
    return tuple(task for task in TASKS if may(actor, task.needs))


def condition(task: Task, actor: Actor, at: Moment) -> ColumnElement[bool]:
    """The cases of one task. A delegate's are those of the delegation."""
    found = task.where(at, actor)
    if relation_of(actor, task.needs) & {Relation.ANY, Relation.ASSIGNED} or 0 in actor.delegated:
        return found
    return and_(found, Submission.id.in_(actor.delegated))


def task_column(actor: Actor, at: Moment) -> ColumnElement[str] | None:
    """The key of the first task that a case fits, or NULL; None where the person's roles give no work."""
    fitting = [(condition(task, actor, at), task.key) for task in tasks_of(actor)]
    return case(*fitting, else_=None) if fitting else None
