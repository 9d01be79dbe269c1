"""Letters: drafted from the record, written between the facts, handed over, issued once by another person, frozen.

Prepare, then issue: the PDF is rendered and stored before the first write (`workflow/preparing`); number and freeze are
inside the transaction. The caller commits.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now
from eoi.models import Decision, Letter, Release, Submission
from eoi.queries import guarding, submissions
from eoi.rules.chain import digest
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.papers import LetterKind, LetterPaper, thaw
from eoi.rules.papers.frozen import NAME
from eoi.rules.papers.kinds import OUTCOMES
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.stages import SILENT_UNTIL_LETTER, Stage
from eoi.rules.words import Outcome
from eoi.workflow import audit, outgoing, telling
from eoi.workflow.stages import MOVED, require, touch

OF_OUTCOME = {
    Outcome.APPROVED: LetterKind.APPROVED,
    Outcome.CONDITIONS: LetterKind.CONDITIONS,
    Outcome.DECLINED: LetterKind.DECLINED,
    Outcome.DEFERRED: LetterKind.DEFERRED,
}
OWN, CLOSING = "Your own paragraph", "Your closing words"


def draft(submission: Submission, decision: Decision, *, by: Actor) -> Letter:
    """The draft of the letter that tells this decision. Called with the decision, in its transaction."""
    if not decision.not_shortlisted:
        kind = OF_OUTCOME[decision.outcome]
    elif submission.stage is Stage.INELIGIBLE:
        kind = LetterKind.INELIGIBLE
    else:
        kind = LetterKind.NOT_SHORTLISTED
    return add(submission, kind, decision.id, by=by)


def draft_after(submission: Submission, kind: LetterKind, decision_id: int | None, *, by: Actor) -> Letter:
    """The draft of a letter that follows a decision: conditions met, lapsed, a review done."""
    return add(submission, kind, decision_id, by=by)


def add(submission: Submission, kind: LetterKind, decision_id: int | None = None, *, by: Actor) -> Letter:
    """A draft with the next number of its case."""
    count = db.session.scalar(select(func.count()).where(Letter.submission_id == submission.id)) or 0
    letter = Letter(
        submission_id=submission.id, decision_id=decision_id, number=f"{submission.reference}/L{count + 1}",
        kind=kind, drafted_at=now(), drafted_by_id=by.id,
    )  # fmt: skip
    db.session.add(letter)
    db.session.flush()
    audit.record(submission.case, "draft_letter", by=by, detail={"number": letter.number, "kind": kind})
    return letter


def write(letter: Letter, paragraph: str, closing: str | None = None, *, seen: int, by: Actor) -> None:
    """Change the officer's own words; `closing` None leaves those before the signature. Takes back a hand-over.

    Raises MovedOn with both texts, Refused once issued.
    """
    require(by, Permission.DRAFT_LETTER, letter.submission)
    _still_a_draft(letter)
    last = letter.closing if closing is None else closing.strip()
    if seen != letter.version:
        theirs = {OWN: letter.paragraph, CLOSING: letter.closing}
        raise MovedOn(MOVED, theirs, {OWN: paragraph, CLOSING: last})
    letter.paragraph, letter.closing = paragraph.strip(), last
    letter.ready_at = letter.ready_by_id = None
    _save(letter)
    detail = {"number": letter.number, "text": paragraph, "closing": last}
    audit.record(letter.submission.case, "write_letter", by=by, detail=detail)


def overrule(letter: Letter, finding: str, reason: str, *, seen: int, by: Actor) -> None:
    """Overrule one finding of the guard, with the reason, which stays on record.

    Raises Invalid without a reason, Refused where the guard does not find it, MovedOn, NotAllowed.
    """
    _may_handle(letter, by)
    _still_a_draft(letter)
    if not reason.strip():
        raise Invalid({"reason": "Enter why the letter is right as it stands"})
    if seen != letter.version:
        raise MovedOn(MOVED, {}, {"Reason": reason})
    found = {one.key: one for one in guarding.findings(letter)}
    if finding not in found:
        raise Refused("The guard does not find this in the letter any more.")
    row = {"finding": finding, "words": found[finding].words, "reason": reason.strip(), "by": by.name,
           "at": now().isoformat()}  # fmt: skip
    letter.overruled = [*letter.overruled, row]
    _save(letter)
    detail = {"number": letter.number, "finding": finding, "reason": reason.strip()}
    audit.record(letter.submission.case, "overrule_guard", by=by, detail=detail)


def hand_over(letter: Letter, *, seen: int, by: Actor) -> None:
    """Say that the letter is ready to be issued, by somebody else. Raises Refused with what the guard finds."""
    require(by, Permission.DRAFT_LETTER, letter.submission)
    _still_a_draft(letter)
    if seen != letter.version:
        raise MovedOn(MOVED)
    _guarded(letter)
    mark_ready(letter, by=by)


def mark_ready(letter: Letter, *, by: Actor) -> None:
    """Write the hand-over. Invented cases come here at once: what they say is made to be let through."""
    letter.ready_at, letter.ready_by_id, letter.trouble = now(), by.id, ""
    _save(letter)
    audit.record(letter.submission.case, "hand_over_letter", by=by, detail={"number": letter.number})


def issue(
    letter: Letter, *, facts: Mapping[str, Any], key: str, seen: int, by: Actor, release: Release | None = None
) -> None:
    """Issue the letter: freeze its facts and bytes and, unless its release waits, tell the school.

    `facts` is the letter's paper as JSON, `key` the SHA-256 of the PDF already stored in `outbound/files`. Raises
    MovedOn where the letter changed since the page was drawn, Refused once issued, with the guard's findings, or where
    the same person handed it over.
    """
    may_be_issued(letter, seen, by)
    _guarded(letter, thaw(LetterPaper, facts) if NAME in facts else None)
    touch(letter.submission)
    _freeze(letter, facts, key, by)
    telling.after_issue(letter, release, by=by)


def issue_unprinted(letter: Letter, *, seen: int, by: Actor) -> None:
    """Issue the letter of an invented case: a job prints it afterwards, from the record of that moment."""
    may_be_issued(letter, seen, by)
    touch(letter.submission)
    _freeze(letter, None, None, by)
    telling.after_issue(letter, None, by=by)
    outgoing.promise("print_letter", f"print letter {letter.id}", {"letter_id": letter.id}, letter.submission_id)


def may_be_issued(letter: Letter, seen: int, by: Actor) -> None:
    """Raise what stands in the way of issuing it: the person, the version, the stage, the missing second person."""
    submission = letter.submission
    require(by, Permission.ISSUE_LETTER, submission)
    _still_a_draft(letter)
    if seen != letter.version:
        raise MovedOn(MOVED)
    if letter.decision_id and letter.decision_id != _latest_decision(submission):
        raise Refused("A later decision replaced the one that this letter tells.")
    first = letter.kind in OUTCOMES and not letter.replaces_id
    if first and letter.decision_id and submission.stage not in SILENT_UNTIL_LETTER:
        raise WrongStage("The decision that this letter tells was put back, so it cannot be issued.")
    if letter.ready_by_id is None:
        raise Refused("Nobody has handed this letter over yet. An officer does so on the page of the draft.")
    if letter.ready_by_id == by.id:
        raise Refused("You handed this letter over yourself. A second person has to issue it.")


def issue_notice(submission: Submission, kind: LetterKind, *, by: Actor) -> Letter:
    """A letter that tells no decision (returned for information, a question). A job renders and freezes it."""
    letter = add(submission, kind, by=by)
    outgoing.promise("notice_letter", f"notice letter {letter.id}", {"letter_id": letter.id}, submission.id)
    return letter


def freeze_notice(letter: Letter, *, facts: Mapping[str, Any], key: str, by: Actor) -> None:
    """Freeze a letter that a job has rendered. A second run of the job changes nothing."""
    if not letter.is_issued:
        _freeze(letter, facts, key, by)
        letter.released_at = letter.issued_at  # what was asked has its own mail


def keep_print(letter: Letter, *, facts: Mapping[str, Any], key: str, by: Actor) -> None:
    """Keep the print of a letter that was issued before it was printed. A second run of the job changes nothing."""
    if letter.key is None:
        letter.facts, letter.key = dict(facts), key
        detail = {"number": letter.number, "sha256": key, "facts": digest(letter.facts)}
        audit.record(letter.submission.case, "print_letter", by=by, detail=detail)


def _freeze(letter: Letter, facts: Mapping[str, Any] | None, key: str | None, by: Actor) -> None:
    letter.facts, letter.key = dict(facts) if facts else None, key
    letter.issued_at, letter.issued_by_id, letter.trouble = now(), by.id, ""
    _save(letter)
    detail = {"number": letter.number, "sha256": key, "facts": digest(letter.facts) if letter.facts else ""}
    audit.record(letter.submission.case, "issue_letter", by=by, detail=detail)


def _guarded(letter: Letter, paper: LetterPaper | None = None) -> None:
    found = guarding.findings(letter, paper)
    if found:
        words = "; ".join(f"{one.message.lower()} (“{one.words}”)" for one in found[:3])
        raise Refused(f"The letter disagrees with the record: {words}. Mend it, or overrule it, on its page.")


def _save(letter: Letter) -> None:
    """Write it now, so that of two people who change one letter the second is told."""
    try:
        db.session.flush()
    except StaleDataError:
        raise MovedOn(MOVED) from None


def _still_a_draft(letter: Letter) -> None:
    if letter.is_issued:
        raise Refused("This letter has been issued and stays as it is.")


def _may_handle(letter: Letter, by: Actor) -> None:
    facts = submissions.case_facts(letter.submission)
    if not (may(by, Permission.DRAFT_LETTER, facts) or may(by, Permission.ISSUE_LETTER, facts)):
        raise NotAllowed


def _latest_decision(submission: Submission) -> int | None:
    return db.session.scalar(select(func.max(Decision.id)).where(Decision.submission_id == submission.id))
