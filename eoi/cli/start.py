"""What must hold before the service starts, and what a first start makes: one clear line each where it cannot."""

import errno
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from alembic import command as alembic
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import DatabaseError

from config import described
from eoi import backup
from eoi.extensions import db
from eoi.models import User
from eoi.revisions import is_known, migrations, newest_revision, revision_of

#: Above this size a full check of the file takes longer than a start may.
CHECKED_BYTES = 64 * 1024 * 1024
GO_BACK = "Go back to a backup: flask restore FILE --replace"


class CannotStart(click.ClickException):
    """Why the service does not start, in one line."""


@click.command()
@with_appcontext
def prepare() -> None:
    """Back up and migrate the database; in demonstration mode fill an empty one."""
    migrate_safely()
    if current_app.config["DEMONSTRATION"]:
        fill_when_empty()


@click.command()
def settings() -> None:
    """Print every setting of the environment, with its default and what it is for."""
    for name, default, what in described():
        click.echo(f"{name:<24} {what}" + (f" [{default}]" if default else ""))


def check_port(host: str, port: int) -> None:
    """Raises CannotStart where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            taken = wrong.errno == errno.EADDRINUSE
            why = "is taken" if taken else f"on {host} cannot be had ({wrong.strerror})"
            raise CannotStart(f"Port {port} {why}. Choose another: PORT={port + 1} make run") from None


def check_database() -> None:
    """Raises CannotStart where the database cannot be opened, is damaged, or does not fit the code."""
    check_revision()
    check_tables()
    refuse_demonstration_accounts()


def check_revision() -> None:
    """Raises CannotStart where the database cannot be opened, or is at another revision than the code needs."""
    stored, head = stored_revision(), newest_revision()
    if stored != head:
        raise CannotStart(f"The database is at revision {stored or 'none'}, the code needs {head}. Run: flask prepare")


def check_tables() -> None:
    """Raises CannotStart where a table is missing that this revision has."""
    with opened(), db.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
    if missing := sorted(db.metadata.tables.keys() - there):
        names = ", ".join(missing[:3])
        raise CannotStart(f"The database {database_name()} is damaged: it has no table {names}. {GO_BACK}")


def refuse_demonstration_accounts() -> None:
    """Raises CannotStart where accounts with a published password exist outside demonstration mode."""
    if current_app.config["DEMONSTRATION"]:
        return
    if count := db.session.scalar(select(func.count()).select_from(User).where(User.demonstration)):
        raise CannotStart(
            f"{count} demonstration accounts exist in {database_name()} and demonstration mode is off. "
            "Use a database of its own for the real service."
        )


def migrate_safely() -> None:
    """Bring the database to the newest revision, after a backup of what is there. All or nothing."""
    stored, head = stored_revision(), newest_revision()
    if stored == head:
        return
    copy = safety_copy(f"before-{head}") if stored else None
    try:
        alembic.upgrade(migrations(), "head")
    except Exception as wrong:
        current_app.logger.debug("The migration failed", exc_info=True)
        kept = f" A backup is in {copy}." if copy else ""
        reason = f"{type(wrong).__name__}: {first_line(wrong)}"
        raise CannotStart(
            f"The database could not be migrated to {head}, and is as it was ({reason}).{kept}"
        ) from wrong
    click.echo(f"Database migrated to {head}." + (f" Backup: {copy}" if copy else ""))


def safety_copy(label: str) -> Path:
    """Back up the database and return the backup's path. Raises CannotStart: no migration without a backup."""
    try:
        return backup.safety_copy(label)
    except (backup.BadBackup, backup.DumpFailed, OSError) as wrong:
        raise CannotStart(f"The backup before the migration failed: {first_line(wrong)}.") from wrong


def fill_when_empty() -> None:
    """Load the bundled Kent register and the demonstration round into an empty database."""
    if db.session.scalar(select(User.id).limit(1)) is None:
        click.echo("Loading the Kent register and the demonstration. This happens once.")
        run("demo")


def run(name: str) -> None:
    """Run another of our commands, in this process."""
    here = click.get_current_context()
    command = current_app.cli.get_command(here, name)
    if command is None:
        raise CannotStart(f"There is no command named {name}.")
    with command.make_context(name, [], parent=here) as inner:
        command.invoke(inner)


def stored_revision() -> str | None:
    """The revision the database is at; none where it is empty.

    Raises CannotStart where it cannot be opened, is damaged, or is newer than the code.
    """
    with opened():
        check_file()
        with db.engine.connect() as connection:
            stored = revision_of(connection)
    if stored is not None and not is_known(stored):
        newer = f"The database is at revision {stored}, newer than this code ({newest_revision()})"
        raise CannotStart(f"{newer}. Update the code, or go back to a backup: flask restore FILE --replace")
    return stored


@contextmanager
def opened() -> Iterator[None]:
    """Turn what the database engine says when it cannot work into one line."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as wrong:
        cause = getattr(wrong, "orig", wrong)
        advice = f" {GO_BACK}" if type(cause) is sqlite3.DatabaseError else ""
        raise CannotStart(f"The database {database_name()} cannot be used: {first_line(cause)}.{advice}") from None


def check_file() -> None:
    """Raises CannotStart where a SQLite file of moderate size is damaged."""
    if db.engine.dialect.name != "sqlite":
        return
    file = Path(db.engine.url.database or "")
    if file.exists() and file.stat().st_size <= CHECKED_BYTES:
        with db.engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise CannotStart(f"The database {file} is damaged: {found.splitlines()[-1]}. {GO_BACK}")


def database_name() -> str:
    """The database as a person knows it: its file, or its address without the password."""
    url = db.engine.url
    return (url.database or "") if url.drivername.startswith("sqlite") else url.render_as_string(hide_password=True)


def first_line(wrong: BaseException) -> str:
    """The first line of an error's text, without a full stop."""
    with suppress(IndexError):
        return str(wrong).strip().splitlines()[0].rstrip(".")
    return type(wrong).__name__
