"""Files that came while the virus scanner was away: held, and scanned by a job once it answers.

The job is tried again by the queue's own waits, and hourly after those. The caller commits.
"""

from flask import current_app
from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Document, Outgoing
from eoi.models.outgoing import State
from eoi.outbound import files, scan
from eoi.rules.permissions import SYSTEM
from eoi.rules.scanning import Verdict
from eoi.workflow import audit, erasing, notices, outgoing

JOB = "scan_document"


def promise(document: Document) -> None:
    """Promise to scan a held file, in the transaction that adds it."""
    outgoing.promise(JOB, f"{JOB} {document.id}", {"document_id": document.id}, document.submission_id)


def scan_held(work: Outgoing) -> None:
    """Scan a held file: let it go free, or take it away with the reason and tell who leads the case.

    A second run finds it scanned. Raises `scan.ScannerAway` while the scanner does not answer.
    """
    document = db.session.get(Document, work.payload["document_id"])
    if document is None or not document.is_held:
        return
    config = current_app.config
    verdict = scan.scan(files.open_store(config["FILES_URL"]).get(document.key), config["CLAMD_URL"])
    document.scanned = verdict
    detail = {"name": document.name, "sha256": document.key}
    if verdict is Verdict.INFECTED:
        _take_away(document)
        reason = f"The virus check found a virus in {document.name}."
        audit.record(document.submission.case, "remove_infected", by=SYSTEM, detail=detail | {"reason": reason})
    else:
        audit.record(document.submission.case, "scan_document", by=SYSTEM, detail=detail | {"verdict": verdict})


def _take_away(document: Document) -> None:
    """The row stays in the record; its bytes go, unless another file has the same."""
    submission = document.submission
    if document.removed_at is None:
        document.removed_at = now()
        notices.tell_school("infected", submission, f"infected {document.id}", file=document.name)
    erasing.promise_files([document.key], f"infected {document.id}")


def try_again() -> None:
    """Give files that are still held a fresh set of tries, once the queue has given up on them."""
    given_up = select(Outgoing).where(Outgoing.kind == JOB, Outgoing.state == State.FAILED)
    for work in db.session.scalars(given_up).all():
        outgoing.try_again(work)
