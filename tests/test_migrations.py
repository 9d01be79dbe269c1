"""Migrations: numbered, in one line, and what they make is what the models say."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from eoi.cli import start


def test_migrations_are_numbered_in_one_line(app):
    with app.app_context():
        script = ScriptDirectory.from_config(start.migrations())
    line = [revision.revision for revision in script.walk_revisions()][::-1]
    assert line == [f"{number:04d}" for number in range(1, len(line) + 1)]
    files = sorted(Path(script.versions).glob("*.py"))
    assert [re.match(r"(\d{4})_[a-z0-9_]+\.py", file.name)[1] for file in files] == line


def test_migrated_database_is_what_the_models_say(db):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrated_database_checks_references(db):
    if db.engine.dialect.name == "sqlite":
        assert db.session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
