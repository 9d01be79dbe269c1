"""INSERT … ON CONFLICT, which both databases know and SQLAlchemy spells twice."""

from typing import cast

from sqlalchemy.dialects import postgresql, sqlite

from eoi.extensions import db
from eoi.models.base import Base


def insert(model: type[Base]) -> postgresql.Insert:
    """An INSERT in the dialect of the session's database, with its `on_conflict_…` methods."""
    if db.session.get_bind().dialect.name == "sqlite":
        return cast(postgresql.Insert, sqlite.insert(model))  # the same methods, by the same names
    return postgresql.insert(model)
