"""Backups: made while the service runs, read back, restored, and deleted when their days are over.

The database is copied first and the files that the copy names after it: a file is never changed, so nothing that the
copy refers to is missing, and what was written meanwhile is at most left out whole.
"""

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, create_engine, func, inspect, select, table
from sqlalchemy.exc import DBAPIError

from eoi.extensions import db, now, today
from eoi.outbound import archive, dumps, files
from eoi.outbound.archive import FILES, KEY, SUFFIX, BadBackup, Manifest, Writer
from eoi.outbound.dumps import DumpFailed
from eoi.queries import ledger
from eoi.revisions import is_known, newest_revision, revision_of

log = logging.getLogger(__name__)


class CannotRestore(Exception):
    """Why a backup is not restored, in one line. Nothing has changed."""


# Making one


def make(target: Path, *, with_files: bool = True, with_key: bool = False) -> Manifest:
    """Write everything as it is at this moment into one archive and read it back, whoever else reads and writes.

    Raises DumpFailed or BadBackup with one line, FileExistsError where the target is there already.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder, _copied(Path(folder)) as copy:
        dumped, connection = copy
        revision = revision_of(connection)
        manifest = Manifest(
            now().isoformat(timespec="seconds"), db.engine.dialect.name, revision, dumped.name, with_files,
            counts(connection),
        )  # fmt: skip
        with Writer(target, manifest) as writer:
            writer.add_file(dumped.name, dumped)
            if with_files:
                _add_files(writer, connection)
            if with_key:
                writer.add(KEY, current_app.config["SECRET_KEY"].encode())
    try:
        archive.read(target)
    except BadBackup:
        target.unlink()
        raise
    return manifest


@contextmanager
def _copied(folder: Path) -> Iterator[tuple[Path, Connection]]:
    """A dump of the database in this folder, and a connection that sees exactly what is in it."""
    dumped = folder / f"database{dumps.SUFFIX[db.engine.dialect.name]}"
    if db.engine.dialect.name == "sqlite":
        dumps.dump(db.engine, dumped)
        copy = create_engine(f"sqlite:///{dumped}")
        with copy.connect() as connection:
            yield dumped, connection
        copy.dispose()
        return
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        dumps.dump(db.engine, dumped, snapshot)
        yield dumped, connection


def counts(connection: Connection) -> dict[str, int]:
    """Rows by table."""
    names = sorted(inspect(connection).get_table_names())
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def _add_files(writer: Writer, connection: Connection) -> None:
    """Every file that the copied database names; one that is gone or damaged is named in the manifest instead."""
    store = files.open_store(current_app.config["FILES_URL"])
    for kept in ledger.each_once(connection.execute(ledger.file_rows())):
        try:
            writer.add(FILES + kept.key, store.get(kept.key))
        except (FileNotFoundError, files.Damaged):
            writer.manifest.missing.append(kept.key)


def safety_copy(label: str) -> Path:
    """The database alone, in the data folder's `backups`: before something that files are not touched by."""
    target = Path(current_app.config["DATA_DIR"]) / "backups" / f"{label}-{now():%Y%m%d-%H%M%S}{SUFFIX}"
    make(target, with_files=False)
    return target


# Restoring one


def restore(file: Path, *, replace: bool = False) -> Manifest:
    """Put the backup in the place of an empty database, or with `replace` of any, which is backed up first.

    Files are added before the database that names them; none is taken away. Raises BadBackup, CannotRestore or
    DumpFailed.
    """
    manifest = archive.read(file)
    _refuse_unfit(file, manifest)
    if not replace and not is_empty():
        raise CannotRestore("The database is not empty. With --replace it is backed up, and then replaced.")
    data = Path(current_app.config["DATA_DIR"])
    if replace and not is_empty():
        _keep_what_is_there(data)
    store = files.open_store(current_app.config["FILES_URL"])
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as folder:
        unpacked = Path(folder)

        def unpack(name: str, content: archive.Readable) -> None:
            if name.startswith(FILES):
                store.put(content.read())
            elif name in (manifest.database, KEY):
                with (unpacked / name).open("wb") as out:
                    shutil.copyfileobj(content, out)

        archive.read(file, unpack)
        db.session.remove()
        db.engine.dispose()
        dumps.load(unpacked / manifest.database, db.engine.url)
        if (unpacked / KEY).exists():
            _put_key(data / KEY, (unpacked / KEY).read_text())
    return manifest


def is_empty() -> bool:
    """Whether the database has no table of ours. One that cannot be opened is not empty."""
    try:
        with db.engine.connect() as connection:
            return not inspect(connection).get_table_names()
    except DBAPIError:
        return False


def _refuse_unfit(file: Path, manifest: Manifest) -> None:
    here = db.engine.dialect.name
    if manifest.engine != here:
        raise CannotRestore(f"{file} is a backup of {manifest.engine}, and DATABASE_URL names {here}.")
    if manifest.revision is not None and not is_known(manifest.revision):
        newer = f"{file} is at revision {manifest.revision}, newer than this code ({newest_revision()})"
        raise CannotRestore(f"{newer}. Update the code first.")


def _keep_what_is_there(data: Path) -> None:
    """Back up the database that goes. A SQLite file that is too damaged for that is copied as it is."""
    try:
        safety_copy("before-restore")
    except Exception as wrong:
        if db.engine.dialect.name != "sqlite":
            raise CannotRestore(f"What is there cannot be backed up, so nothing was changed ({wrong}).") from wrong
        folder = data / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(db.engine.url.database or "", folder / f"before-restore-{now():%Y%m%d-%H%M%S}.damaged")


def _put_key(file: Path, key: str) -> None:
    """The secret key of the backup becomes this data folder's; the one that was there is kept beside it."""
    if file.exists() and file.read_text().strip() != key:
        file.replace(file.with_name(f"{KEY}.before-{now():%Y%m%d-%H%M%S}"))
    file.unlink(missing_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(key)


# By itself


def daily() -> None:
    """Make today's backup in BACKUP_DIR, once whoever asks, and delete those whose days are over."""
    expire(Path(current_app.config["DATA_DIR"]) / "backups")
    if not current_app.config["BACKUP_DIR"]:
        return
    folder = Path(current_app.config["BACKUP_DIR"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # another worker is at it
            return
        target = archive.nightly(folder, today())
        if not target.exists():
            manifest = make(target)
            if manifest.missing:
                log.error("The backup of today lacks %s files that are gone or damaged", len(manifest.missing))
        expire(folder)  # after a new one is there, so that the last is never the one that goes


def expire(folder: Path) -> None:
    """Delete the backups in this folder that are older than BACKUP_DAYS: what was erased is then gone from them too."""
    first = today() - timedelta(days=current_app.config["BACKUP_DAYS"])
    for file in folder.glob(f"*{SUFFIX}"):
        if (made := archive.day_of(file)) and made < first:
            file.unlink()


__all__ = ["BadBackup", "CannotRestore", "DumpFailed", "daily", "make", "restore", "safety_copy"]
