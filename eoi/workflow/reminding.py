"""Reminders that come by the calendar: nobody loses a round by forgetting its noon, or a case by a late answer."""

from datetime import datetime

from sqlalchemy import select

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Round, Submission
from eoi.models.submission import Exception_
from eoi.queries import drafts, signatures
from eoi.rules import workdays
from eoi.rules.declarations import REMIND_BEFORE
from eoi.rules.stages import Stage
from eoi.rules.words import LONDON
from eoi.workflow import notices, signing
from eoi.workflow.stages import closed_days

BEFORE_CLOSING = (10, 5, 1)  # working days (domain §8, stage 1)
BEFORE_ANSWERS = (10, 5, 1)
#: What the school owes at a stage, as inside a sentence.
OWED = {
    Stage.RETURNED: "the information that we asked for",
    Stage.DETAIL: "the detail",
    Stage.CLARIFICATION: "the answers to our questions",
}
CANNOT_SUBMIT = (Exception_.ASKED, Exception_.REFUSED)  # the case for an exception is not allowed, or not yet


def remind_drafts() -> None:
    """Remind the leads of unsubmitted drafts 10, 5 and 1 working days before their round closes; the caller commits.

    Safe to run again on the same day: a reminder is sent once for each draft, closing moment and number of days.
    """
    closing = select(Round).where(Round.opens_at <= now(), Round.closes_at > now())
    for round in db.session.scalars(closing):
        assert round.closes_at
        days = _days_to_closing(round)
        if days in BEFORE_CLOSING:
            _remind(round, round.closes_at, days)


def _days_to_closing(round: Round) -> int:
    """Working days; 0 on the day itself, after it, and where the round stays open."""
    closes = round.closes_at
    return workdays.between(today(), closes.astimezone(LONDON).date(), bank_holidays()) if closes else 0


def _remind(round: Round, closes_at: datetime, days: int) -> None:
    drafts = select(Submission).where(
        Submission.round_id == round.id,
        Submission.stage == Stage.DRAFT,
        Submission.exception.not_in(CANNOT_SUBMIT),
        Submission.held_by_id.is_(None),
        ~Submission.beside,
    )
    for draft in db.session.scalars(drafts):
        key = f"closing {draft.id} {closes_at.isoformat()} {days}"
        notices.tell_school("closing_reminder", draft, key, round=round.name, closes_at=closes_at, days=days)


def remind_answers() -> None:
    """Remind schools 10, 5 and 1 working days before what they owe is due, never on the day they were asked; the caller
    commits.

    Bank holidays and school closure weeks do not count. Safe to run again: a reminder is sent once for each due day,
    so that more time brings new ones.
    """
    owed = select(Submission).where(Submission.stage.in_(OWED), Submission.due_on > today())
    for submission in db.session.scalars(owed):
        assert submission.due_on
        closed = closed_days(submission, submission.stage)
        days = workdays.between(today(), submission.due_on, closed)
        asked_today = submission.stage_since.astimezone(LONDON).date() == today()
        if days in BEFORE_ANSWERS and not asked_today:
            key, owed_now = f"answers {submission.id} {submission.due_on} {days}", OWED[submission.stage]
            notices.tell_school("answers_due", submission, key, owed=owed_now, due_on=submission.due_on, days=days)


def remind_signatories() -> None:
    """Remind who has not confirmed yet, 5 working days and 1 before their link ends, and 10, 5 and 1 before the round
    closes; the caller commits.

    Not while the school changes its answers. Safe to run again: one reminder a day, whoever sends it.
    """
    for link in signatures.live_links():
        days = workdays.between(today(), link.expires_at.astimezone(LONDON).date(), bank_holidays())
        submission = drafts.of_link(link)
        if submission is None:
            continue
        asked_today = link.created_at.astimezone(LONDON).date() == today()
        near = days in REMIND_BEFORE or (_days_to_closing(submission.round) in BEFORE_CLOSING and not asked_today)
        if near and not submission.is_draft and not submission.has_ended:
            signing.send_reminder(link, submission)
