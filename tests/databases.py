"""The two engines the tests run on: each hands out a migrated database in milliseconds, by its engine's own means."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import psycopg


class Engine(Protocol):
    """A place to put databases. `migrate` is given the address of an empty one, once, to make the template.

    `keep` makes a second template of the database as it is, to which `reset` goes back by its name. Nobody may be
    connected then.
    """

    url: str

    def prepare(self, migrate: Callable[[], None]) -> None: ...
    def reset(self, to: str = "") -> None: ...
    def keep(self, name: str) -> None: ...
    def empty(self, name: str) -> str: ...


class Sqlite:
    """Files in a folder. A new file each time, so that what a failed test still holds open is the old one."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.file = folder / "eoi.sqlite3"
        self.template = folder / "template.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def prepare(self, migrate: Callable[[], None]) -> None:
        migrate()
        shutil.move(self.file, self.template)

    def reset(self, to: str = "") -> None:
        for leftover in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + leftover).unlink(missing_ok=True)
        shutil.copyfile(self.template.with_stem(to) if to else self.template, self.file)

    def keep(self, name: str) -> None:
        shutil.copyfile(self.file, self.template.with_stem(name))

    def empty(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.sqlite3"


class Postgres:
    """Databases of one worker in the throw-away cluster that listens on this socket."""

    def __init__(self, socket: str, worker: str):
        self.socket, self.name, self.template = socket, f"eoi_{worker}", f"template_{worker}"
        self.url = self.address(self.name)
        self.server = psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True)

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket}"

    def prepare(self, migrate: Callable[[], None]) -> None:
        self.empty(self.name)
        migrate()
        self.server.execute(f"ALTER DATABASE {self.name} RENAME TO {self.template}")

    def reset(self, to: str = "") -> None:
        self._copy(f"{self.template}_{to}" if to else self.template, self.name)

    def keep(self, name: str) -> None:
        self._copy(self.name, f"{self.template}_{name}")

    def _copy(self, template: str, name: str) -> None:
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        # Copying files is quickest without fsync; before version 15 there was no other way.
        copying = "STRATEGY file_copy" if self.server.info.server_version >= 150_000 else ""
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {template} {copying}")

    def empty(self, name: str) -> str:
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.server.execute(f"CREATE DATABASE {name}")
        return self.address(name)


class Cluster:
    """A PostgreSQL server in a folder of its own, on a socket, safe from nothing and therefore quick."""

    SPEED = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0"

    def __init__(self, folder: Path):
        self.data = folder / "data"
        self.socket = str(folder)
        self.as_user: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            self.as_user = ["runuser", "-u", "postgres", "--"]

    def start(self) -> None:
        self.call("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
                  "-D", str(self.data))  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories={self.socket} {self.SPEED}"
        self.call(
            "pg_ctl", "start", "--wait", "--silent", "-D", str(self.data), "-l", f"{self.socket}/log", "-o", options
        )

    def stop(self) -> None:
        self.call("pg_ctl", "stop", "--mode=immediate", "--silent", "-D", str(self.data))

    def call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self.as_user, str(binary(program)), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )


def quick_folder() -> str | None:
    """A folder in memory where this machine has room for one; None for the usual place."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1024**3
    return str(memory) if roomy else None


def binary(program: str) -> Path:
    """A program of the newest PostgreSQL that is installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which(program)
    if not found:
        raise FileNotFoundError(f"{program} is missing: install postgresql, or run make test, which does")
    return Path(found)
