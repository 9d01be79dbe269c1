"""The only writer of need lines and council figures: an officer's upload, or the demonstration's."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eoi.extensions import db
from eoi.models.base import Base
from eoi.models.need import CouncilFigure, NeedLine
from eoi.models.upsert import insert
from eoi.queries import need as queries
from eoi.rules.errors import BadFile, MovedOn, NotAllowed
from eoi.rules.figures import Figure
from eoi.rules.need import Line
from eoi.rules.permissions import SYSTEM, Actor, Permission, may
from eoi.rules.sheets import Preview
from eoi.workflow import audit

DATA = Path(__file__).parents[1] / "data"
LINE_KEY = ("year", "district_code", "need", "phase", "path")
FIGURE_KEY = ("urn", "kind", "item")


def upload_lines(text: str, la_code: str, *, seen: str | None, by: Actor) -> Preview[Line]:
    """Add and change need lines as the CSV says; lines that it rejects are left out, lines it lacks stay.

    `seen` is the digest of the preview that the officer confirmed. The caller commits. Raises NotAllowed, BadFile, and
    MovedOn where the file would no longer do what the officer saw.
    """
    changes = _confirmed(queries.preview_lines, text, la_code, seen, by)
    _put(NeedLine, LINE_KEY, [asdict(row) for row in changes.wanted()])
    _record("need lines uploaded", changes, by)
    return changes


def upload_figures(text: str, la_code: str, *, seen: str | None, by: Actor) -> Preview[Figure]:
    """Add and change council figures as the CSV says, on the terms of `upload_lines`. The caller commits."""
    changes = _confirmed(queries.preview_figures, text, la_code, seen, by)
    _put(CouncilFigure, FIGURE_KEY, [asdict(row) for row in changes.wanted()])
    _record("council data uploaded", changes, by)
    return changes


def load(la_code: str, *, by: Actor = SYSTEM) -> None:
    """Load the demonstration's need lines and council figures, all marked illustrative. The caller commits."""
    upload_lines((DATA / "demo_need.csv").read_text("utf-8"), la_code, seen=None, by=by)
    upload_figures((DATA / "demo_council_figures.csv").read_text("utf-8"), la_code, seen=None, by=by)


def _confirmed(
    read: Callable[[str, str], Preview[Any]], text: str, la_code: str, seen: str | None, by: Actor
) -> Preview[Any]:
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    changes = read(text, la_code)
    if seen is not None and changes.digest() != seen:
        raise MovedOn("Somebody else changed these figures after you looked. Upload the file again.")
    if not changes.changes and seen is not None:
        raise BadFile("The file changes nothing.")
    return changes


def _put(model: type[Base], key: Sequence[str], rows: list[dict[str, Any]]) -> None:
    if rows:
        statement = insert(model)
        others = {name: statement.excluded[name] for name in rows[0] if name not in key}
        db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=others), rows)
    db.session.expire_all()


def _record(action: str, changes: Preview[Any], by: Actor) -> None:
    """Counts, and of what was replaced the first hundred rows as they stood: an audit entry stays readable."""
    detail = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "rejected": len(changes.rejected),
        "replaced": [" · ".join(str(value) for value in asdict(old).values()) for old, _ in changes.changed[:100]],
    }
    audit.record("need", action, by=by, detail=detail)
