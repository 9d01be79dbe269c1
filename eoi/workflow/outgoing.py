"""Work promised inside a transaction and done after it: who promises, who claims, how it ends.

The only code that writes `Outgoing` and `Calendar`. The caller commits.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from eoi.extensions import db, now
from eoi.models.outgoing import Calendar, Outgoing, State
from eoi.models.upsert import insert

LEASE = timedelta(minutes=5)  # longer than any job takes; a worker that died is followed after it
MOST_ATTEMPTS = 10  # with the waits below: given up after about four hours
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=2)


def promise(
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    submission_id: int | None = None,
    due_at: datetime | None = None,
) -> Outgoing:
    """Promise a piece of work in this transaction. A second promise with the same key is the first one."""
    moment = now()
    row = insert(Outgoing).values(
        kind=kind,
        key=key,
        payload=dict(payload),
        submission_id=submission_id,
        state=State.WAITING,
        due_at=due_at or moment,
        attempts=0,
        last_error="",
        created_at=moment,
    )
    made = row.on_conflict_do_nothing(index_elements=["key"]).returning(Outgoing)
    return (
        db.session.scalars(made).one_or_none() or db.session.scalars(select(Outgoing).where(Outgoing.key == key)).one()
    )


def claim() -> Outgoing | None:
    """Take the work that has been due longest, for the length of the lease; None when nothing is due.

    Two workers never take the same row: SKIP LOCKED on PostgreSQL, the write lock on SQLite.
    """
    moment = now()
    due = or_(
        and_(Outgoing.state == State.WAITING, Outgoing.due_at <= moment),
        and_(Outgoing.state == State.CLAIMED, Outgoing.leased_until <= moment),
    )
    first = select(Outgoing.id).where(due).order_by(Outgoing.due_at, Outgoing.id).limit(1)
    if db.session.scalar(first) is None:  # an idle worker only reads, and leaves the write lock alone
        return None
    taken = (
        update(Outgoing)
        .where(Outgoing.id == first.with_for_update(skip_locked=True).scalar_subquery(), due)
        .values(state=State.CLAIMED, leased_until=moment + LEASE, attempts=Outgoing.attempts + 1)
        .returning(Outgoing)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(taken).one_or_none()


def finish(work: Outgoing) -> None:
    """The work is done."""
    work.state, work.done_at, work.leased_until, work.last_error = State.DONE, now(), None, ""


def put_off(work: Outgoing, error: str) -> None:
    """The try failed: wait twice as long as last time, or give up and keep the error for the administrator."""
    work.last_error, work.leased_until = error[:2000], None
    if work.attempts >= MOST_ATTEMPTS:
        work.state = State.FAILED
        return
    work.state = State.WAITING
    work.due_at = now() + min(FIRST_WAIT * 2 ** (work.attempts - 1), LONGEST_WAIT)


def try_again(work: Outgoing) -> None:
    """Give failed work a fresh set of tries, at once."""
    work.state, work.attempts, work.due_at = State.WAITING, 0, now()


def come_round(name: str, following: datetime) -> datetime | None:
    """Whether the task `name` is due now: its moment if so, and then `following` is its next one, else None.

    The row is moved on by compare-and-swap, so that of two workers one gets the moment. A task seen for the first
    time is put down for `following`.
    """
    seen = db.session.scalar(select(Calendar.next_run).where(Calendar.name == name))
    if seen is None:
        first = insert(Calendar).values(name=name, next_run=following)
        db.session.execute(first.on_conflict_do_nothing(index_elements=["name"]))
        return None
    if seen > now():
        return None
    moved = (
        update(Calendar)
        .where(Calendar.name == name, Calendar.next_run == seen)
        .values(next_run=following, last_run=now())
        .returning(Calendar.name)
    )
    return seen if db.session.scalar(moved) else None
