import hashlib
import os
import subprocess
import sys
import time
import urllib.request

import pytest

from eoi.outbound import files
from tests.mailbox import free_port

PLAN = b"%PDF-1.7 a floor plan"


@pytest.fixture(scope="module")
def bucket():
    """A bucket on a real S3 server of this machine."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(urllib.request.Request(f"{address}/kept", method="PUT"), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        keys = {"AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
        with pytest.MonkeyPatch.context() as environ:
            for name, value in {**keys, "AWS_REGION": "eu-west-2"}.items():
                environ.setenv(name, value)
            yield "s3://kept/documents"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(params=["disk", "s3"])
def store(request, tmp_path):
    url = f"file://{tmp_path}/files" if request.param == "disk" else request.getfixturevalue("bucket")
    return files.open_store(url)


def test_store_gives_back_what_was_put(store):
    key = store.put(PLAN)
    assert key == hashlib.sha256(PLAN).hexdigest()
    assert store.get(key) == PLAN
    assert store.exists(key)


def test_store_keeps_the_same_bytes_once(store):
    assert store.put(PLAN) == store.put(PLAN)


def test_store_says_that_a_key_is_missing(store):
    missing = files.key_of(b"never put")
    assert not store.exists(missing)
    with pytest.raises(FileNotFoundError):
        store.get(missing)


def test_store_forgets_what_is_deleted_and_only_that(store):
    key, other = store.put(b"to go"), store.put(b"to stay")
    store.delete(key)
    store.delete(key)
    assert not store.exists(key)
    assert other in set(store.keys())
    assert key not in set(store.keys())


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n"])
def test_store_refuses_what_is_not_a_key(store, key):
    with pytest.raises(ValueError, match="not a key"):
        store.get(key)


def test_disk_notices_that_a_file_changed(tmp_path):
    store = files.open_store(str(tmp_path))
    key = store.put(PLAN)
    (tmp_path / key[:2] / key).write_bytes(b"something else")
    with pytest.raises(files.Damaged):
        store.get(key)


def test_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    store = files.open_store(str(tmp_path))
    with monkeypatch.context() as broken:

        def no_space(*_):
            raise OSError("No space left on device")

        broken.setattr(os, "fsync", no_space)
        with pytest.raises(OSError, match="No space"):
            store.put(PLAN)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not store.exists(files.key_of(PLAN))
