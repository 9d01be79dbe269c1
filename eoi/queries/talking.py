"""What is said about one case, for those who may read it: messages, comments by audience, requests, flags, mails.

Reached only with a submission that `queries/submissions` has found for the actor.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from eoi.extensions import db
from eoi.models import Attachment, Comment, Decision, Flag, Letter, Message, Outgoing, Pause, SchoolRequest, Submission
from eoi.queries import submissions
from eoi.rules.permissions import Actor, may
from eoi.rules.talking import TO_READ, Audience, Wish
from eoi.rules.words import LONDON

PAGE = 15
#: Correlated to a case, for columns of queries that there are anyway.
UNREAD_FROM_SCHOOL = exists().where(
    Message.submission_id == Submission.id, Message.from_school.is_(True), Message.read_at.is_(None)
)
OPEN_REQUEST = exists().where(SchoolRequest.submission_id == Submission.id, SchoolRequest.done_on.is_(None))
FLAGS = (
    select(func.count())
    .select_from(Flag)
    .where(Flag.submission_id == Submission.id, Flag.cleared_at.is_(None))
    .correlate(Submission)
    .scalar_subquery()
)
LATEST_FLAG = (
    select(Flag.reason)
    .where(Flag.submission_id == Submission.id, Flag.cleared_at.is_(None))
    .order_by(Flag.id.desc())
    .limit(1)
    .correlate(Submission)
    .scalar_subquery()
)
WHY_ON_HOLD = (
    select(Pause.reason)
    .where(Pause.submission_id == Submission.id, Pause.ended_at.is_(None))
    .order_by(Pause.id.desc())
    .limit(1)
    .correlate(Submission)
    .scalar_subquery()
)


def messages(submission: Submission, number: int = 1) -> Sequence[Message]:
    """A page of the thread, the newest first."""
    found = _thread(submission).limit(PAGE).offset((number - 1) * PAGE)
    return db.session.scalars(found).unique().all()


def _thread(submission: Submission) -> Select[Message]:
    return select(Message).where(Message.submission_id == submission.id).order_by(Message.number.desc())


def last_message(submission: Submission) -> Message | None:
    return db.session.scalars(_thread(submission).limit(1)).unique().one_or_none()


def unread(submission: Submission, *, from_school: bool) -> int:
    """How many messages of this side nobody of the other has marked as read."""
    mine = (Message.submission_id == submission.id, Message.from_school.is_(from_school), Message.read_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(Message).where(*mine)) or 0


def audiences(submission: Submission, by: Actor) -> list[Audience]:
    """Whose comments this person reads on this case."""
    facts = submissions.case_facts(submission)
    return [audience for audience, needed in TO_READ.items() if may(by, needed, facts)]


def comments(submission: Submission, readable: Sequence[Audience], number: int = 1) -> Sequence[Comment]:
    """A page of the comments of these audiences, the newest first."""
    found = select(Comment).where(*_readable(submission, readable)).order_by(Comment.number.desc())
    return db.session.scalars(found.limit(PAGE).offset((number - 1) * PAGE)).unique().all()


def count_comments(submission: Submission, readable: Sequence[Audience]) -> int:
    found = select(func.count()).select_from(Comment).where(*_readable(submission, readable))
    return db.session.scalar(found) or 0


def last_number(submission: Submission) -> int:
    """The number of the latest comment, whoever reads it; 0 where there is none."""
    found = select(func.max(Comment.number)).where(Comment.submission_id == submission.id)
    return db.session.scalar(found) or 0


def _readable(submission: Submission, readable: Sequence[Audience]) -> tuple[ColumnElement[bool], ...]:
    return Comment.submission_id == submission.id, Comment.audience.in_(readable)


def message_file(submission: Submission, public_id: str) -> Attachment | None:
    """A file beside a message of this case."""
    mine = (Attachment.submission_id == submission.id, Attachment.message_id.is_not(None))
    return db.session.scalars(select(Attachment).where(*mine, Attachment.public_id == public_id)).one_or_none()


def comment_file(submission: Submission, public_id: str, readable: Sequence[Audience]) -> Attachment | None:
    """A file beside a comment that the person reads."""
    found = select(Attachment).join(Comment, Comment.id == Attachment.comment_id)
    found = found.where(*_readable(submission, readable), Attachment.public_id == public_id)
    return db.session.scalars(found).one_or_none()


def requests(submission: Submission) -> Sequence[SchoolRequest]:
    """What the school told and asked for, the newest first."""
    mine = select(SchoolRequest).where(SchoolRequest.submission_id == submission.id)
    return db.session.scalars(mine.order_by(SchoolRequest.id.desc())).all()


def open_request(submission: Submission, wish: Wish) -> SchoolRequest | None:
    """The request of this kind that nobody has dealt with."""
    return next((one for one in requests(submission) if one.wish is wish and one.done_on is None), None)


def flags(submission: Submission) -> Sequence[Flag]:
    """The flags that are up, the newest first."""
    up = select(Flag).where(Flag.submission_id == submission.id, Flag.cleared_at.is_(None))
    return db.session.scalars(up.order_by(Flag.id.desc())).all()


def flag(submission: Submission, number: int) -> Flag | None:
    return db.session.scalars(select(Flag).where(Flag.submission_id == submission.id, Flag.id == number)).one_or_none()


def pauses(submission: Submission) -> Sequence[Pause]:
    """Every hold, the newest first."""
    mine = select(Pause).where(Pause.submission_id == submission.id)
    return db.session.scalars(mine.order_by(Pause.id.desc())).all()


def decision_letter(submission: Submission) -> tuple[date | None, date | None]:
    """The day of the latest decision letter, and the day by which its decision wants to hear from the school."""
    found = (
        select(Letter.issued_at, Decision.needed_by)
        .join(Decision, Decision.id == Letter.decision_id)
        .where(Letter.submission_id == submission.id, Letter.issued_at.is_not(None))
        .order_by(Letter.id.desc())
        .limit(1)
    )
    row: Any = db.session.execute(found).one_or_none()
    return (row.issued_at.astimezone(LONDON).date(), row.needed_by) if row else (None, None)


def mails(submission: Submission, *, all_of_them: bool) -> list[Outgoing]:
    """The mails about this case, the newest first: all, or those that went to the school and who stand behind it."""
    mine = select(Outgoing).where(Outgoing.submission_id == submission.id, Outgoing.kind == "mail")
    found = db.session.scalars(mine.order_by(Outgoing.id.desc()))
    return [mail for mail in found if all_of_them or mail.payload.get("for_school")]


def told(submission: Submission) -> Any:
    """What the school's own page says beside its stage: unread messages, and what it asked for. One query."""
    unread = (
        select(func.count())
        .select_from(Message)
        .where(Message.submission_id == Submission.id, Message.from_school.is_(False), Message.read_at.is_(None))
        .correlate(Submission)
        .scalar_subquery()
    )
    rows = (
        select(unread.label("unread"), SchoolRequest.wish, SchoolRequest.asked_at, SchoolRequest.done_on)
        .select_from(Submission)
        .outerjoin(SchoolRequest, SchoolRequest.submission_id == Submission.id)
        .where(Submission.id == submission.id)
        .order_by(SchoolRequest.id)
    )
    return db.session.execute(rows).all()
