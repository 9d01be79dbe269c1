"""Migrations: numbered, in one line, and what they make is what the models say."""

import gzip
import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from config import Settings
from eoi import create_app
from eoi.cli import start
from eoi.extensions import db
from eoi.models import Submission
from eoi.revisions import is_of_models
from eoi.rules.stages import Stage
from tests.releases import dumps


def test_migrations_are_numbered_in_one_line(app):
    with app.app_context():
        script = ScriptDirectory.from_config(start.migrations())
    line = [revision.revision for revision in script.walk_revisions()][::-1]
    assert line == [f"{number:04d}" for number in range(1, len(line) + 1)]
    files = sorted(Path(script.versions).glob("*.py"))
    assert [re.match(r"(\d{4})_[a-z0-9_]+\.py", file.name)[1] for file in files] == line


def test_migrated_database_is_what_the_models_say(db):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_of_models})
        assert compare_metadata(context, db.metadata) == []


def test_migrated_database_checks_references(db):
    if db.engine.dialect.name == "sqlite":
        assert db.session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.mark.parametrize("dump", dumps(), ids=lambda file: file.name[:4])
def test_upgrade_from_every_release_keeps_what_was_there(dump, tmp_path):
    """The database of that release, with a case in every stage, is backed up, migrated and still whole."""
    connection = sqlite3.connect(tmp_path / "eoi.sqlite3")
    connection.executescript(gzip.decompress(dump.read_bytes()).decode())
    counts = (
        "SELECT (SELECT count(*) FROM submission), (SELECT count(*) FROM audit_entry), (SELECT count(*) FROM letter)"
    )
    before = connection.execute(counts).fetchone()
    connection.close()
    app = create_app(Settings(DATA_DIR=tmp_path, SECRET_KEY="tests-only-" * 4))
    with app.app_context():
        start.migrate_safely()
        assert start.stored_revision() == start.newest_revision()
        assert tuple(db.session.execute(text(counts)).one()) == before
        assert {s.stage for s in db.session.scalars(select(Submission))} == set(Stage)
        with pytest.raises(IntegrityError, match="insert-only"):
            db.session.execute(text("UPDATE audit_entry SET action = 'x'"))
        db.session.remove()
        db.engine.dispose()


def test_each_release_has_its_dump(app):
    """What is released together has one dump, of its newest migration: nobody's database stood at those before."""
    with app.app_context():
        numbers = [r.revision for r in ScriptDirectory.from_config(start.migrations()).walk_revisions()]
    found = [file.name[:4] for file in dumps()]
    assert set(found) <= set(numbers)
    assert found[-1] == numbers[0]
