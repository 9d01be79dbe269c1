"""What the service says of itself on stderr: one JSON line an event; or plain warnings, for a person trying it.

Nothing that somebody typed and nobody's name goes into a log: an event says which endpoint and which user id, a
statement stands with its placeholders, and of an exception only its kind and the lines of code, because its words may
quote data.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context

ADDRESS = re.compile(
    r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*"  # of mail
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"  # IPv4
    r"|(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}|(?=[0-9a-f:]*::)[0-9a-f:]{3,39})(?![\w:])",  # IPv6
    re.IGNORECASE,
)


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, what happened, the request's number, and the event's own `facts`."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": without_addresses(record.getMessage()),
            **({"request": g.request_id} if has_request_context() and "request_id" in g else {}),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1]:
            event["exception"] = story(record.exc_info[1])
        return json.dumps(event, ensure_ascii=False, default=str)


def configure(how: str) -> None:
    """Send every log of this process to stderr: "json", with each request; "text", for somebody trying it, warnings.

    Text shows an exception whole, with its words: it is for one's own machine.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if how == "json" else logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("eoi").setLevel(logging.INFO if how == "json" else logging.WARNING)


def story(error: BaseException) -> list[str]:
    """An exception and what caused it: "ZeroDivisionError", then file:line function, innermost last."""
    told: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        told[:0] = [type(current).__qualname__, *(f"{f.filename}:{f.lineno} {f.name}" for f in frames)]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return told


def without_addresses(words: str) -> str:
    """The words with addresses of mail and of machines struck out."""
    return ADDRESS.sub("[address]", words)
