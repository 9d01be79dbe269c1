"""How the service fares: its promised work, its worker, its database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from eoi.extensions import db
from eoi.models import Calendar, Outgoing

#: The task that comes round most often, and how often: whoever moves it on is a worker that lives.
BEAT, EVERY = "close_rounds", timedelta(minutes=5)
WORKER_LATE = timedelta(minutes=15)  # a long job may keep a worker from it once


def promised() -> Sequence[Any]:
    """By kind and state: `number`, `oldest_due` and `last_done`."""
    number, due, done = func.count(), func.min(Outgoing.due_at), func.max(Outgoing.done_at)
    rows = select(
        Outgoing.kind, Outgoing.state, number.label("number"), due.label("oldest_due"), done.label("last_done")
    )
    return db.session.execute(rows.group_by(Outgoing.kind, Outgoing.state)).all()


def worker_seen() -> datetime | None:
    """When a worker last put the task that comes round most often down for its next time, on its first look too."""
    following = db.session.scalar(select(Calendar.next_run).where(Calendar.name == BEAT))
    return following - EVERY if following else None


def size() -> int:
    """The database in bytes."""
    if db.engine.dialect.name == "sqlite":
        file = Path(db.engine.url.database or "")
        return sum(part.stat().st_size for part in (file, file.with_name(file.name + "-wal")) if part.exists())
    return db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0


def revision() -> str:
    """The migration that the database is at."""
    return db.session.scalar(text("SELECT version_num FROM alembic_version")) or ""
