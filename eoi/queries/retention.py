"""What the schedule says of every case and account, what is held back, and what has gone.

For those who handle personal data only: nothing here starts from `visible_to`, and nothing here reads an answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, String, Table, and_, cast, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from eoi.extensions import db
from eoi.models import (
    Attachment,
    Condition,
    Decision,
    Document,
    Evidence,
    Hold,
    Letter,
    Membership,
    Pen,
    PersonErased,
    ProvisionEnd,
    Round,
    Snapshot,
    Submission,
    Tombstone,
    User,
    UserRole,
    Warned,
)
from eoi.rules import retention
from eoi.rules.permissions import Role
from eoi.rules.retention import CaseDates, Due
from eoi.rules.scanning import Verdict
from eoi.rules.stages import Stage
from eoi.rules.words import LONDON

ENDED = (
    Stage.DRAFT, Stage.WITHDRAWN, Stage.INELIGIBLE, Stage.DECLINED, Stage.LAPSED, Stage.NOT_ESTABLISHED, Stage.OPEN,
)  # fmt: skip
#: Every column that names a file of the store. A file goes once none of them names it.
FILE_COLUMNS = (Document.key, Snapshot.pdf_key, Letter.key, Attachment.key)
#: Those whose rows are tied to no case, or through another row.
OTHER_FILES = (Evidence.key, Pen.key)
#: What stays with a decision when the rest of its case goes sooner.
LETTERS = frozenset({"decision", "reason", "condition", "letter", "hold"})


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case whose day is known."""

    submission: Submission
    due: Due
    warned_on: date | None
    hold: Hold | None

    @property
    def erase_on(self) -> date | None:
        """The day it goes; None while it is held back or nobody has been warned."""
        return None if self.hold or self.warned_on is None else self.due.erase_on(self.warned_on)


@dataclass(frozen=True, slots=True)
class DueAccount:
    """An account whose day is known."""

    user: User
    due: Due
    warned_on: date | None


def due_cases(until: date, submission_id: int | None = None) -> list[DueCase]:
    """The cases whose day comes by `until`, the soonest first; those that are past it and held back included."""
    letter = (
        select(func.max(Letter.issued_at))
        .where(Letter.submission_id == Submission.id, Letter.decision_id.is_not(None))
        .scalar_subquery()
    )
    rows = (
        select(Submission, letter, ProvisionEnd, Tombstone.id, _refused())
        .outerjoin(ProvisionEnd, ProvisionEnd.submission_id == Submission.id)
        .outerjoin(
            Tombstone,
            and_(Tombstone.case == literal("submission:") + cast(Submission.id, String), Tombstone.letters_stay),
        )
        .where(Submission.stage.in_(ENDED))
        .options(joinedload(Submission.round).lazyload(Round.strands))
    )
    if submission_id is not None:
        rows = rows.where(Submission.id == submission_id)
    found = db.session.execute(rows)
    dated = [(s, retention.due(_dates(s, at, end, t is not None, no))) for s, at, end, t, no in found]
    soon = [(submission, due) for submission, due in dated if due and due.on <= until]
    warned, held = _warned_on(Warned.submission_id), holds()
    cases = [DueCase(s, due, warned.get(s.id), held.get(s.id)) for s, due in soon]
    return sorted(cases, key=lambda one: (one.due.on, one.submission.id))


def _refused() -> ColumnElement[bool]:
    """Whether it was begun by somebody who has no place at the school, waiting or confirmed."""
    there = select(Membership.id).where(Membership.user_id == Submission.held_by_id, Membership.urn == Submission.urn)
    return and_(Submission.held_by_id.is_not(None), ~there.exists())


def due_case(submission: Submission) -> DueCase | None:
    """This case's day, however far it is; None where its period has not begun."""
    return next(iter(due_cases(date.max, submission.id)), None)


