"""`flask backup FILE` and `flask restore FILE`."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic import command as alembic
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from config import Settings
from eoi import backup as backups
from eoi import create_app
from eoi.cli import start
from eoi.cli.verify import walk
from eoi.extensions import db
from eoi.outbound import files
from eoi.outbound.archive import Manifest
from eoi.revisions import migrations, newest_revision
from eoi.rules.words import count_of
from eoi.workflow import anchoring
from eoi.workflow.verifying import Verification

REFUSALS = (backups.BadBackup, backups.CannotRestore, backups.DumpFailed, FileExistsError)


@contextmanager
def told() -> Iterator[None]:
    """A refusal is one line."""
    try:
        yield
    except REFUSALS as refused:
        raise click.ClickException(str(refused)) from refused
    except OSError as wrong:
        raise click.ClickException(f"{wrong.filename or 'The disk'}: {wrong.strerror}") from wrong


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-key", is_flag=True, help="With the secret key: then the backup alone opens everything.")
@click.option("--check", is_flag=True, help="Restore it into a scratch database and verify that; a FILE that is there "
              "already is only checked.")  # fmt: skip
@click.option("--scratch", default="", help="An empty database for that; by default one is made and dropped again.")
@with_appcontext
def backup(file: Path, with_key: bool, check: bool, scratch: str) -> None:
    """Write database and files as they are at this moment into FILE (.tar.gz), while the service runs."""
    start.check_revision()
    with told():
        if not (check and file.exists()):
            manifest = backups.make(file, with_key=with_key)
            size = file.stat().st_size
            click.echo(f"{file}: {size:,} bytes, {summary(manifest)}. It was read back.")
            if manifest.missing:
                gone = count_of(len(manifest.missing), "file")
                raise click.ClickException(f"Gone or damaged, and not in it: {gone}. Run: flask verify")
        if check:
            try_out(file, scratch)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Also over a database that is not empty; it is backed up first.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def restore(file: Path, replace: bool, yes: bool) -> None:
    """Put the backup in FILE in the place of the database, and add its files. Stop the service first."""
    name = start.database_name()
    if not yes:
        click.confirm(f"Restore {file} into {name}?", abort=True)
    with told():
        manifest = backups.restore(file, replace=replace)
    click.echo(f"Restored {summary(manifest)}, as of {manifest.made_at}.")
    prepare = "" if manifest.revision == newest_revision() else "flask prepare && "
    click.echo(f"Now run: {prepare}flask verify")


def summary(manifest: Manifest) -> str:
    """ "12 cases, 340 audit entries, 25 files"."""
    kept = sum(name.startswith("files/") for name in manifest.members)
    cases, entries = manifest.counts.get("submission", 0), manifest.counts.get("audit_entry", 0)
    shown = [count_of(cases, "case"), count_of(entries, "audit entry", "audit entries")]
    return ", ".join([*shown, count_of(kept, "file")] if manifest.with_files else shown)


def try_out(file: Path, scratch: str = "") -> None:
    """Restore the backup elsewhere, migrate it where it is older, and verify what comes out. Raises ClickException."""
    with tempfile.TemporaryDirectory(prefix="eoi-check-") as folder, scratch_database(Path(folder), scratch) as url:
        app = beside(current_app._get_current_object(), Path(folder), url)  # type: ignore[attr-defined]
        here = list(anchoring.stored(anchoring.folder()))
        with app.app_context():
            try:
                manifest = backups.restore(file)
                alembic.upgrade(migrations(), "head")
                store = files.open_store(app.config["FILES_URL"]) if manifest.with_files else None
                older = [anchor for anchor in here if anchor.day.isoformat() < manifest.made_at[:10]]
                found = walk(Verification(store, older))
            finally:
                db.session.remove()
                db.engine.dispose()
    if found:
        raise click.ClickException(f"{file} was restored, and has {count_of(found, 'fault')}.")
    click.echo(f"{file} was restored into a scratch database and verified: no fault.")


def beside(app: Flask, folder: Path, url: str) -> Flask:
    """The same application on another database and with files in this folder."""
    other = create_app(Settings(DATA_DIR=folder, DATABASE_URL=url, SECRET_KEY=app.config["SECRET_KEY"]))
    other.config.update(CLOCK=app.config["CLOCK"], HOLIDAYS=app.config["HOLIDAYS"])
    return other


@contextmanager
def scratch_database(folder: Path, given: str) -> Iterator[str]:
    """The address of an empty database, which is gone afterwards unless it was given."""
    if given or db.engine.dialect.name == "sqlite":
        yield given or f"sqlite:///{folder / 'check.sqlite3'}"
        return
    here = make_url(db.engine.url)
    name = f"{here.database}_check_{secrets.token_hex(4)}"
    with _server(here) as run:
        run(f'CREATE DATABASE "{name}"')
    try:
        yield here.set(database=name).render_as_string(hide_password=False)
    finally:
        with _server(here) as run:
            run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _server(at: URL) -> Iterator[Callable[[str], object]]:
    """Statements to the server outside a transaction. Raises ClickException where they are not allowed."""
    server = create_engine(at, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection, start.opened():
            yield lambda statement: connection.execute(text(statement))
    finally:
        server.dispose()
