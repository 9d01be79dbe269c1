"""What the service does by itself when a round has closed: the check of each expression of interest begins."""

from sqlalchemy import or_, select

from eoi.extensions import db, now
from eoi.models import Round, Submission
from eoi.models.outgoing import Outgoing
from eoi.models.submission import Channel
from eoi.rules.permissions import SYSTEM
from eoi.rules.stages import Stage
from eoi.workflow import outgoing, stages

START = "start_check"  # the kind of work


def promise_checks() -> None:
    """Promise the start of the check of each submitted case whose round has closed; the caller commits.

    Each is work of its own, so that one that fails holds up no other. What an officer logged waits until its school
    has confirmed it: until then the officer may correct it, or start the check. Safe to run again.
    """
    confirmed = or_(Submission.channel == Channel.FORM, Submission.confirmed_at.is_not(None))
    ready = (
        select(Submission)
        .join(Round, Round.id == Submission.round_id)
        .where(Submission.stage == Stage.SUBMITTED, Round.closes_at <= now(), confirmed)
        .order_by(Submission.id)
    )
    for submission in db.session.scalars(ready):
        closed, since = submission.round.closes_at, submission.stage_since
        key = f"{START} {submission.id} {closed and closed.isoformat()} {since.isoformat()}"
        outgoing.promise(START, key, {}, submission.id)


def start_check(work: Outgoing) -> None:
    """Start the promised check. Nothing to do where somebody did, or where the round has been given more time."""
    submission = db.session.get_one(Submission, work.submission_id)
    if submission.stage is Stage.SUBMITTED and submission.round.is_closed(now()):
        stages.move(submission, "start_check", by=SYSTEM)
