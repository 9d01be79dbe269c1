"""After a letter is issued: withdrawn or corrected. It stays as it is, marked; its bytes never change.

The caller commits.
"""

from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Letter
from eoi.rules.errors import Invalid, MovedOn, Refused
from eoi.rules.papers import LetterKind
from eoi.rules.papers.ends import End
from eoi.rules.permissions import Actor, Permission
from eoi.workflow import audit, letters, notices
from eoi.workflow.stages import MOVED, require


def withdraw(letter: Letter, reason: str, *, seen: int, by: Actor) -> None:
    """Withdraw an issued letter, and tell the school where it had been told. Raises Invalid, Refused, MovedOn."""
    require(by, Permission.ISSUE_LETTER, letter.submission)
    _stands(letter, reason, seen)
    letter.ended, letter.ended_at, letter.ended_reason = End.WITHDRAWN, now(), reason.strip()
    db.session.flush()
    submission = letter.submission
    detail = {"number": letter.number, "reason": reason.strip()}
    audit.record(submission.case, "withdraw_letter", by=by, detail=detail)
    if letter.released_at:
        notices.tell_school("letter_withdrawn", submission, f"withdrawn letter {letter.number}")


def correct(letter: Letter, reason: str, *, seen: int, by: Actor) -> Letter:
    """Draft a letter that tells the same rightly. The old one is marked once the new one is told."""
    require(by, Permission.DRAFT_LETTER, letter.submission)
    if letter.ended is not End.WITHDRAWN:
        _stands(letter, reason, seen)
    elif not reason.strip():
        raise Invalid({"reason": "Enter what is wrong with the letter"})
    if db.session.scalar(select(Letter.id).where(Letter.replaces_id == letter.id)):
        raise Refused("A letter that corrects this one is drafted already.")
    letter.ended_reason = letter.ended_reason or reason.strip()
    fresh = letters.add(letter.submission, LetterKind(letter.kind), letter.decision_id, by=by)
    fresh.replaces_id, fresh.paragraph, fresh.closing = letter.id, letter.paragraph, letter.closing
    db.session.flush()
    detail = {"number": letter.number, "by": fresh.number, "reason": reason.strip()}
    audit.record(letter.submission.case, "correct_letter", by=by, detail=detail)
    return fresh


def _stands(letter: Letter, reason: str, seen: int) -> None:
    if not letter.is_issued:
        raise Refused("This letter has not been issued, so its draft can still be changed.")
    if letter.ended:
        raise Refused("This letter is marked already.")
    if not reason.strip():
        raise Invalid({"reason": "Enter what is wrong with the letter"})
    if seen != letter.version:
        raise MovedOn(MOVED, {}, {"Reason": reason})