def _dates(
    submission: Submission, letter_at: datetime | None, end: ProvisionEnd | None, emptied: bool, refused: bool
) -> CaseDates:
    closes = submission.round.closes_at
    return CaseDates(
        submission.stage,
        _day(closes) if closes else None,
        _day(submission.changed_at),
        _day(submission.stage_since),
        _day(letter_at) if letter_at else None,
        end.ended_on if end else None,
        end.by_deed if end else True,
        emptied,
        refused,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def due_accounts(until: date) -> list[DueAccount]:
    """The accounts whose day comes by `until`. Those of the demonstration are nobody's."""
    latest = until - timedelta(days=300)  # none is due sooner than that after it was last used
    used = func.coalesce(User.last_seen_at, User.created_at)
    rows = select(User).where(
        User.demonstration.is_(False), used < datetime.combine(latest, time(), LONDON), ~_erased()
    )
    warned, people = _warned_on(Warned.user_id), db.session.scalars(rows)
    dated = [(user, retention.account_due(_day(user.last_seen_at or user.created_at))) for user in people]
    soon = [(user, due) for user, due in dated if due.on <= until]
    # a warning counts for the day that it named: whoever signed in since is warned again
    valid = {user.id: day for user, due in soon if (day := warned.get(user.id)) and day >= due.warn_on}
    found = [DueAccount(user, due, valid.get(user.id)) for user, due in soon]
    return sorted(found, key=lambda one: (one.due.on, one.user.id))


def _warned_on(whom: InstrumentedAttribute[int | None]) -> dict[int | None, date]:
    """When each was last told, by id."""
    return dict(db.session.execute(select(whom, func.max(Warned.warned_on)).group_by(whom)).all())


def _erased() -> ColumnElement[bool]:
    return select(PersonErased.id).where(PersonErased.user_id == User.id).exists()


def is_erased(user: User) -> bool:
    return db.session.scalar(select(PersonErased.id).where(PersonErased.user_id == user.id)) is not None


def holds() -> dict[int, Hold]:
    """The cases that are held back, by id."""
    return {hold.submission_id: hold for hold in db.session.scalars(select(Hold).where(Hold.lifted_at.is_(None)))}


def hold_of(submission: Submission) -> Hold | None:
    return db.session.scalar(select(Hold).where(Hold.submission_id == submission.id, Hold.lifted_at.is_(None)))


def tombstones() -> list[Tombstone]:
    """What was erased, the latest first, at most 200."""
    latest = select(Tombstone).order_by(Tombstone.erased_at.desc(), Tombstone.id.desc())
    return list(db.session.scalars(latest.limit(200)))


def people_erased() -> list[PersonErased]:
    """The people whose data were erased, the latest first, at most 200."""
    return list(db.session.scalars(select(PersonErased).order_by(PersonErased.id.desc()).limit(200)))


def administrators() -> list[User]:
    """Those who are told what goes."""
    holding = select(UserRole.user_id).where(UserRole.role == Role.ADMIN)
    return list(db.session.scalars(select(User).where(User.active.is_(True), User.id.in_(holding)).order_by(User.id)))


def owned(submission_id: int, letters_stay: bool = False) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table that holds rows of this case, children first, with what finds them; the case's own row last.

    Read from the tables themselves, so that one added later is not forgotten. With `letters_stay`, not the decision,
    its letters, nor the case's own row.
    """
    mine: dict[str, ColumnElement[bool]] = {"submission": Submission.__table__.c.id == submission_id}
    tables = [table for table in db.metadata.sorted_tables if table.name != "submission"]
    for table in tables:
        links = [
            key.parent == submission_id
            if key.column.table.name == "submission"
            else key.parent.in_(select(key.column).where(mine[key.column.table.name]))
            for key in table.foreign_keys
            if key.column.table.name in mine and key.column.table.name != table.name
        ]
        if links:
            mine[table.name] = or_(*links)
    order = [*reversed(tables), Submission.__table__]
    for table in order:
        gone = table.name not in LETTERS | {"submission"} if letters_stay else True
        if table.name in mine and gone:
            yield table, mine[table.name]


def counts(submission_id: int, letters_stay: bool = False) -> dict[str, int]:
    """How many rows of each table go with this case."""
    found = {
        table.name: db.session.scalar(select(func.count()).select_from(table).where(mine)) or 0
        for table, mine in owned(submission_id, letters_stay)
    }
    return {name: count for name, count in found.items() if count}


def file_keys(submission_id: int, letters_stay: bool = False) -> list[str]:
    """The files of this case."""
    columns = [column for column in FILE_COLUMNS if not (letters_stay and column is Letter.key)]
    keys: set[str] = set()
    for column in columns:
        rows = select(column).where(column.is_not(None), column.class_.submission_id == submission_id)
        keys.update(key for key in db.session.scalars(rows) if key)
    sent = select(Evidence.key).join(Condition).join(Decision).where(Decision.submission_id == submission_id)
    return sorted(keys.union(db.session.scalars(sent)))


def is_named(key: str) -> bool:
    """Whether any row still names this file."""
    others = (*FILE_COLUMNS, *OTHER_FILES)
    named = (select(column).where(column == key).limit(1) for column in others if column is not Document.key)
    document = select(Document.key).where(Document.key == key, Document.scanned != Verdict.INFECTED).limit(1)
    return any(db.session.scalar(rows) for rows in (document, *named))


def case_of(public_id: str) -> Submission | None:
    return db.session.scalar(select(Submission).where(Submission.public_id == public_id))


def case_named(name: str) -> Submission | None:
    """The case with this reference, or with this public id while it is a draft."""
    return db.session.scalar(select(Submission).where(or_(Submission.reference == name, Submission.public_id == name)))


def names_of(ids: Sequence[int | None]) -> dict[int, str]:
    """The names of these people by id."""
    wanted = {one for one in ids if one}
    rows = select(User.id, User.name).where(User.id.in_(wanted))
    return dict(db.session.execute(rows).all()) if wanted else {}
