"""Who knocks too often waits. The only code that writes `Throttle`.

Thirty lines of our own instead of Flask-Limiter: its memory store counts per worker, and its shared stores would add
Redis or a second way into our database. One upsert counts for all workers and survives a restart.
"""

import hashlib
from datetime import timedelta

from sqlalchemy import case, delete

from eoi.extensions import db, now
from eoi.models.throttle import Throttle
from eoi.models.upsert import insert
from eoi.rules.errors import TooMany
from eoi.rules.words import count_of


def count(what: str, whose: str, *, limit: int, minutes: int) -> None:
    """Count one try, and refuse with `TooMany` what goes beyond `limit` in `minutes`.

    The caller commits at once, also after a refusal: a try counts whatever comes of it.
    """
    moment = now()
    old = Throttle.started_at <= moment - timedelta(minutes=minutes)
    row = insert(Throttle).values(key=_key(what, whose), count=1, started_at=moment)
    tries = db.session.scalar(
        row.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((old, 1), else_=Throttle.count + 1),
                "started_at": case((old, moment), else_=Throttle.started_at),
            },
        ).returning(Throttle.count)
    )
    if tries is not None and tries > limit:
        raise TooMany(f"Too many tries. Wait {count_of(minutes, 'minute')} and try again.")


def count_mail(what: str, email: str, place: str) -> None:
    """Count one wish for mail to this address, made by anybody: 5 an hour for it, 60 from one place."""
    count(f"{what} of a place", place, limit=60, minutes=60)
    count(what, email, limit=5, minutes=60)


def counted(what: str, whose: str, *, minutes: int) -> int:
    """How many tries of these minutes have been counted so far."""
    row = db.session.get(Throttle, _key(what, whose))
    return row.count if row and row.started_at > now() - timedelta(minutes=minutes) else 0


def forgive(what: str, whose: str) -> None:
    """Forget the tries, after one that succeeded."""
    db.session.execute(delete(Throttle).where(Throttle.key == _key(what, whose)))


def tidy() -> None:
    """Forget counts older than a day; none has a longer window."""
    db.session.execute(delete(Throttle).where(Throttle.started_at <= now() - timedelta(days=1)))


def _key(what: str, whose: str) -> str:
    """A digest, so that the table lists no addresses and nothing typed in the wrong field."""
    return hashlib.sha256(f"{what}\n{whose.lower()}".encode()).hexdigest()
