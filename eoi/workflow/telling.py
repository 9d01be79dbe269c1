"""When a letter is told: the school may read it, and with it the outcome; earlier letters are marked.

The caller commits.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Letter, Release, Submission
from eoi.models.outgoing import Outgoing
from eoi.queries import letters as found
from eoi.rules import workdays
from eoi.rules.papers.ends import End
from eoi.rules.papers.kinds import OUTCOMES
from eoi.rules.permissions import SYSTEM, Actor
from eoi.rules.words import LONDON
from eoi.workflow import audit, notices

REMIND_AFTER = 5  # working days in which nobody at the school has opened it


def after_issue(letter: Letter, release: Release | None, *, by: Actor) -> None:
    """Tell it at once, or leave it to its release."""
    letter.release_id = release.id if release else None
    if release is None or release.goes_out_at is None or release.goes_out_at <= now():
        tell(letter, by=by)


def tell(letter: Letter, *, by: Actor) -> None:
    """Let the school read an issued letter, promise the mail, mark what it replaces. A second time changes nothing."""
    if letter.released_at is not None or not letter.is_issued:
        return
    letter.released_at = now()
    submission = letter.submission
    if letter.kind in OUTCOMES:
        submission.letter_issued = True
    _mark_earlier(letter)
    audit.record(submission.case, "tell_letter", by=by, detail={"number": letter.number})
    notices.tell_school("letter_issued", submission, f"letter {letter.number}", path=_path(letter))


def tell_release(release_id: int) -> int:
    """Tell every letter of this release that is issued and not yet told: all in one transaction. How many it were."""
    rows = select(Letter).where(
        Letter.release_id == release_id, Letter.issued_at.is_not(None), Letter.released_at.is_(None)
    )
    waiting = db.session.scalars(rows.order_by(Letter.id)).all()
    for letter in waiting:
        tell(letter, by=SYSTEM)
    return len(waiting)


def remind_unread() -> int:
    """Promise one reminder for each decision letter that nobody at its school has opened in 5 working days."""
    day = today()
    promised = 0
    for letter in found.unread(since=now() - timedelta(days=60)):
        told: datetime = letter.released_at or now()
        if workdays.add(told.astimezone(LONDON).date(), REMIND_AFTER, bank_holidays()) > day:
            continue
        key = f"unread letter {letter.number}"
        if db.session.scalar(select(Outgoing.id).where(Outgoing.key == f"mail {key}")) is None:
            notices.tell_school("letter_unread", letter.submission, key, path=_path(letter))
            promised += 1
    return promised


def _mark_earlier(letter: Letter) -> None:
    """What this letter corrects, and the letters of earlier decisions, stay and say so."""
    if letter.replaces_id:
        _end(Letter.id == letter.replaces_id)
    if letter.kind in OUTCOMES:
        earlier = (Letter.submission_id == letter.submission_id, Letter.decision_id < letter.decision_id)
        _end(*earlier, how=End.SUPERSEDED)


def _end(*which: object, how: End = End.CORRECTED) -> None:
    standing = (Letter.issued_at.is_not(None), Letter.ended.is_(None))
    db.session.execute(
        update(Letter).where(*which, *standing).values(ended=how, ended_at=now(), version=Letter.version + 1)  # type: ignore[arg-type]
    )


def _path(letter: Letter) -> str:
    submission: Submission = letter.submission
    return f"/apply/{submission.public_id}/letters/{letter.public_id}"
