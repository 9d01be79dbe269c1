"""Words taken out of a case because they tell of a pupil, or of somebody else's private life. The caller commits.

What stood there is gone from the section, the frozen copies and the questions; its digest and the reason stay, and the
data protection officer is told within one working day (domain paper, §11).
"""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import String, cast, delete, or_, select

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import AuditDetail, AuditEntry, Document, Redaction, SectionAnswers, Snapshot, Submission
from eoi.queries import drafts, review
from eoi.rules import workdays
from eoi.rules.chain import digest
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Actor, Permission
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind
from eoi.rules.redacting import STUB, is_mark, mapped, mark, spellings, texts
from eoi.workflow import audit, erasing, errands, notices, outgoing
from eoi.workflow.facts import refresh_facts, refresh_search
from eoi.workflow.stages import require, touch


def stub(moment_mark: str) -> bytes:
    """What stands in the place of a document. The caller stores it before the transaction."""
    return f"{moment_mark}\n".encode()


def redact_answer(submission: Submission, key: str, reason: str, *, by: Actor) -> Redaction:
    """Take out one answer, in its section, in every frozen copy, and where the school changed it when asked.

    Raises NotAllowed, NotFound where there is no such answer, Invalid without a reason.
    """
    _check(submission, reason, by)
    value = drafts.answers(submission).get(key)
    if value in (None, "", [], {}) or is_mark(value):
        raise NotFound("There is no answer to redact.")
    _, question = form(submission.round.form).question(key)
    stands = mark(now())
    put = _emptied(value, question.kind, stands)
    for row in drafts.section_rows(submission).values():
        _put(row, key, put)
    db.session.flush()
    refresh_facts(submission, drafts.answers(submission))
    for asked in review.clarifications(submission):
        asked.before = {**asked.before, key: put} if key in asked.before else asked.before
        asked.after = {**asked.after, key: put} if key in asked.after else asked.after
    for snapshot in _snapshots(submission):
        content = mapped_question(snapshot.content, key, put, stands)
        if content != snapshot.content:
            redact_snapshot(snapshot, content, reason=reason, by=by)
    _forget_entries(submission, value)
    return _log(submission, f"answer {key}", digest(value), reason, by)


def redact_reply(submission: Submission, number: int, which: str, reason: str, *, by: Actor) -> Redaction:
    """Take out the words of a question to the school (`which` is "text") or of its reply ("reply")."""
    _check(submission, reason, by)
    asked = next((one for one in review.clarifications(submission) if one.id == number), None)
    if asked is None or which not in ("text", "reply") or not getattr(asked, which) or is_mark(getattr(asked, which)):
        raise NotFound("There is no message to redact.")
    words: str = getattr(asked, which)
    setattr(asked, which, mark(now()))
    _forget_entries(submission, words)
    return _log(submission, f"{which} {number}", digest(words), reason, by)


def redact_document(document: Document, stub_key: str, reason: str, *, by: Actor) -> Redaction:
    """Take out a file of the school. `stub_key` names what is stored in its place (`stub`)."""
    submission = document.submission
    _check(submission, reason, by)
    old_key, old_name = document.key, document.name
    document.key, document.name, document.content_type, document.size = stub_key, STUB, "text/plain", 0
    db.session.flush()
    for snapshot in _snapshots(submission):
        content = mapped(snapshot.content, lambda text: text.replace(old_key, stub_key).replace(old_name, STUB))
        if content != snapshot.content:
            redact_snapshot(snapshot, content, reason=reason, by=by)
    _forget_entries(submission, old_name)
    log = _log(submission, f"document {document.id}", old_key, reason, by, sha256=stub_key)
    outgoing.promise(erasing.JOB, f"{erasing.JOB} redaction {log.id}", {"keys": [old_key]})
    return log


