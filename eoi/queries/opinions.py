"""Expert opinions on a case. Reached only with a submission that was found for the actor, or by its link."""

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Link, Opinion, Submission
from eoi.queries import submissions
from eoi.rules.opinions import Shared
from eoi.rules.permissions import Actor, Permission, may


def of(submission: Submission, actor: Actor) -> list[Opinion]:
    """Those that this person may read, the newest first: what is confidential, only who may ask and decide."""
    rows = select(Opinion).where(Opinion.submission_id == submission.id).order_by(Opinion.id.desc())
    found = db.session.scalars(rows).all()
    return [one for one in found if one.shared is Shared.PANEL or reads_confidential(submission, actor)]


def reads_confidential(submission: Submission, actor: Actor) -> bool:
    """Officers and the Head of SEN."""
    case = submissions.case_facts(submission)
    return may(actor, Permission.ADVISE, case) or may(actor, Permission.DECIDE, case)


def one_of(submission: Submission, opinion_id: int) -> Opinion | None:
    """This opinion, where it is on this case."""
    row = select(Opinion).where(Opinion.id == opinion_id, Opinion.submission_id == submission.id)
    return db.session.scalars(row).one_or_none()


def of_link(link: Link) -> Opinion | None:
    """What the holder of this link was asked."""
    return db.session.scalars(select(Opinion).where(Opinion.link_id == link.id)).one_or_none()


def waited_for() -> list[Opinion]:
    """Every opinion that has not come and was not called off."""
    rows = select(Opinion).join(Opinion.link).where(Opinion.answered_at.is_(None), Link.revoked_at.is_(None))
    return list(db.session.scalars(rows.order_by(Opinion.id)))
