"""The only code that writes the audit record: one chained row beside every change, in its transaction."""

from typing import Any

from sqlalchemy import bindparam, update

from eoi.extensions import db, now
from eoi.models.audit import AuditDetail, AuditEntry, AuditHead
from eoi.models.upsert import insert
from eoi.rules.chain import FIRST, digest, link
from eoi.rules.permissions import Actor


_HASH = (
    update(AuditHead)
    .where(AuditHead.case == bindparam("of"))
    .values(hash=bindparam("to"))
    .execution_options(synchronize_session=False)
)


def record(
    case: str,
    action: str,
    *,
    by: Actor,
    detail: dict[str, Any] | None = None,
    from_stage: str | None = None,
    to_stage: str | None = None,
) -> AuditEntry:
    """Write one entry to the chain of `case` ("submission:12", "round:3", "user:7", "register", "need").

    `detail` is JSON: what changed and the words given; only its digest is chained, so that it can be erased one day.
    The caller commits. The head is moved by UPDATE … RETURNING, so that two writers of one case follow each other.
    """
    moment = now()
    seq, previous = _next_link(case)
    fields = {
        "case": case,
        "seq": seq,
        "at": moment,
        "action": action,
        "actor_kind": by.kind,
        "actor_id": by.id,
        "actor_role": by.role_label,
        "from_stage": from_stage,
        "to_stage": to_stage,
        "detail_digest": digest(detail or {}),
    }
    hash_ = link(previous, **fields)
    entry = AuditEntry(**fields, previous=previous, hash=hash_)
    entry.detail = AuditDetail(actor_name=by.name, content=detail or {})
    db.session.add(entry)
    db.session.execute(_HASH, {"of": case, "to": hash_})
    return entry


_MOVE = (
    update(AuditHead)
    .where(AuditHead.case == bindparam("of"))
    .values(seq=AuditHead.seq + 1)
    .returning(AuditHead.seq, AuditHead.hash)
    .execution_options(synchronize_session=False)
)


def _next_link(case: str) -> tuple[int, str]:
    """The number of the next entry and the hash it follows. Locks the head until the transaction ends."""
    moved = db.session.execute(_MOVE, {"of": case}).one_or_none()
    if moved is None:  # the first entry of this case; whoever else begins it now is waited for
        first = insert(AuditHead).values(case=case, seq=0, hash=FIRST)
        db.session.execute(first.on_conflict_do_nothing(index_elements=["case"]))
        moved = db.session.execute(_MOVE, {"of": case}).one()
    seq, previous = moved
    return seq, previous
