"""What must hold before the service starts, and what a first start makes: one clear line each where it cannot."""

import errno
import shutil
import socket
import sqlite3
import subprocess  # nosec B404 - pg_dump, with our own arguments
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from alembic import command as alembic
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from config import described
from eoi.extensions import db, now
from eoi.models import User

#: Above this size a full check of the file takes longer than a start may.
CHECKED_BYTES = 64 * 1024 * 1024


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
    """Raises CannotStart where the database cannot be opened, or the code and the database do not fit."""
    stored, head = stored_revision(), newest_revision()
    if stored != head:
        raise CannotStart(f"The database is at revision {stored or 'none'}, the code needs {head}. Run: flask prepare")
    refuse_demonstration_accounts()


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
    backup = back_up(f"before-{head}") if stored else None
    try:
        alembic.upgrade(migrations(), "head")
    except Exception as wrong:
        current_app.logger.debug("The migration failed", exc_info=True)
        kept = f" A backup is in {backup}." if backup else ""
        reason = f"{type(wrong).__name__}: {first_line(wrong)}"
        raise CannotStart(
            f"The database could not be migrated to {head}, and is as it was ({reason}).{kept}"
        ) from wrong
    click.echo(f"Database migrated to {head}." + (f" Backup: {backup}" if backup else ""))


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
            stored = MigrationContext.configure(connection).get_current_revision()
    if stored is not None:
        try:
            ScriptDirectory.from_config(migrations()).get_revision(stored)
        except CommandError:
            raise CannotStart(
                f"The database is at revision {stored}, newer than this code ({newest_revision()}). "
                "Update the code, or go back to a backup."
            ) from None
    return stored


@contextmanager
def opened() -> Iterator[None]:
    """Turn what the database engine says when it cannot work into one line."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as wrong:
        cause = getattr(wrong, "orig", wrong)
        advice = " Go back to a backup." if type(cause) is sqlite3.DatabaseError else ""
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
            raise CannotStart(f"The database {file} is damaged: {found.splitlines()[-1]}. Go back to a backup.")


def back_up(label: str) -> Path:
    """Copy the database into the data folder's `backups`, as it is at this moment, and return the copy's path."""
    folder = Path(current_app.config["DATA_DIR"]) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    stem = folder / f"{label}-{now():%Y%m%d-%H%M%S}"
    if db.engine.dialect.name == "sqlite":
        return copy_sqlite(Path(db.engine.url.database or ""), stem.with_suffix(".sqlite3"))
    return dump_postgresql(stem.with_suffix(".pgdump"))


def copy_sqlite(source: Path, target: Path) -> Path:
    """A consistent copy of a SQLite database, whoever else has it open."""
    db.engine.dispose()
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    new.close()
    old.close()
    target.chmod(0o600)
    return target


def dump_postgresql(target: Path) -> Path:
    """A dump for pg_restore. Raises CannotStart where pg_dump is missing or fails: no migration without a backup."""
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotStart("pg_dump is needed for the backup before a migration: install postgresql-client.")
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    call = [program, "--format=custom", "--file", str(target), "--dbname", url]
    made = subprocess.run(call, capture_output=True, text=True, check=False)  # nosec B603 - no shell, our own arguments
    if made.returncode:
        target.unlink(missing_ok=True)
        raise CannotStart(f"The backup before the migration failed: {made.stderr.strip().splitlines()[-1]}")
    target.chmod(0o600)
    return target


def migrations() -> Config:
    """Alembic's settings for our migrations, found wherever the command was started."""
    config: Config = current_app.extensions["migrate"].migrate.get_config(
        str(Path(current_app.root_path).parent / "migrations")
    )
    return config


def newest_revision() -> str:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(migrations()).get_current_head() or ""


def database_name() -> str:
    """The database as a person knows it: its file, or its address without the password."""
    url = db.engine.url
    return (url.database or "") if url.drivername.startswith("sqlite") else url.render_as_string(hide_password=True)


def first_line(wrong: BaseException) -> str:
    """The first line of an error's text, without a full stop."""
    with suppress(IndexError):
        return str(wrong).strip().splitlines()[0].rstrip(".")
    return type(wrong).__name__
