"""The service as a newcomer starts it: web and worker answer together and end together."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


class Service:
    """`flask serve --prepare` in a process group of its own."""

    def __init__(self, folder: Path, port: int, **environ: str):
        self.port, self.log = port, folder / "log.txt"
        known = {key: value for key, value in os.environ.items() if not key.startswith(("EOI_", "COUNCIL_"))}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flask", "serve", "--prepare"],
                cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
                env=known | {"EOI_DATA_DIR": str(folder / "data"), "PORT": str(port)} | environ,
            )  # fmt: skip

    @property
    def said(self) -> str:
        return self.log.read_text()

    def await_ready(self) -> None:
        until(lambda: "Ready on" in self.said or self.process.poll() is not None)
        assert f"Ready on http://127.0.0.1:{self.port}" in self.said

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in listed.split()]

    def group(self) -> list[int]:
        """Every process of the service that is still there, however deep."""
        return [pid for pid, state, session in processes() if session == self.process.pid and state != "Z"]


def processes() -> Iterator[tuple[int, str, int]]:
    """The number, state and session of every process of this machine."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended while we looked
            after_name = stat.read_text().rpartition(")")[2].split()
            yield int(stat.parent.name), after_name[0], int(after_name[3])


def until(holds) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start_service(tmp_path, port) -> Iterator[type]:
    started = []

    def start(**environ: str) -> Service:
        started.append(Service(tmp_path, port, **environ))
        return started[-1]

    yield start
    for service in started:
        with suppress(ProcessLookupError):
            os.killpg(service.process.pid, signal.SIGKILL)
        service.process.wait()


def status_of(port: int, path: str) -> int:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status
    except HTTPError as refused:
        refused.close()
        return refused.code


def test_service_answers_and_ctrl_c_ends_all_of_it(start_service, port):
    service = start_service()
    service.await_ready()
    assert status_of(port, "/ready") == 200
    assert len(service.children()) == 2
    assert f"Mail is not sent, it is written to {service.log.parent}/data/mail.log" in service.said
    os.killpg(service.process.pid, signal.SIGINT)  # as a terminal does
    assert service.process.wait(PATIENCE) == 0
    assert service.group() == []
    assert "Traceback" not in service.said


def test_service_told_to_stop_by_its_keeper_ends_all_of_it(start_service):
    service = start_service()
    service.await_ready()
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(PATIENCE) == 0
    assert service.group() == []


@pytest.mark.parametrize("which", [0, 1])
def test_service_ends_with_an_error_when_either_part_dies(start_service, which):
    service = start_service()
    service.await_ready()
    os.kill(service.children()[which], signal.SIGKILL)
    assert service.process.wait(PATIENCE) != 0
    until(lambda: service.group() == [])


def test_parts_end_when_their_parent_is_killed(start_service):
    service = start_service()
    service.await_ready()
    service.process.kill()
    service.process.wait()
    until(lambda: service.group() == [])


def test_second_start_finds_everything_in_place(start_service, port):
    first = start_service()
    first.await_ready()
    first.process.terminate()
    first.process.wait(PATIENCE)
    second = start_service()
    second.await_ready()
    assert "migrated" not in second.said
    assert status_of(port, "/ready") == 200


def test_start_on_a_taken_port_is_one_line(start_service, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        service = start_service()
        assert service.process.wait(PATIENCE) == 1
    assert service.said == f"Error: Port {port} is taken. Choose another: PORT={port + 1} make run\n"


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        (
            {"EOI_DATA_DIR": "/dev/null/data"},
            r"The data folder /dev/null/data cannot be written \(Not a directory\)\. .*",
        ),
        ({"EOI_COLOUR": "red"}, r"EOI_COLOUR is not a setting\. .*"),
        ({"EOI_DEMONSTRATION": "on"}, r"EOI_DEMONSTRATION must be 1 or 0, not 'on'\."),
        ({"DATABASE_URL": "sqlite:////dev/null/eoi"}, r"Error: The database /dev/null/eoi cannot be used: .*"),
    ],
)
def test_start_with_a_setting_that_cannot_be_is_one_line(start_service, environ, line):
    service = start_service(**environ)
    assert service.process.wait(PATIENCE) == 1
    assert re.fullmatch(line + "\n", service.said)
