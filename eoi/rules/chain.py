"""The hash chain of the audit record, and canonical JSON: the bytes that every digest is taken over."""

import hashlib
import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

FIRST = "0" * 64


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: object) -> bytes:
    """The same bytes for the same value, whatever the order of its keys. Raises TypeError for what is no JSON."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
    ).encode("utf-8", "surrogatepass")


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def link(previous: str, **fields: object) -> str:
    """The hash of an entry: its own fields bound to the hash of the entry before it."""
    return digest({"previous": previous, **fields})
