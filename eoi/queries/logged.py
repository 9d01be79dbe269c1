"""What officers write down for schools, until the schools confirm it."""

from collections.abc import Sequence

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Logged, Submission
from eoi.models.submission import ENDED
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import Actor


def of(submission: Submission) -> Logged:
    """Who sent this submission, and who wrote it down. Raises NoResultFound where the school filled in the form."""
    return db.session.scalars(select(Logged).where(Logged.submission_id == submission.id)).one()


def unconfirmed(actor: Actor) -> Sequence[Logged]:
    """What is not confirmed yet, that this person may see: what the school calls wrong first, then the oldest."""
    rows = (
        select(Logged)
        .join(Logged.submission)
        .where(visible_to(actor), Submission.confirmed_at.is_(None), Submission.stage.not_in(ENDED))
        .order_by(Logged.wrong == "", Logged.received_on, Logged.submission_id)
    )
    return db.session.scalars(rows).all()
