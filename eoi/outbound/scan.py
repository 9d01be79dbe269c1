"""The virus scanner: clamd, asked over its socket."""

import socket
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from eoi.rules.scanning import Verdict

TIMEOUT = 60  # seconds
SHORT = 3  # seconds that a page waits to hear that it is there
CHUNK = 64 * 1024


class ScannerAway(Exception):
    """A scanner is set up and did not answer. The file must not pass as clean."""


def scan(content: bytes, url: str) -> Verdict:
    """Ask the clamd at `url` (tcp://host:port or unix:/path) about these bytes; an empty url means no scanner.

    Raises ScannerAway where it does not answer, or answers with an error.
    """
    if not url:
        return Verdict.NOT_SCANNED
    try:
        with _connected(url) as clamd:
            clamd.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                clamd.sendall(struct.pack("!I", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!I", 0))
            answer = _read_answer(clamd)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer == "stream: OK":
        return Verdict.CLEAN
    if answer.endswith(" FOUND"):
        return Verdict.INFECTED
    raise ScannerAway(answer)


@dataclass(frozen=True, slots=True)
class Scanner:
    """What a scanner says of itself."""

    name: str  # "ClamAV 1.4.3"
    signatures_of: date | None


def about(url: str) -> Scanner:
    """What the clamd at `url` is and how old its signatures are. Raises ScannerAway."""
    try:
        with _connected(url, SHORT) as clamd:
            clamd.sendall(b"zVERSION\0")
            name, _, made = _read_answer(clamd).partition("/")
    except OSError as error:
        raise ScannerAway(str(error)) from error
    return Scanner(name[:60], signature_day(made))


def signature_day(made: str) -> date | None:
    """The day in "27123/Mon Nov 23 08:35:01 2026"; None where there are no signatures of the makers."""
    try:
        return datetime.strptime(made.partition("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _connected(url: str, timeout: int = TIMEOUT) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(timeout)
        try:
            clamd.connect(parts.path)
        except OSError:
            clamd.close()
            raise
        return clamd
    if parts.scheme != "tcp" or not parts.hostname:
        raise ValueError("CLAMD_URL must be tcp://host:port or unix:/path")
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=timeout)


def _read_answer(clamd: socket.socket) -> str:
    answer = b""
    while part := clamd.recv(4096):
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
