"""A backup as one file: a gzipped tar of the database, the files, and last a manifest with the SHA-256 of each member.

The manifest comes last, so that an archive that was cut off has none.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
KEY = "secret_key"
CHUNK = 1024 * 1024
SUFFIX = ".tar.gz"
DATED = re.compile(r".*?(20\d\d)-?(\d\d)-?(\d\d).*" + re.escape(SUFFIX))


class Readable(Protocol):
    """Bytes that can be read once, part by part."""

    def read(self, size: int = -1, /) -> bytes: ...


Use = Callable[[str, Readable], None]


class BadBackup(Exception):
    """A file that is no whole backup, or not one for this code. The text is one line."""


@dataclass
class Manifest:
    """What an archive says of itself."""

    made_at: str  # ISO 8601, UTC
    engine: str  # "sqlite", "postgresql"
    revision: str | None  # of the migrations
    database: str  # the name of that member
    with_files: bool
    counts: dict[str, int] = field(default_factory=dict)  # rows by table
    missing: list[str] = field(default_factory=list)  # files that were gone or damaged already
    members: dict[str, str] = field(default_factory=dict)  # name -> SHA-256
    format: int = FORMAT


class Writer:
    """Write an archive member by member; it appears under its name when it is whole and on the disk."""

    def __init__(self, target: Path, manifest: Manifest) -> None:
        self.target, self.manifest = target, manifest
        self._part = target.with_name(f".{target.name}.part")

    def __enter__(self) -> "Writer":
        self._part.unlink(missing_ok=True)  # of one that was killed; who calls sees to it that there is only one
        self._raw = open(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._tar = tarfile.open(fileobj=self._raw, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT)
        return self

    def add(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, file: Path) -> None:
        with file.open("rb") as content:
            self._add(name, content, file.stat().st_size)

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        running = _Hashing(content)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, running)
        self.manifest.members[name] = running.digest.hexdigest()

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            if kind is None:
                content = json.dumps(asdict(self.manifest), indent=1).encode()
                member = tarfile.TarInfo(MANIFEST)
                member.size, member.mode = len(content), 0o600
                self._tar.addfile(member, io.BytesIO(content))
            self._tar.close()
            if kind is None:
                self._raw.flush()
                os.fsync(self._raw.fileno())
                os.link(self._part, self.target)  # never over another
        finally:
            self._raw.close()
            self._part.unlink()


def read(file: Path, use: Use = lambda *_: None) -> Manifest:
    """Read an archive from end to end and compare every member with the manifest, which is returned.

    `use` is given each member's name and content first. Raises BadBackup.
    """
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        for name, content in _members(file):
            if name == MANIFEST:
                manifest = json.loads(content.read())
                continue
            running = _Hashing(content)
            use(name, running)
            while running.read(CHUNK):
                pass
            found[name] = running.digest.hexdigest()
    except (OSError, EOFError, tarfile.TarError, gzip.BadGzipFile, zlib.error, ValueError) as wrong:
        if isinstance(wrong, FileNotFoundError) and not file.exists():
            raise BadBackup(f"There is no file {file}.") from wrong
        raise BadBackup(f"{file} is no whole backup ({wrong}). Take another.") from wrong
    return _trusted(file, manifest, found)


def _trusted(file: Path, manifest: dict[str, Any], found: dict[str, str]) -> Manifest:
    if not manifest:
        raise BadBackup(f"{file} is no whole backup (it has no manifest). Take another.")
    if manifest.get("format", FORMAT + 1) > FORMAT:
        raise BadBackup(f"{file} was made by newer code than this. Update the code first.")
    made = Manifest(**manifest)
    if made.members != found:
        wrong = sorted(name for name in made.members | found if made.members.get(name) != found.get(name))
        raise BadBackup(f"{file} is damaged: {wrong[0]} is not what was written ({len(wrong)} in all). Take another.")
    return made


def _members(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(file, mode="r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise ValueError(f"{member.name} is no file")
            yield member.name, content


def nightly(folder: Path, day: date) -> Path:
    """The file of this night's backup."""
    return folder / f"eoi-{day.isoformat()}{SUFFIX}"


def newest(folder: Path) -> Path | None:
    """The last of the nightly backups."""
    return max(folder.glob(f"eoi-????-??-??{SUFFIX}"), default=None)


def day_of(file: Path) -> date | None:
    """The day that the name of a backup says it was made on."""
    found = DATED.fullmatch(file.name)
    with suppress(ValueError):
        return date(*map(int, found.groups())) if found else None
    return None


class _Hashing(io.RawIOBase):
    """A stream that is hashed as it is read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self.digest = content, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part = self._content.read(size)
        self.digest.update(part)
        return part
