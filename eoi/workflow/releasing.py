"""Many letters of a round issued by one person in one act: each in the background, in a transaction of its own.

What fails is listed and the rest goes; what was mended is issued when it is asked for again. The caller commits, except
in the job, which the worker commits.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from eoi.extensions import db, now, today
from eoi.models import Letter, Release, Round, User
from eoi.models.outgoing import Outgoing
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused
from eoi.rules.permissions import Actor, Permission, may
from eoi.workflow import audit, letters, outgoing, preparing, telling

ISSUE, TELL = "issue_letter", "tell_release"


def release(round: Round, chosen: Sequence[tuple[Letter, int]], goes_out_at: datetime | None, *, by: Actor) -> Release:
    """Promise to issue these letters (letter, version seen), told at `goes_out_at` or each at once. The caller commits.

    The promise is this person's act: who issues is `by`, the job only does it. Raises Invalid without a letter or with
    a moment that has gone; NotAllowed, MovedOn, Refused for a letter that could not be issued by this person now.
    """
    if not may(by, Permission.ISSUE_LETTER):
        raise NotAllowed
    errors = {}
    if not chosen:
        errors["letters"] = "Choose at least one letter"
    if goes_out_at and goes_out_at <= now():
        errors["goes_out_on"] = "Enter a day and time after now, or leave it empty"
    if errors:
        raise Invalid(errors)
    for letter, seen in chosen:
        letters.may_be_issued(letter, seen, by)
    made = Release(round_id=round.id, goes_out_at=goes_out_at, made_at=now(), made_by_id=by.id)
    db.session.add(made)
    db.session.flush()
    numbers = [letter.number for letter, _ in chosen]
    detail = {"letters": numbers, "goes_out_at": goes_out_at.isoformat() if goes_out_at else ""}
    audit.record(f"round:{round.id}", "release_letters", by=by, detail=detail)
    for letter, seen in chosen:
        _promise(made, letter, seen)
    if goes_out_at:
        outgoing.promise(TELL, f"tell release {made.id}", {"release_id": made.id}, due_at=goes_out_at)
    return made


def again(release: Release, *, by: Actor) -> int:
    """Promise once more what failed and is handed over again. How many it are. Raises Refused where none is."""
    if by.id != release.made_by_id:
        raise Refused("Only who issued these letters together tries them again. Issue each on its own page.")
    mended = [letter for letter in of(release) if not letter.is_issued and letter.ready_by_id and not letter.trouble]
    for letter in mended:
        letters.may_be_issued(letter, letter.version, by)
        _promise(release, letter, letter.version)
    if not mended:
        raise Refused("No letter of this release waits to be tried again. Mend it and hand it over first.")
    audit.record(f"round:{release.round_id}", "release_letters", by=by, detail={"again": [m.number for m in mended]})
    return len(mended)


def _promise(release: Release, letter: Letter, seen: int) -> None:
    letter.release_id, letter.trouble = release.id, ""
    db.session.flush()  # its version moves on with the release
    payload = {"letter_id": letter.id, "release_id": release.id, "seen": letter.version}
    outgoing.promise(ISSUE, f"issue letter {letter.id} at {letter.version}", payload, letter.submission_id)


def issue(work: Outgoing) -> None:
    """Issue one letter of a release. What refuses it is kept with the letter; a second run changes nothing."""
    letter = db.session.get_one(Letter, work.payload["letter_id"])
    made = db.session.get_one(Release, work.payload["release_id"])
    if letter.is_issued:
        return
    letter_id, release_id, seen = letter.id, made.id, work.payload["seen"]
    by = db.session.get_one(User, made.made_by_id).actor(today())
    try:
        letters.may_be_issued(letter, seen, by)
        prepared = preparing.prepare(letter, by=by)
        letters.issue(letter, facts=prepared.facts, key=prepared.key, seen=seen, by=by, release=made)
    except (Refused, MovedOn, NotAllowed) as refused:
        db.session.rollback()
        _note(letter_id, release_id, refused.message)


def _note(letter_id: int, release_id: int, trouble: str) -> None:
    """What stopped the letter. It has to be handed over again before it is tried again."""
    letter = db.session.get_one(Letter, letter_id)
    if not letter.is_issued:
        letter.trouble, letter.ready_at, letter.ready_by_id = trouble, None, None


def tell(work: Outgoing) -> None:
    """The moment of a release has come."""
    telling.tell_release(work.payload["release_id"])


def of(release: Release) -> Sequence[Letter]:
    """The letters of this release, by number."""
    rows = select(Letter).where(Letter.release_id == release.id).order_by(Letter.number)
    return db.session.scalars(rows).all()
