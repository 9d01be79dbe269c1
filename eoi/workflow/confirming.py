"""The school confirms, by a one-time link, what an officer wrote down for it. The caller commits."""

from eoi.extensions import now
from eoi.models import Link, Submission
from eoi.models.submission import Channel
from eoi.queries import drafts
from eoi.rules.errors import LinkDead
from eoi.workflow import audit, links


def confirm_logged(link: Link) -> Submission:
    """Confirm the case of this link, and use the link up. Raises LinkDead: used before, or nothing to confirm now."""
    submission = drafts.of_link(link)
    if submission is None or submission.channel is Channel.FORM or submission.is_draft or submission.has_ended:
        raise LinkDead
    links.use(link)
    submission.confirmed_at = now()
    audit.record(submission.case, "confirm_logged", by=link.actor())
    return submission
