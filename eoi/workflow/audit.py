"""The only code that writes the audit record: one chained row beside every change, in its transaction."""

from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, update

from eoi.extensions import db, now
from eoi.models import upsert
from eoi.models.audit import AuditDetail, AuditEntry, AuditHead
from eoi.rules.chain import FIRST, digest, link
from eoi.rules.permissions import Actor

# Plain statements on the tables, made once: every change writes an entry, so an entry has to cost little.
HEADS, ENTRIES, DETAILS = (cast(Table, model.__table__) for model in (AuditHead, AuditEntry, AuditDetail))
_MOVE = (
    update(HEADS)
    .where(HEADS.c.case == bindparam("of"))
    .values(seq=HEADS.c.seq + 1)
    .returning(HEADS.c.seq, HEADS.c.hash)
)
_ENTRY = insert(ENTRIES).returning(ENTRIES.c.id)
_DETAIL = insert(DETAILS)
_HASH = update(HEADS).where(HEADS.c.case == bindparam("of")).values(hash=bindparam("to"))


def record(
    case: str,
    action: str,
    *,
    by: Actor,
    detail: dict[str, Any] | None = None,
    from_stage: str | None = None,
    to_stage: str | None = None,
) -> int:
    """Write one entry to the chain of `case` and return its number. Cases: "submission:12", "round:3", "register".

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
    entry_id = db.session.scalar(_ENTRY, {**fields, "previous": previous, "hash": hash_})
    db.session.execute(_DETAIL, {"entry_id": entry_id, "actor_name": by.name, "content": detail or {}})
    db.session.execute(_HASH, {"of": case, "to": hash_})
    return seq


def _next_link(case: str) -> tuple[int, str]:
    """The number of the next entry and the hash it follows. Locks the head until the transaction ends."""
    moved = db.session.execute(_MOVE, {"of": case}).one_or_none()
    if moved is None:  # the first entry of this case; whoever else begins it now is waited for
        first = upsert.insert(AuditHead).values(case=case, seq=0, hash=FIRST)
        db.session.execute(first.on_conflict_do_nothing(index_elements=["case"]))
        moved = db.session.execute(_MOVE, {"of": case}).one()
    seq, previous = moved
    return seq, previous
