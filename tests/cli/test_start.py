"""A start that cannot be says why in one line; a migration happens whole, after a backup."""

import socket
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from config import Settings
from eoi import create_app
from eoi.cli import start
from eoi.extensions import db as database
from eoi.extensions import now
from eoi.models import User
from eoi.outbound import archive


@pytest.fixture
def fresh(empty_database, tmp_path):
    """An application on a database without tables."""
    return create_app(Settings(DATA_DIR=tmp_path, DATABASE_URL=empty_database, SECRET_KEY="tests-only-" * 4))


@pytest.fixture
def within(fresh):
    with fresh.app_context():
        yield fresh
        database.session.remove()
        database.engine.dispose()


def said(check, *arguments) -> str:
    """The one line with which this check refuses."""
    with pytest.raises(start.CannotStart) as refused:
        check(*arguments)
    assert "\n" not in refused.value.message
    return refused.value.message


def test_port_that_is_taken_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = said(start.check_port, "127.0.0.1", port)
    assert line == f"Port {port} is taken. Choose another: PORT={port + 1} make run"


def test_port_that_is_free_is_kept_free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start.check_port("127.0.0.1", port)
    start.check_port("127.0.0.1", port)


def test_database_that_is_empty_is_migrated_without_a_backup(within, capsys, tmp_path):
    assert start.stored_revision() is None
    assert said(start.check_database).endswith("Run: flask prepare")
    start.migrate_safely()
    start.check_database()
    assert start.stored_revision() == start.newest_revision()
    assert capsys.readouterr().out == f"Database migrated to {start.newest_revision()}.\n"
    assert not (tmp_path / "backups").exists()


def test_database_newer_than_the_code_is_left_alone(within):
    start.migrate_safely()
    move_to("9999")
    newest = start.newest_revision()
    expected = f"The database is at revision 9999, newer than this code ({newest}). "
    assert said(start.migrate_safely).startswith(expected)
    assert said(start.check_database).startswith(expected)


def test_demonstration_accounts_keep_the_real_service_from_starting(within):
    start.migrate_safely()
    add_demonstration_account()
    assert said(start.check_database).startswith("1 demonstration accounts exist in ")
    within.config["DEMONSTRATION"] = True
    start.check_database()


def test_backup_holds_what_the_database_held(within):
    start.migrate_safely()
    add_demonstration_account()
    backup = start.safety_copy("before-0002")
    assert backup.stat().st_mode & 0o777 == 0o600
    assert archive.read(backup).counts["user"] == 1


def test_database_that_lost_a_table_does_not_start(within):
    start.migrate_safely()
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE access"))
    line = said(start.check_database)
    assert line.endswith(f" is damaged: it has no table access. {start.GO_BACK}")


def test_migration_that_fails_changes_nothing(within, tmp_path):
    start.migrate_safely()
    add_demonstration_account()
    with database.engine.begin() as connection:  # what 0001 makes is there already: running it again must fail
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("CREATE TABLE left_alone (id INTEGER)"))
    line = said(start.migrate_safely)
    assert line.startswith("The database could not be migrated to ")
    with database.engine.connect() as connection:
        assert connection.execute(text('SELECT email FROM "user"')).scalar_one() == "head@demo.example"
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 0


def test_sqlite_file_that_is_not_a_database_is_named(tmp_path):
    file = tmp_path / "eoi.sqlite3"
    file.write_text("Dear Harriet, " * 500)
    assert said_of(file) == f"The database {file} cannot be used: file is not a database. {start.GO_BACK}"


def test_sqlite_file_that_is_damaged_is_named(tmp_path):
    file = tmp_path / "eoi.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE alembic_version (version_num TEXT)")
        made.execute("CREATE TABLE much (words TEXT)")
        made.executemany("INSERT INTO much VALUES (?)", [("word " * 200,)] * 200)
    made.close()
    whole = bytearray(file.read_bytes())
    whole[8192:40960] = b"\xa5" * 32768
    file.write_bytes(whole)
    assert said_of(file).endswith(f". {start.GO_BACK}")


def test_postgresql_that_does_not_answer_is_named_without_its_password(tmp_path):
    url = "postgresql+psycopg://eoi:hunter2@127.0.0.1:1/eoi"
    app = create_app(Settings(DATA_DIR=tmp_path, DATABASE_URL=url, SECRET_KEY="tests-only-" * 4))
    with app.app_context():
        line = said(start.stored_revision)
    assert line.startswith("The database postgresql+psycopg://eoi:***@127.0.0.1:1/eoi cannot be used: ")
    assert "hunter2" not in line


def test_settings_are_printed_with_defaults(application):
    printed = application.test_cli_runner().invoke(args=["settings"]).output.splitlines()
    assert "PORT                     Where the pages are served [5000]" in printed
    assert "COUNCIL_LA_CODE          Its local authority code [886]" in printed


def said_of(file: Path) -> str:
    """What a start says about this SQLite file."""
    app = create_app(Settings(DATA_DIR=file.parent, SECRET_KEY="tests-only-" * 4))
    with app.app_context():
        line = said(start.stored_revision)
        database.engine.dispose()
    return line


def move_to(revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


def add_demonstration_account() -> None:
    database.session.add(User(email="head@demo.example", name="Harriet Lane", demonstration=True, created_at=now()))
    database.session.commit()
