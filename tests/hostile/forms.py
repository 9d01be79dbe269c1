"""Bad forms, made from the fields of the honest page: missing, repeated, of the wrong type, forged, odd, huge."""

import re
from collections.abc import Iterator

Fields = list[tuple[str, str]]
NAMES = re.compile(r"<(?:input|select|textarea|button)[^>]*?\bname=\"([^\"]+)\"")
HALF_A_PAIR = "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")
VALUES = (
    *("", " ", "\x00", "abc", "-1", "1e999", "NaN", "9" * 30, "31", "2026-02-31", "0", "true", "' OR 1=1 --"),
    *("../../etc/passwd", "<script>alert(1)</script>", "{{ 7*7 }}", "word " * 3000),
    *("\u202edrowssap", "e\u0301\U0001f469\u200d\U0001f3eb", HALF_A_PAIR),
)
VERSIONS = ("", "-1", "0", "abc", "999999", "1" * 40)


def fields_of(page: str) -> list[str]:
    """The names that the page's forms send, each once, without the forgery token."""
    return [name for name in dict.fromkeys(NAMES.findall(page)) if name != "csrf_token"]


def mutations(names: list[str]) -> Iterator[Fields]:
    """Forms for these names. The first is empty; of many fields, single ones are taken here and there."""
    yield []
    yield [("nobody_asked", "x"), ("version", "1"), ("__class__", "x"), ("id", "1")]
    for value in VALUES:
        yield [(name, value) for name in names]
    yield [(name, value) for name in names for value in ("1", "2", "yes", "no")]
    for left_out in names[:: max(1, len(names) // 5)]:
        yield [(name, "1") for name in names if name != left_out]
    for version in VERSIONS:
        yield [(name, version if name in ("version", "seen") else "1") for name in names]
