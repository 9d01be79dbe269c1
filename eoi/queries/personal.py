"""Everything that is held on one person: what hangs on their account, and where their name or address is written.

For those who handle personal data only: it starts from no `visible_to`. Read from the tables themselves, so that a
table added later is not forgotten.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Enum,
    LargeBinary,
    Row,
    String,
    Table,
    and_,
    cast,
    func,
    or_,
    select,
)

from eoi.extensions import db
from eoi.models import AuditEntry, Document, Letter, Snapshot, User
from eoi.models.base import Base
from eoi.rules.redacting import spellings

#: Rows about no person of ours: the register is the Department's, the rest are marks of what was erased.
NOT_SEARCHED = frozenset({"school", "school_term", "counter", "calendar", "throttle", "audit_head"})
#: Columns that open a door. No export holds them.
SECRET = ("hash", "secret", "nonce", "token", "subject")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a request is about: an account, or a name and an address that stand in the cases of others."""

    email: str
    name: str = ""
    user_id: int | None = None

    @property
    def words(self) -> list[str]:
        """What they are found by. A single word is no name: it would find too many others."""
        return [word for word in (self.email, self.name if " " in self.name.strip() else "") if word.strip()]


def subject(email: str, name: str = "") -> Subject:
    """The person with this address, and with the name of their account where they have one."""
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    return Subject(user.email, user.name, user.id) if user else Subject(email.strip().lower(), name.strip())


def tables() -> Iterator[Table]:
    yield from (table for table in Base.metadata.sorted_tables if table.name not in NOT_SEARCHED)


def texts(table: Table) -> list[Column[Any]]:
    """The columns that hold words: text and JSON, not closed sets, keys of files or digests."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum) and not _is_secret(column)
    ]


def _is_secret(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary) or any(part in column.name for part in SECRET)


def mentioning(table: Table, words: Sequence[str]) -> ColumnElement[bool] | None:
    """What finds the rows of this table that hold one of these words; None where it holds no words."""
    found = [
        condition
        for column in texts(table)
        for needle in spellings(words)
        for condition in (
            func.lower(cast(column, String)).contains(needle, autoescape=True),
            cast(column, String).contains(needle, autoescape=True),
        )
    ]
    return or_(*found) if found else None


def about(table: Table, person: Subject) -> ColumnElement[bool] | None:
    """What finds the rows of this table that are about the person, written by them, or name them."""
    found: list[ColumnElement[bool]] = []
    if person.user_id is not None:
        found += [key.parent == person.user_id for key in table.foreign_keys if key.column.table.name == "user"]
        if table.name == "user":
            found.append(table.c.id == person.user_id)
        if table.name == "audit_entry":
            found += _entries_of(person.user_id)
        if table.name == "audit_detail":
            theirs = or_(*_entries_of(person.user_id))
            found.append(table.c.entry_id.in_(select(AuditEntry.id).where(theirs)))
    mentioned = mentioning(table, person.words)
    if mentioned is not None:
        found.append(mentioned)
    return or_(*found) if found else None


def _entries_of(user_id: int) -> list[ColumnElement[bool]]:
    """What the person did, and what was done with their account."""
    theirs = and_(AuditEntry.actor_kind == "user", AuditEntry.actor_id == user_id)
    return [theirs, AuditEntry.case == f"user:{user_id}"]


def held(person: Subject) -> dict[str, list[dict[str, Any]]]:
    """Table -> its rows about the person, each as column -> value, without what opens a door."""
    found = {}
    for table in tables():
        mine = about(table, person)
        if mine is None:
            continue
        shown = [column for column in table.columns if not _is_secret(column)]
        rows = db.session.execute(select(*shown).where(mine).order_by(*table.primary_key.columns)).all()
        if rows:
            found[table.name] = [dict(row._mapping) for row in rows]
    return found


def places(person: Subject) -> Counter[str]:
    """How many rows of each table are about the person."""
    found: Counter[str] = Counter()
    for table in tables():
        mine = about(table, person)
        if mine is not None and (count := db.session.scalar(select(func.count()).select_from(table).where(mine))):
            found[table.name] = count
    return found


def rows_mentioning(table: Table, words: Sequence[str]) -> Sequence[Row[Any]]:
    mentioned = mentioning(table, words)
    return db.session.execute(select(table).where(mentioned)).all() if mentioned is not None else []


def letters_naming(person: Subject) -> Sequence[Letter]:
    """The issued letters that name the person. They are records, and stay as long as their cases."""
    mentioned = mentioning(_table(Letter), person.words)
    if mentioned is None:
        return []
    return db.session.scalars(select(Letter).where(Letter.issued_at.is_not(None), mentioned).order_by(Letter.id)).all()


def documents_of(person: Subject) -> Sequence[Document]:
    """The files that they added, which nobody has read for their name."""
    if person.user_id is None:
        return []
    rows = select(Document).where(Document.added_by_id == person.user_id, Document.removed_at.is_(None))
    return db.session.scalars(rows.order_by(Document.id)).all()


def snapshots_mentioning(words: Sequence[str]) -> Sequence[Snapshot]:
    """What was frozen with one of these words in it."""
    mentioned = mentioning(_table(Snapshot), words)
    return db.session.scalars(select(Snapshot).where(mentioned)).all() if mentioned is not None else []


def plain(value: Any) -> Any:
    """A value as JSON takes it."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
