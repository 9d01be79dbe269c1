"""Letters: drafted from the record, written between the facts, issued once, frozen with their bytes.

Prepare, then issue: the PDF is rendered and stored before the first write; number and freeze are inside the
transaction. The caller commits.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now
from eoi.models import Decision, Letter, Submission
from eoi.rules.errors import MovedOn, Refused, WrongStage
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Actor, Permission
from eoi.rules.stages import SILENT_UNTIL_LETTER, Stage
from eoi.rules.words import Outcome
from eoi.workflow import audit, notices, outgoing
from eoi.workflow.stages import MOVED, require, touch

OF_OUTCOME = {
    Outcome.APPROVED: LetterKind.APPROVED,
    Outcome.CONDITIONS: LetterKind.CONDITIONS,
    Outcome.DECLINED: LetterKind.DECLINED,
    Outcome.DEFERRED: LetterKind.DEFERRED,
}


def draft(submission: Submission, decision: Decision, *, by: Actor) -> Letter:
    """The draft of the letter that tells this decision. Called with the decision, in its transaction."""
    if not decision.not_shortlisted:
        kind = OF_OUTCOME[decision.outcome]
    elif submission.stage is Stage.INELIGIBLE:
        kind = LetterKind.INELIGIBLE
    else:
        kind = LetterKind.NOT_SHORTLISTED
    return _add(submission, kind, by, decision.id)


def _add(submission: Submission, kind: LetterKind, by: Actor, decision_id: int | None = None) -> Letter:
    count = db.session.scalar(select(func.count()).where(Letter.submission_id == submission.id)) or 0
    letter = Letter(
        submission_id=submission.id, decision_id=decision_id, number=f"{submission.reference}/L{count + 1}",
        kind=kind, drafted_at=now(), drafted_by_id=by.id,
    )  # fmt: skip
    db.session.add(letter)
    db.session.flush()
    audit.record(submission.case, "draft_letter", by=by, detail={"number": letter.number, "kind": kind})
    return letter


def write(letter: Letter, paragraph: str, *, seen: int, by: Actor) -> None:
    """Change the officer's own words. Raises MovedOn with both texts, Refused once issued."""
    require(by, Permission.DRAFT_LETTER, letter.submission)
    _still_a_draft(letter)
    if seen != letter.version:
        raise MovedOn(MOVED, {"Your own paragraph": letter.paragraph}, {"Your own paragraph": paragraph})
    letter.paragraph = paragraph.strip()
    _save(letter)
    audit.record(letter.submission.case, "write_letter", by=by, detail={"number": letter.number, "text": paragraph})


def issue(letter: Letter, *, facts: Mapping[str, Any], key: str, seen: int, by: Actor) -> None:
    """Issue the letter: freeze its facts and bytes, promise the mail, and let the school read the outcome.

    `facts` is the letter's paper as JSON, `key` the SHA-256 of the PDF already stored in `outbound/files`. Raises
    MovedOn where the letter changed since the page was drawn, Refused once issued.
    """
    _may_be_issued(letter, seen, by)
    _freeze(letter, facts, key, by)


def issue_unprinted(letter: Letter, *, seen: int, by: Actor) -> None:
    """Issue the letter of an invented case: a job prints it afterwards, from the record of that moment."""
    _may_be_issued(letter, seen, by)
    _freeze(letter, None, None, by)
    outgoing.promise("print_letter", f"print letter {letter.id}", {"letter_id": letter.id}, letter.submission_id)


def _may_be_issued(letter: Letter, seen: int, by: Actor) -> None:
    submission = letter.submission
    require(by, Permission.ISSUE_LETTER, submission)
    _still_a_draft(letter)
    if seen != letter.version:
        raise MovedOn(MOVED)
    if letter.decision_id and letter.decision_id != _latest_decision(submission):
        raise Refused("A later decision replaced the one that this letter tells.")
    if letter.decision_id and submission.stage not in SILENT_UNTIL_LETTER:
        raise WrongStage("The decision that this letter tells was put back, so it cannot be issued.")
    touch(submission)


def issue_notice(submission: Submission, kind: LetterKind, *, by: Actor) -> Letter:
    """A letter that tells no decision (returned for information, acknowledgement). A job renders and freezes it."""
    return _add(submission, kind, by)


def freeze_notice(letter: Letter, *, facts: Mapping[str, Any], key: str, by: Actor) -> None:
    """Freeze a letter that a job has rendered. A second run of the job changes nothing."""
    if not letter.is_issued:
        _freeze(letter, facts, key, by)


def keep_print(letter: Letter, *, facts: Mapping[str, Any], key: str, by: Actor) -> None:
    """Keep the print of a letter that was issued before it was printed. A second run of the job changes nothing."""
    if letter.key is None:
        letter.facts, letter.key = dict(facts), key
        audit.record(letter.submission.case, "print_letter", by=by, detail={"number": letter.number, "sha256": key})


def _freeze(letter: Letter, facts: Mapping[str, Any] | None, key: str | None, by: Actor) -> None:
    letter.facts, letter.key = dict(facts) if facts else None, key
    letter.issued_at, letter.issued_by_id = now(), by.id
    _save(letter)
    submission = letter.submission
    audit.record(submission.case, "issue_letter", by=by, detail={"number": letter.number, "sha256": key})
    if letter.decision_id is None:  # what was asked has its own mail
        return
    submission.letter_issued = True
    path = f"/apply/{submission.public_id}/letters/{letter.public_id}"
    notices.tell_school("letter_issued", submission, f"letter {letter.number}", path=path)


def _save(letter: Letter) -> None:
    """Write it now, so that of two people who change one letter the second is told."""
    try:
        db.session.flush()
    except StaleDataError:
        raise MovedOn(MOVED) from None


def _still_a_draft(letter: Letter) -> None:
    if letter.is_issued:
        raise Refused("This letter has been issued and stays as it is.")


def _latest_decision(submission: Submission) -> int | None:
    return db.session.scalar(select(func.max(Decision.id)).where(Decision.submission_id == submission.id))
