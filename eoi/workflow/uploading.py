"""What every upload of a table shares: only what was looked at is taken, and the record says what was replaced."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from eoi.rules.errors import BadFile, MovedOn, NotAllowed
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.sheets import Preview
from eoi.workflow import audit


def confirmed(
    read: Callable[[str, str], Preview[Any]], text: str, la_code: str, seen: str | None, by: Actor
) -> Preview[Any]:
    """What the file would change now, which is what the officer saw. `seen` is None where nobody had to look.

    Raises NotAllowed, BadFile, and MovedOn where the file would no longer do what was seen.
    """
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    changes = read(text, la_code)
    if seen is not None and changes.digest() != seen:
        raise MovedOn("Somebody else changed this after you looked. Upload the file again.")
    if not changes.changes and seen is not None:
        raise BadFile("The file changes nothing.")
    return changes


def recorded(action: str, changes: Preview[Any], by: Actor) -> None:
    """Counts, and of what was replaced the first hundred rows as they stood: an audit entry stays readable."""
    detail = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "rejected": len(changes.rejected),
        "replaced": [" · ".join(str(value) for value in asdict(old).values()) for old, _ in changes.changed[:100]],
    }
    audit.record("need", action, by=by, detail=detail)
