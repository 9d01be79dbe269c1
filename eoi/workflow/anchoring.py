"""Anchors: every day the heads of all audit chains, in a file that can leave the machine.

An anchor is JSON by line: a first line that says when it was made and names the digest of the anchor before it; one
line a chain, [case, seq, hash]; and a last line with the digest of the lines before. Whoever rewrites a chain later
would have to rewrite every anchor since, wherever its copies are.
"""

import hashlib
import json
import os
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from flask import current_app

from eoi.extensions import now, today
from eoi.queries import ledger
from eoi.rules.chain import FIRST, canonical

NAME = re.compile(r"anchor-(\d{4}-\d{2}-\d{2})\.jsonl")
AT_ONCE = 300  # links compared in one query


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor's file."""

    file: Path

    @property
    def day(self) -> date:
        return date.fromisoformat(self.file.name[7:17])

    def lines(self) -> Iterator[Any]:
        """First line, links, last line. Raises ValueError where a line is no JSON."""
        with self.file.open("rb") as lines:
            yield from map(json.loads, lines)


def folder() -> Path:
    """Where anchors are written."""
    return Path(current_app.config["ANCHORS_DIR"] or Path(current_app.config["DATA_DIR"]) / "anchors")


def stored(folder: Path) -> Iterator[Anchor]:
    """The anchors in this folder, oldest first."""
    yield from (Anchor(file) for file in sorted(folder.glob("anchor-*.jsonl")) if NAME.fullmatch(file.name))


def write(folder: Path) -> Path:
    """Anchor every chain as it stands, in a file of today's name, and return it. A second run today changes nothing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"anchor-{today().isoformat()}.jsonl"
    if file.exists():
        return file
    earlier = [anchor for anchor in stored(folder) if anchor.file.name < file.name]
    previous = digest_of(earlier[-1].file) if earlier else FIRST
    draft = folder / f".{file.name}-{secrets.token_hex(4)}"
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as lines, ledger.one_moment():
            running = hashlib.sha256()
            for line in _lines(previous):
                running.update(line)
                lines.write(line)
            lines.write(canonical({"digest": running.hexdigest()}) + b"\n")
            lines.flush()
            os.fsync(lines.fileno())
        with suppress(FileExistsError):  # another worker was quicker
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    return file


def digest_of(file: Path) -> str:
    """The SHA-256 of a whole anchor: what the next one names."""
    with file.open("rb") as whole:
        return hashlib.file_digest(whole, "sha256").hexdigest()


def _lines(previous: str) -> Iterator[bytes]:
    yield canonical({"anchor": 1, "at": now(), "previous": previous}) + b"\n"
    for head in ledger.heads():
        yield canonical([head.case, head.seq, head.hash]) + b"\n"


def faults(anchors: Sequence[Anchor], checked: Counter[str]) -> Iterator[str]:
    """Compare these anchors, oldest first, with each other and with the chains as they are. One line a fault."""
    previous: str | None = None
    known: dict[str, str] = {}  # case -> the hash that the anchor before named, compared already
    for anchor in anchors:
        checked["anchors"] += 1
        name = anchor.file.name
        if wrong := _damage(anchor, previous):
            yield f"{name}: {wrong}"
        previous = digest_of(anchor.file)
        with suppress(ValueError):
            links = (line for line in anchor.lines() if isinstance(line, list))
            fresh = ((case, seq, hash_) for case, seq, hash_ in links if known.get(case) != hash_)
            while batch := list(islice(fresh, AT_ONCE)):
                yield from _rewritten(name, batch)
                known.update((case, hash_) for case, _, hash_ in batch)


def _rewritten(name: str, links: Sequence[tuple[str, int, str]]) -> Iterator[str]:
    stands = ledger.hashes_at((case, seq) for case, seq, _ in links)
    for case, seq, hash_ in links:
        if (case, seq) not in stands:
            yield f"{case}: entry {seq} is missing, and stands in {name}"
        elif stands[case, seq] != hash_:
            yield f"{case}: entry {seq} is not the one in {name}: the chain was rewritten after that day"


def _damage(anchor: Anchor, previous: str | None) -> str | None:
    """What is wrong with the file itself. The first anchor that is there may follow one that is kept elsewhere."""
    running, last, first = hashlib.sha256(), b"", b""
    with anchor.file.open("rb") as lines:
        for line in lines:
            running.update(last)
            first, last = first or line, line
    try:
        if json.loads(last)["digest"] != running.hexdigest():
            return "the anchor was changed after it was written"
        if previous is not None and json.loads(first)["previous"] != previous:
            return "it does not follow the anchor before it: one is missing or was changed"
    except (ValueError, KeyError, TypeError):
        return "the anchor is cut off or no anchor"
    return None
