"""Where files are kept: each under the SHA-256 of its bytes, on a disk or in an S3 bucket.

A file is never changed. The same bytes put twice are one file, so a job can put again without harm.
"""

import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

BITE = 256 * 1024
KEY = re.compile(r"[0-9a-f]{64}")
#: The disk is full, the quota is used up, the file may not grow.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Store(Protocol):
    """What every kind of store does. Keys are 64 hexadecimal digits."""

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their key; when it returns they are safe. Raises Full."""

    def put_file(self, path: Path) -> str:
        """Keep a file too large for memory, as `put` does. Raises Full."""

    def chunks(self, key: str) -> Iterator[bytes]:
        """The bytes of this key, bit by bit and unchecked. Raises FileNotFoundError at once."""

    def get(self, key: str) -> bytes:
        """The bytes of this key. Raises FileNotFoundError where they are missing, Damaged where they changed."""

    def exists(self, key: str) -> bool: ...

    def check(self) -> None:
        """Raises an exception where the store cannot be reached or written."""

    def delete(self, key: str) -> None:
        """Forget the bytes of this key, where they are still there."""

    def keys(self) -> Iterator[str]:
        """Every key there is."""


class Full(Exception):
    """There is no room for these bytes. Nothing of them was kept."""


class Damaged(Exception):
    """The stored bytes are not those that were put."""


def key_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def key_of_file(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _bites(held: BinaryIO) -> Iterator[bytes]:
    with held:
        while bite := held.read(BITE):
            yield bite


def open_store(url: str) -> Store:
    """The store that `FILES_URL` names: a folder, or s3://bucket/prefix (keys and region from AWS_… variables)."""
    if url.startswith("s3://"):
        return S3(url)
    return Disk(Path(url.removeprefix("file://")))


class Disk:
    """Files in a folder, fanned out over 256 subfolders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        key = key_of(content)
        path = self._path(key)
        if path.exists():
            return key
        try:
            self._write(path, content)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise Full(str(error)) from error
            raise
        return key

    def put_file(self, path: Path) -> str:
        key = key_of_file(path)
        target = self._path(key)
        try:
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                with tempfile.NamedTemporaryFile(dir=target.parent, prefix="part-", delete=False) as part:
                    with path.open("rb") as source:
                        shutil.copyfileobj(source, part, BITE)
                    part.flush()
                    os.fsync(part.fileno())
                os.replace(part.name, target)
                _sync_folder(target.parent)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise Full(str(error)) from error
            raise
        return key

    def chunks(self, key: str) -> Iterator[bytes]:
        return _bites(self._path(key).open("rb"))

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="part-")
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        _sync_folder(path.parent)

    def get(self, key: str) -> bytes:
        return _checked(key, self._path(key).read_bytes())

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        return (path.name for path in self._folder.glob("??/*") if KEY.fullmatch(path.name))

    def check(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise PermissionError(f"{self._folder} cannot be written")

    def _path(self, key: str) -> Path:
        return self._folder / _sound(key)[:2] / key


class S3:
    """Files in a bucket of S3 or of anything that speaks it."""

    def __init__(self, url: str) -> None:
        from obstore.store import S3Store  # slow to load, and not needed on a disk

        endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
        self._store = S3Store.from_url(url, client_options={"allow_http": endpoint.startswith("http://")})

    def put(self, content: bytes) -> str:
        key = key_of(content)
        if not self.exists(key):
            self._store.put(key, content)
        return key

    def put_file(self, path: Path) -> str:
        key = key_of_file(path)
        if not self.exists(key):
            self._store.put(key, path)
        return key

    def chunks(self, key: str) -> Iterator[bytes]:
        return (bytes(bite) for bite in self._store.get(_sound(key)).stream(BITE))

    def get(self, key: str) -> bytes:
        return _checked(key, bytes(self._store.get(_sound(key)).bytes()))

    def exists(self, key: str) -> bool:
        try:
            self._store.head(_sound(key))
        except FileNotFoundError:
            return False
        return True

    def check(self) -> None:
        self.exists("0" * 64)

    def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            self._store.delete(_sound(key))

    def keys(self) -> Iterator[str]:
        return (one["path"] for batch in self._store.list() for one in batch if KEY.fullmatch(one["path"]))


def _sound(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError("not a key of the store")
    return key


def _checked(key: str, content: bytes) -> bytes:
    if key_of(content) != key:
        raise Damaged(key)
    return content


def _sync_folder(folder: Path) -> None:
    """Make the new name itself outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
