"""Who has confirmed an expression of interest, who was asked, and who is missing.

Reached only with a submission that was found for the actor, or by its link.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Declaration, Link, Snapshot, Submission
from eoi.models.link import Purpose
from eoi.queries import drafts
from eoi.rules.declarations import NAMED, Declarer, answers_in, declarers
from eoi.rules.words import Path

BY_LINK = (Purpose.SIGN, Purpose.PARTNER)


class State(StrEnum):
    """How far one confirmation is, as pages name it."""

    CONFIRMED = "Confirmed"
    WAITING = "Waiting"
    SENT_BACK = "Sent back"
    ENDED = "Link ended"
    NOT_ASKED = "Not asked yet"


@dataclass(frozen=True, slots=True)
class Signature:
    """One confirmation that is wanted: what was declared, or the newest link that was sent for it.

    Where all are there, no link is looked for.
    """

    declarer: Declarer
    declared: Declaration | None
    link: Link | None

    @property
    def state(self) -> State:
        if self.declared:
            return State.CONFIRMED
        if self.link is None:
            return State.NOT_ASKED
        if self.sent_back:
            return State.SENT_BACK
        return State.WAITING if self.link.is_live(now()) else State.ENDED

    @property
    def sent_back(self) -> str:
        """The reason for which it was sent back."""
        return self.link.payload.get("sent_back", "") if self.link else ""

    @property
    def name(self) -> str:
        """Who confirmed, or who was asked."""
        return self.declared.name if self.declared else self.link.name if self.link else ""


def wanted_declarers(submission: Submission, frozen: Snapshot | None = None) -> tuple[Declarer, ...]:
    """Who declares for this submission, by type of school, path and how far talks with the partner are.

    By what was frozen, where the caller has that; else by the answers as they are now.
    """
    satellite = submission.path is Path.SATELLITE
    held = (answers_in(frozen.content) if frozen else drafts.answers(submission)) if satellite else {}
    return declarers(submission.school.facts(), submission.path, held.get("partner_talks") == "agreed")


def of(submission: Submission, frozen: Snapshot | None = None) -> list[Signature]:
    """Every confirmation that follows the headteacher's declaration, in the order of the form."""
    declared = {one.role: one for one in drafts.declarations(submission)}
    wanted = [one for one in wanted_declarers(submission, frozen) if one.follows]
    asked = {} if all(one.role in declared for one in wanted) else asked_of(submission)
    return [Signature(one, declared.get(one.role), asked.get(one.key)) for one in wanted]


def missing(submission: Submission) -> list[Signature]:
    """The confirmations that are not there yet."""
    return [one for one in of(submission) if one.declared is None]


def asked_of(submission: Submission) -> dict[str, Link]:
    """The newest link of each declarer, by key, that nobody has withdrawn."""
    rows = select(Link).where(Link.submission_id == submission.id, Link.purpose.in_(BY_LINK), Link.revoked_at.is_(None))
    fresh = rows.order_by(Link.id).execution_options(populate_existing=True)
    return {link.payload["role"]: link for link in db.session.scalars(fresh)}


def named(submission: Submission) -> dict[str, tuple[str, str]]:
    """Name and address of those whom the form names, by declarer's key."""
    held = drafts.answers(submission)
    return {key: (held.get(name) or "", held.get(email) or "") for key, (name, email) in NAMED.items()}


def contacts(submission: Submission) -> dict[str, tuple[str, str]]:
    """Name and address of those whom the form names, or the newest link of each: by declarer's key."""
    return named(submission) | {key: (link.name, link.email) for key, link in asked_of(submission).items()}


def live_links() -> list[Link]:
    """The links that still wait for somebody's confirmation."""
    rows = select(Link).where(Link.purpose.in_(BY_LINK), Link.used_at.is_(None), Link.revoked_at.is_(None))
    return list(db.session.scalars(rows.where(Link.expires_at > now()).order_by(Link.id)))
