"""A case that goes: its rows, the words of its audit entries, its mail, its files. What stays is a tombstone.

The one place that deletes rows of every noun: it finds them in the tables themselves (`queries.retention.owned`).
The caller commits; the files go after that, by a job.
"""

from collections.abc import Sequence
from typing import Any
from typing import cast as typed

from flask import current_app
from sqlalchemy import ColumnElement, CursorResult, String, Table, cast, delete, or_, select, update

from eoi.extensions import db, now
from eoi.models import AuditDetail, AuditEntry, Outgoing, Submission, Tombstone
from eoi.outbound import files
from eoi.queries import retention as kept
from eoi.rules.errors import Refused
from eoi.rules.permissions import Actor
from eoi.rules.retention import Kept
from eoi.rules.stages import STAGES
from eoi.workflow import audit, errands, outgoing, packs

JOB = "delete_files"
EMPTY = {
    "exception_case": "", "exception_answer": "", "withdrawn_reason": "", "lead_id": None, "score": None,
    "places": None, "opening": None, "partner_urn": None,
}  # fmt: skip


class StillRead(Exception):
    """Somebody reads the journal, so it could not be emptied. The job comes back to it."""


def erase(
    submission: Submission, *, by: Actor, line: Kept | None, reason: str = "", letters_stay: bool = False
) -> Tombstone:
    """Erase the case for good. `line` is the schedule's, or None with a `reason` where it goes early.

    With `letters_stay` its contents go, and its decision with the letters stays. Entries of its audit chain stay, their
    words go. Raises Refused while the case is held back.
    """
    if kept.hold_of(submission):
        raise Refused("This case is held back. Lift the hold first.")
    case, submission_id = submission.case, submission.id
    keys = kept.file_keys(submission_id, letters_stay)
    keys_of_exports = errands.forget(submission_id)
    tombstone = Tombstone(
        case=case, reference=submission.reference or "", outcome=STAGES[submission.stage].label, kept=line,
        reason=reason.strip(), letters_stay=letters_stay, files=len(keys), erased_at=now(), rows=0,
        erased_by_id=by.id if by.kind == "user" else None,
    )  # fmt: skip
    db.session.flush()
    tombstone.rows = _silence(case, submission_id, submission.reference) + _delete(submission_id, letters_stay)
    db.session.expire_all()
    db.session.add(tombstone)
    action = "contents_erased" if letters_stay else "erased"
    audit.record(case, action, by=by, detail={"line": line, "rows": tombstone.rows, "files": len(keys)})
    promise_files(
        [*keys, *packs.forget(submission_id), *keys_of_exports], f"{case} {'letters stay' if letters_stay else 'all'}"
    )
    return tombstone


def promise_files(keys: Sequence[str], name: str) -> None:
    """Promise to delete these files, where nothing names them any more. The caller commits."""
    outgoing.promise(JOB, f"{JOB} {name}", {"keys": list(keys)})


def _delete(submission_id: int, letters_stay: bool) -> int:
    """Delete every row of the case, children first; how many there were."""
    gone = 0
    for table, mine in kept.owned(submission_id, letters_stay):
        gone += _deleted(table, mine)
    if letters_stay:
        emptied = update(Submission).where(Submission.id == submission_id)
        db.session.execute(emptied.values({**EMPTY, "version": Submission.version + 1}))
    return gone


def _deleted(table: Table, mine: ColumnElement[bool]) -> int:
    return typed("CursorResult[Any]", db.session.execute(delete(table).where(mine))).rowcount


def _silence(case: str, submission_id: int, reference: str | None) -> int:
    """Take the words from the entries of this chain, and from entries and mail elsewhere that tell of the case."""
    chain = select(AuditEntry.id).where(AuditEntry.case == case)
    elsewhere = cast(AuditDetail.content, String).contains(f'"submission": {submission_id},')
    ends = cast(AuditDetail.content, String).contains(f'"submission": {submission_id}}}')
    named = [elsewhere, ends]
    mail = [cast(Outgoing.payload, String).contains(f'"submission_id": {submission_id}')]
    if reference:
        named.append(cast(AuditDetail.content, String).contains(reference))
        mail.append(cast(Outgoing.payload, String).contains(f'"{reference}"'))
    gone = _deleted(typed(Table, AuditDetail.__table__), or_(AuditDetail.entry_id.in_(chain), *named))
    return gone + _deleted(typed(Table, Outgoing.__table__), or_(*mail))


def delete_files(work: Outgoing) -> None:
    """Delete the files that nothing names any more, and what the database still has of erased rows.

    A second run finds them gone.
    """
    store = files.open_store(current_app.config["FILES_URL"])
    for key in work.payload.get("keys", []):
        if not kept.is_named(key):
            store.delete(key)
    forget_pages()
    work.payload = {}


def forget_pages() -> None:
    """Write SQLite's file anew and empty its journal: until then both hold scraps of rows that are gone.

    `secure_delete` alone is not enough: a page that was balanced keeps what its rows were before they moved. Writers
    wait a second or two meanwhile. PostgreSQL vacuums by itself.
    """
    if db.engine.dialect.name == "sqlite":
        with db.engine.begin() as connection:  # the search's index too keeps the words of rows that are gone
            connection.exec_driver_sql("INSERT INTO case_text_index (case_text_index) VALUES ('optimize')")
        with db.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            if connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one():
                raise StillRead
