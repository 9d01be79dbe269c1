"""The audit record and the stored files read whole, in order and in a stream, as they stood at one moment."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    String,
    cast,
    exists,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from eoi.extensions import db
from eoi.models import (
    Attachment,
    AuditDetail,
    AuditEntry,
    AuditHead,
    Document,
    Evidence,
    Letter,
    Pen,
    Snapshot,
    Submission,
)
from eoi.rules.scanning import Verdict

AT_ONCE = 500  # rows fetched at a time
CASE_OF = literal("submission:") + cast(Submission.id, String)


class Kept(NamedTuple):
    """A stored file and what refers to it."""

    key: str
    what: str  # "letter", "document", "printed copy"
    name: str


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads inside see the database as it was at the first of them, whoever writes meanwhile. Writes nothing."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        db.session.connection().exec_driver_sql("BEGIN")
    else:
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        db.session.rollback()


def entries() -> Iterator[Row[Any]]:
    """Every entry with its detail and the head of its chain (`head_seq`, `head_hash`), chain by chain, in order."""
    columns = [column for column in AuditEntry.__table__.columns if column.name != "id"]
    rows = (
        select(
            *columns,
            AuditDetail.entry_id,
            AuditDetail.content,
            AuditHead.seq.label("head_seq"),
            AuditHead.hash.label("head_hash"),
        )
        .join_from(AuditEntry, AuditDetail, AuditDetail.entry_id == AuditEntry.id, isouter=True)
        .join(AuditHead, AuditHead.case == AuditEntry.case, isouter=True)
        .order_by(AuditEntry.case, AuditEntry.seq)
    )
    return _stream(rows)


def heads() -> Iterator[Row[Any]]:
    """(case, seq, hash) of every chain, by case."""
    return _stream(select(AuditHead.case, AuditHead.seq, AuditHead.hash).order_by(AuditHead.case))


def heads_without_entries() -> Sequence[str]:
    """The chains of which nothing is left but the head."""
    left = exists().where(AuditEntry.case == AuditHead.case)
    return db.session.scalars(select(AuditHead.case).where(~left)).all()


def cases_without_chain() -> Sequence[int]:
    """Submissions that have no audit record at all."""
    has = exists().where(AuditEntry.case == CASE_OF)
    return db.session.scalars(select(Submission.id).where(~has)).all()


def hashes_at(links: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The hash of each of these entries, (case, seq), that is there."""
    wanted = tuple_(AuditEntry.case, AuditEntry.seq).in_(list(links))
    rows = db.session.execute(select(AuditEntry.case, AuditEntry.seq, AuditEntry.hash).where(wanted))
    return {(row.case, row.seq): row.hash for row in rows}


def entry_count() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def files() -> Iterator[Kept]:
    """Each stored file that a row refers to, once, by key; documents that were taken off a form are kept too."""
    return each_once(_stream(file_rows()))


def each_once(rows: Iterable[Any]) -> Iterator[Kept]:
    """Rows of `file_rows` without those that name a file again."""
    before = ""
    for row in rows:
        if row.key != before:
            yield Kept(*row)
        before = row.key


def file_count() -> int:
    rows = file_rows().order_by(None).subquery()
    return db.session.scalar(select(func.count(rows.c.key.distinct()))) or 0


def file_rows() -> CompoundSelect[Any]:
    """The statement that names every stored file, by key: a backup asks its own copy of the database."""
    named = (
        _named(Letter.key, "letter", Letter.number),
        _named(Document.key, "document", cast(Document.id, String)).where(Document.scanned != Verdict.INFECTED),
        _named(Evidence.key, "evidence", cast(Evidence.id, String)),
        _named(Pen.key, "signature", cast(Pen.user_id, String)),
        _named(Snapshot.pdf_key, "printed copy", cast(Snapshot.id, String)),
        _named(Attachment.key, "attachment", cast(Attachment.id, String)),
    )
    return union_all(*named).order_by("key")


def _named(key: Any, what: str, name: ColumnElement[str] | Any) -> Select[Any]:
    return select(key.label("key"), literal(what).label("what"), name.label("name")).where(key.is_not(None))


def _stream(rows: Any) -> Iterator[Row[Any]]:
    return iter(db.session.execute(rows, execution_options={"yield_per": AT_ONCE}))
