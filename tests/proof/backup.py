"""Shows 6: a backup taken during 500 saves, on both engines, and PostgreSQL brought back to a moment."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from config import Settings
from eoi import create_app
from eoi.cli import start
from eoi.extensions import db
from tests.cases import Cases, make_round
from tests.clock import Clock
from tests.databases import Cluster, quick_folder
from tests.people import make_people, make_schools
from tests.restoring import backup_during_saves

SAVES = 500
WRITERS = 4


class Archiving(Cluster):
    """A server that keeps its log for going back to a moment, set as docs/deployment.md says."""

    SPEED = (
        "-c wal_level=replica -c archive_mode=on -c archive_timeout=60 "
        "-c archive_command='test ! -f {archive}/%f && cp %p {archive}/%f'"
    )

    def __init__(self, folder: Path, archive: Path):
        folder.mkdir(exist_ok=True)
        super().__init__(folder)
        self.SPEED = self.SPEED.format(archive=archive)
        archive.mkdir(exist_ok=True)
        if self.as_user:
            shutil.chown(archive, "postgres", "postgres")

    def start_again(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.socket} {self.SPEED}"
        self.call(
            "pg_ctl", "start", "--wait", "--silent", "-D", str(self.data), "-l", f"{self.socket}/log", "-o", options
        )


def main() -> Iterator[str]:
    """What came of it, a line each."""
    with folder() as here:
        yield f"SQLite. {saving(here, f'sqlite:///{here}/eoi.sqlite3', f'sqlite:///{here}/elsewhere.sqlite3')}"
    with folder() as here, running(Cluster(made(here / "server"))) as cluster:
        for name in ("eoi", "elsewhere"):
            run(cluster, f"CREATE DATABASE {name}")
        address = f"postgresql+psycopg://postgres@/{{}}?host={cluster.socket}"
        yield f"PostgreSQL. {saving(here, address.format('eoi'), address.format('elsewhere'))}"
    yield back_to_a_moment()


def saving(here: Path, url: str, elsewhere: str) -> str:
    """The figures for a database at this address; another, empty one is restored into."""
    app = create_app(Settings(DATA_DIR=here, DATABASE_URL=url, SECRET_KEY="proof only " * 4))
    clock = Clock()
    app.config["CLOCK"] = clock
    with app.app_context():
        start.migrate_safely()
        submission_id, user_id = draft(clock)
        db.session.remove()
        db.engine.dispose()
        outcome = backup_during_saves(app, submission_id, user_id, here, elsewhere, SAVES, WRITERS)
        db.session.remove()
        db.engine.dispose()
    outcome.check()
    return str(outcome)


def draft(clock: Clock) -> tuple[int, int]:
    """Alice's fresh draft and Alice, by their ids."""
    make_schools()
    people = make_people()
    submission = Cases(people, clock, make_round()).road().submission
    db.session.commit()
    return submission.id, people.alice.id


def back_to_a_moment() -> str:
    """Base backup, a save, a moment, another save; then the server as it was at that moment, on a copy."""
    with folder() as here:
        archive = here / "archive"
        with running(Archiving(here / "server", archive)) as cluster:
            run(cluster, "CREATE TABLE saves (words text)")
            base = here / "server" / "base"
            cluster.call("pg_basebackup", "-h", cluster.socket, "-U", "postgres", "-D", str(base), "--checkpoint=fast")
            run(cluster, "INSERT INTO saves VALUES ('before')")
            time.sleep(0.05)
            moment = run(cluster, "SELECT now()")
            time.sleep(0.05)
            run(cluster, "INSERT INTO saves VALUES ('after')")
            run(cluster, "SELECT pg_switch_wal()")
            wait_for_archive(cluster)
        again = restored(here, archive, base, moment)
        with running(again, fresh=False):
            words = run(again, "SELECT string_agg(words, ', ') FROM saves")
    assert words == "before", words
    return "PostgreSQL to a moment between two saves: the first save is there, the second is not."


def restored(here: Path, archive: Path, base: Path, moment: str) -> Archiving:
    """A server on the base backup, told to replay the archive up to the moment."""
    again = Archiving(here / "again", archive)
    again.call("cp", "-a", str(base), str(again.data))
    lines = (
        f"restore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment}'\n"
        "recovery_target_action = 'promote'\n"
    )
    with (again.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(lines)
    (again.data / "recovery.signal").touch()
    if again.as_user:
        shutil.chown(again.data / "recovery.signal", "postgres", "postgres")
    return again


def wait_for_archive(cluster: Cluster) -> None:
    """Until the log that holds the last save has been copied."""
    for _ in range(200):
        waiting = "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'"
        if run(cluster, waiting) == "0":
            return
        time.sleep(0.05)
    raise AssertionError("the log was not archived")


def run(cluster: Cluster, statement: str) -> str:
    """Run it and return the first value, as text."""
    with psycopg.connect(host=cluster.socket, user="postgres", dbname="postgres", autocommit=True) as connection:
        cursor = connection.execute(statement)
        return str(cursor.fetchone()[0]) if cursor.description else ""


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@contextmanager
def running(cluster: Cluster, fresh: bool = True) -> Iterator[Cluster]:
    """The server, until the block ends."""
    cluster.start() if fresh else cluster.start_again()  # type: ignore[attr-defined]
    try:
        yield cluster
    finally:
        cluster.stop()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that the server's user may enter."""
    with tempfile.TemporaryDirectory(prefix="eoi-", dir=quick_folder()) as name:
        Path(name).chmod(0o755)
        yield Path(name)
