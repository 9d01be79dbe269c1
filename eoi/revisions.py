"""Which migrations this code has, and where the database stands among them."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection


def migrations() -> Config:
    """Alembic's settings for our migrations, found wherever the command was started."""
    config: Config = current_app.extensions["migrate"].migrate.get_config(
        str(Path(current_app.root_path).parent / "migrations")
    )
    return config


def newest_revision() -> str:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(migrations()).get_current_head() or ""


def is_known(revision: str) -> bool:
    """Whether this code has the migration; one that it has not is newer."""
    try:
        return ScriptDirectory.from_config(migrations()).get_revision(revision) is not None
    except CommandError:
        return False


def revision_of(connection: Connection) -> str | None:
    """The revision that this database is at; None where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def is_of_models(_: object, name: str | None, kind: str, *__: object) -> bool:
    """Whether the models know it: what a search is quick by is the migrations' own, an index or SQLite's tables."""
    search = (kind == "table" and str(name).startswith("case_text_index")) or name == "ix_case_text_body"
    return not search
