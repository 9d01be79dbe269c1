"""A whole database in one file and back again: SQLite copies itself, PostgreSQL has programs for it.

Nothing here knows what the tables hold.
"""

import os
import shutil
import sqlite3
import subprocess  # nosec B404 - PostgreSQL's own programs, with our own arguments
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.engine import Engine

PSQL = ("--no-psqlrc", "--no-password")
SUFFIX = {"sqlite": ".sqlite3", "postgresql": ".pgdump"}

# Everything of ours in the schema; what an extension brought stays.
EMPTIED = """
DO $$ DECLARE found record; BEGIN
FOR found IN SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name
    FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE 'DROP TABLE ' || found.name || ' CASCADE'; END LOOP;
FOR found IN SELECT p.oid::regprocedure::text AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    AND d.deptype = 'e')
    LOOP EXECUTE 'DROP FUNCTION ' || found.name || ' CASCADE'; END LOOP;
END $$;
"""


class DumpFailed(Exception):
    """The engine could not do it; the text is one line that says why."""


def dump(engine: Engine, target: Path, snapshot: str = "") -> None:
    """Write the database as it is at this moment, whoever else writes, to a file that only its owner reads.

    `snapshot` is one that a transaction of PostgreSQL has exported. Raises DumpFailed.
    """
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"):
        pass
    try:
        if engine.dialect.name == "sqlite":
            _copy(Path(engine.url.database or ""), target)
        else:
            moment = [f"--snapshot={snapshot}"] if snapshot else []
            _run("pg_dump", engine.url, "--format=custom", "--no-owner", "--no-privileges", *moment, "--file", target)
    except BaseException:
        target.unlink()
        raise


def load(file: Path, url: str | URL) -> None:
    """Put this dump in the place of whatever the database holds: all of it or nothing. Nobody may be connected.

    Raises DumpFailed, also where somebody is connected.
    """
    at = make_url(url)
    if at.drivername.startswith("sqlite"):
        _replace(Path(at.database or ""), file)
        return
    _refuse_while_others_work(at)
    script = file.with_suffix(".sql")
    try:
        _run("pg_restore", None, "--no-owner", "--no-privileges", "--file", script, file)
        _run("psql", at, *PSQL, "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output", os.devnull,
             "--command", EMPTIED, "--file", script)  # fmt: skip
    finally:
        script.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """VACUUM INTO reads in one transaction, and leaves behind what was deleted but still stood in free pages."""
    try:
        with closing(sqlite3.connect(source, timeout=30, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as wrong:
        raise DumpFailed(str(wrong)) from wrong
    _sync(target)


def _replace(at: Path, file: Path) -> None:
    if at.exists():
        try:
            with closing(sqlite3.connect(at, timeout=1, isolation_level=None)) as old:
                old.execute("PRAGMA journal_mode=DELETE")  # possible for the last connection only
        except sqlite3.OperationalError as busy:
            raise DumpFailed(f"somebody uses {at} ({busy}): stop the service first") from busy
        except sqlite3.DatabaseError:  # it is damaged, which is why it is replaced
            pass
    fresh = at.with_name(f".{at.name}.restored")
    shutil.copyfile(file, fresh)
    fresh.chmod(0o600)
    _sync(fresh)
    for leftover in ("-wal", "-shm"):
        at.with_name(at.name + leftover).unlink(missing_ok=True)
    fresh.replace(at)


def _refuse_while_others_work(at: URL) -> None:
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    others = _run("psql", at, *PSQL, "--tuples-only", "--no-align", "--command", asked).strip()
    if others != "0":
        raise DumpFailed(f"{others} others are connected to the database: stop the service first")


def _run(program: str, at: URL | None, *arguments: str | Path) -> str:
    """Run a program of PostgreSQL and return what it says. The password goes by the environment."""
    path = shutil.which(program)
    if path is None:
        raise DumpFailed(f"{program} is missing: install postgresql-client")
    environment = dict(os.environ)
    address = []
    if at is not None:
        if at.password:
            environment["PGPASSWORD"] = str(at.password)
        bare = at.set(drivername="postgresql", password=None)
        address = ["--dbname", bare.render_as_string(hide_password=False)]
    done = subprocess.run(  # nosec B603 - no shell, our own arguments
        [path, *address, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        raise DumpFailed(f"{program}: {said[-1]}")
    return done.stdout


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
