"""The notes of a site visit, saved while they are typed. The only writer of `Visit`; the caller commits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now
from eoi.models import Submission, Visit
from eoi.rules import answers
from eoi.rules.errors import MovedOn, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.records import RECORDS
from eoi.rules.stages import Stage
from eoi.workflow import audit
from eoi.workflow.stages import MOVED, require

NOTES = RECORDS["visit"]
FIRST = 0  # the version of notes that nobody has begun


def save(submission: Submission, typed: Mapping[str, Any], *, seen: int, by: Actor) -> answers.Saved:
    """Keep what is right of what was typed, and the rest as unfinished. Raises NotAllowed, WrongStage, MovedOn."""
    require(by, Permission.VISIT, submission)
    if submission.stage is not Stage.VISIT:
        raise WrongStage("Visit notes are written while the case is at the visit.")
    visit = db.session.get(Visit, submission.id, populate_existing=True)
    if seen != (visit.version if visit else FIRST):
        raise MovedOn(MOVED)
    saved = answers.save(NOTES, submission.facts(), typed)
    if visit is None:
        visit = Visit(submission_id=submission.id)
        db.session.add(visit)
    visit.answers, visit.unfinished = saved.answers, saved.unfinished
    visit.changed_at, visit.changed_by_id = now(), by.id
    try:
        db.session.flush()
    except (StaleDataError, IntegrityError):  # somebody wrote, or began the notes, at the same moment
        raise MovedOn(MOVED) from None
    audit.record(submission.case, "save_visit", by=by)
    return saved