def redact_snapshot(snapshot: Snapshot, content: dict[str, Any], *, reason: str, by: Actor) -> None:
    """Put this content in the place of what was frozen. Its digest stays; the record names the new one beside it."""
    old_print = snapshot.pdf_key
    snapshot.content, snapshot.pdf_key = content, None
    row = Redaction(
        submission_id=snapshot.submission_id, place=f"copy {snapshot.id}", snapshot_id=snapshot.id,
        digest=snapshot.sha256, reason=reason.strip(), redacted_at=now(), redacted_by_id=_id(by), report_by=None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    detail = {"snapshot": snapshot.id, "sha256": digest(content)}
    audit.record(f"submission:{snapshot.submission_id}", "redact", by=by, detail=detail)
    if old_print:
        outgoing.promise("eoi_pdf", f"eoi_pdf redaction {row.id}", {"snapshot_id": snapshot.id}, snapshot.submission_id)
        outgoing.promise(erasing.JOB, f"{erasing.JOB} copy {row.id}", {"keys": [old_print]})


def mapped_question(content: dict[str, Any], key: str, put: Any, stands: str) -> dict[str, Any]:
    """The frozen content with one answer taken out: its value, how it was shown, its rows, why it could stay."""

    def one(question: dict[str, Any]) -> dict[str, Any]:
        if question["key"] != key:
            return question
        out = {**question, "value": put, "shown": stands}
        out.pop("explained", None)
        return out | ({"rows": []} if "rows" in question else {})

    sections = [{**part, "questions": [one(q) for q in part["questions"]]} for part in content["sections"]]
    return {**content, "sections": sections}


def _check(submission: Submission, reason: str, by: Actor) -> None:
    require(by, Permission.REDACT, submission)
    if not reason.strip():
        raise Invalid({"reason": "Enter why this is taken out"})
    touch(submission)
    if keys := errands.forget(submission.id):
        erasing.promise_files(keys, f"exports {submission.case} {submission.version}")


def _put(row: SectionAnswers, key: str, put: Any) -> None:
    if key in row.answers:
        row.answers = {**row.answers, key: put}
    if key in row.unfinished:
        row.unfinished = {name: value for name, value in row.unfinished.items() if name != key}
    row.explained = {name: words for name, words in row.explained.items() if name != key}


def _emptied(value: Any, kind: Kind, stands: str) -> Any:
    """Text says that it was redacted; a value of any other shape is no longer there."""
    return stands if isinstance(value, str) and kind in (Kind.TEXT, Kind.LINE) else None


def _snapshots(submission: Submission) -> list[Snapshot]:
    return list(db.session.scalars(select(Snapshot).where(Snapshot.submission_id == submission.id)))


def _forget_entries(submission: Submission, value: Any) -> None:
    """The record's own copies of the words."""
    long = [text for text in texts(value) if len(text) > 8]
    content = cast(AuditDetail.content, String)
    chain = select(AuditEntry.id).where(AuditEntry.case == submission.case)
    holding = [content.contains(needle, autoescape=True) for needle in spellings(long)]
    if holding:
        db.session.execute(delete(AuditDetail).where(AuditDetail.entry_id.in_(chain), or_(*holding)))


def _log(
    submission: Submission, place: str, sealed: str, reason: str, by: Actor, sha256: str | None = None
) -> Redaction:
    refresh_search(submission)
    report_by = workdays.add(today(), 1, bank_holidays())
    row = Redaction(
        submission_id=submission.id, place=place, snapshot_id=None, digest=sealed, reason=reason.strip(),
        redacted_at=now(), redacted_by_id=_id(by), report_by=report_by,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    detail: Mapping[str, Any] = {"place": place, "reason": reason.strip(), "was": sealed}
    audit.record(submission.case, "redact", by=by, detail={**detail, **({"sha256": sha256} if sha256 else {})})
    notices.mail(
        "redacted", current_app.config["COUNCIL_DPO_EMAIL"], f"redacted {row.id}", submission_id=submission.id,
        path=f"/review/submissions/{submission.reference or submission.public_id}", name="data protection officer",
        reference=submission.name, place=place, reason=reason.strip(), by=by.name, report_by=report_by,
    )  # fmt: skip
    return row


def _id(by: Actor) -> int | None:
    return by.id if by.kind == "user" else None
