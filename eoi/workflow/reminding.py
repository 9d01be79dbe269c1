"""Reminders that come by the calendar: nobody loses a round by forgetting its noon."""

from sqlalchemy import select

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Round, Submission
from eoi.rules import workdays
from eoi.rules.stages import Stage
from eoi.rules.words import LONDON
from eoi.workflow import notices

BEFORE_CLOSING = (10, 5, 1)  # working days (domain §8, stage 1)


def remind_drafts() -> None:
    """Remind the leads of unsubmitted drafts 10, 5 and 1 working days before their round closes; the caller commits.

    Safe to run again on the same day: a reminder is sent once for each draft, closing moment and number of days.
    """
    closing = select(Round).where(Round.opens_at <= now(), Round.closes_at > now())
    for round in db.session.scalars(closing):
        assert round.closes_at
        days = workdays.between(today(), round.closes_at.astimezone(LONDON).date(), bank_holidays())
        if days in BEFORE_CLOSING:
            _remind(round, days)


def _remind(round: Round, days: int) -> None:
    drafts = select(Submission).where(Submission.round_id == round.id, Submission.stage == Stage.DRAFT)
    for draft in db.session.scalars(drafts):
        if draft.lead and round.closes_at:
            notices.mail(
                "closing_reminder", draft.lead.email, f"closing {draft.id} {round.closes_at.isoformat()} {days}",
                submission_id=draft.id, path=f"/apply/{draft.public_id}", name=draft.lead.name,
                school=draft.school.name, round=round.name, closes_at=round.closes_at, days=days,
            )  # fmt: skip
