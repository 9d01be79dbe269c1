"""The school confirms, by a one-time link, what an officer wrote down for it, or says what is wrong.

The caller commits.
"""

from eoi.extensions import db, now
from eoi.models import Declaration, Link, Submission
from eoi.queries import drafts, logged, signatures
from eoi.rules.errors import Invalid, LinkDead
from eoi.workflow import audit, links, notices, signing

ROLE = "Headteacher"
LONGEST = 200


def confirm_logged(link: Link, name: str) -> Submission:
    """Confirm the case of this link in the headteacher's name, who declares it, and use the link up.

    Raises Invalid without a name, LinkDead: used before, or nothing to confirm now.
    """
    submission = _waiting(link)
    if not name.strip():
        raise Invalid({"name": "Enter your full name"})
    links.use(link)
    submission.confirmed_at = now()
    db.session.add(
        Declaration(
            submission_id=submission.id, role=ROLE, name=name.strip()[:LONGEST], declared_at=now(), email=link.email
        )
    )
    signing.ask(submission, signatures.contacts(submission))
    audit.record(submission.case, "confirm_logged", by=link.actor(), detail={"name": name.strip()})
    return submission


def say_wrong(link: Link, text: str) -> Submission:
    """Keep what the school says is wrong, tell the officer who wrote it down, and use the link up.

    Raises Invalid without a text, LinkDead.
    """
    submission = _waiting(link)
    if not text.strip():
        raise Invalid({"wrong": "Enter what is wrong"})
    links.use(link)
    written = logged.of(submission)
    written.wrong = text.strip()
    audit.record(submission.case, "say_wrong", by=link.actor(), detail={"text": text.strip()})
    notices.mail(
        "logged_wrong", written.officer.email, f"logged wrong {link.id}", submission_id=submission.id,
        path=f"/admin/logging/{submission.public_id}", name=written.officer.name, school=submission.school.name,
        reference=submission.reference, text=text.strip(),
    )  # fmt: skip
    return submission


def _waiting(link: Link) -> Submission:
    """The case of the link, which waits for its school. Raises LinkDead."""
    submission = drafts.of_link(link)
    if submission is None or submission.is_draft or not submission.awaits_confirmation:
        raise LinkDead
    return submission
