"""The only writer of need lines and council figures: an officer's edit or upload, or the demonstration's.

A need line that is changed or removed stays as it was in `NeedLinePast`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eoi.extensions import db, now
from eoi.models.base import Base
from eoi.models.need import CouncilFigure, NeedLine, NeedLinePast
from eoi.models.upsert import insert
from eoi.queries import need as queries
from eoi.rules.errors import Invalid, MovedOn, NotAllowed
from eoi.rules.figures import Figure
from eoi.rules.need import Line, places_refusal
from eoi.rules.permissions import SYSTEM, Actor, Permission, may
from eoi.rules.sheets import Preview
from eoi.workflow import audit
from eoi.workflow.uploading import confirmed, recorded

DATA = Path(__file__).parents[1] / "data"
LINE_KEY = ("year", "district_code", "need", "phase", "path")
FIGURE_KEY = ("urn", "kind", "item")
PAST = (*LINE_KEY, "places", "source", "as_at", "illustrative")


def upload_lines(text: str, la_code: str, *, seen: str | None, by: Actor) -> Preview[Line]:
    """Add and change need lines as the CSV says; lines that it rejects are left out, lines it lacks stay.

    `seen` is the digest of the preview that the officer confirmed. The caller commits. Raises NotAllowed, BadFile, and
    MovedOn where the file would no longer do what the officer saw.
    """
    changes = confirmed(queries.preview_lines, text, la_code, seen, by)
    _keep((old for old, _ in changes.changed), by)
    _put(NeedLine, LINE_KEY, [asdict(row) for row in changes.wanted()])
    recorded("need lines uploaded", changes, by)
    return changes


def upload_figures(text: str, la_code: str, *, seen: str | None, by: Actor) -> Preview[Figure]:
    """Add and change council figures as the CSV says, on the terms of `upload_lines`. The caller commits."""
    changes = confirmed(queries.preview_figures, text, la_code, seen, by)
    _put(CouncilFigure, FIGURE_KEY, [asdict(row) for row in changes.wanted()])
    recorded("council data uploaded", changes, by)
    return changes


def load(la_code: str, *, by: Actor = SYSTEM) -> None:
    """Load the demonstration's need lines and council figures, all marked illustrative. The caller commits."""
    upload_lines((DATA / "demo_need.csv").read_text("utf-8"), la_code, seen=None, by=by)
    upload_figures((DATA / "demo_council_figures.csv").read_text("utf-8"), la_code, seen=None, by=by)


def add_line(line: Line, *, by: Actor) -> NeedLine:
    """Write a new need line. The caller commits.

    Raises Invalid where these places cannot be sought, or a line for the same says otherwise already; NotAllowed.
    """
    _check(line, by)
    if stands := queries.line_of(line.key):
        said = f"There is a line for this already: {stands.places} places, {stands.source}. Change that one."
        raise Invalid({"places": said})
    made = NeedLine(**asdict(line))
    db.session.add(made)
    db.session.flush()
    _record("need line added", line, by)
    return made


def change_line(line: NeedLine, to: Line, *, seen: int, by: Actor) -> None:
    """Change what a line says; what it is about stays. The caller commits. Raises Invalid, NotAllowed, MovedOn."""
    _check(to, by)
    _compare(line, seen)
    if line.row() == to:
        return
    _keep([line.row()], by)
    for name in ("places", "source", "as_at", "illustrative"):
        setattr(line, name, getattr(to, name))
    db.session.flush()
    _record("need line changed", to, by)


def remove_line(line: NeedLine, *, seen: int, by: Actor) -> None:
    """Take a line away; what it said stays in the history. The caller commits. Raises NotAllowed, MovedOn."""
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    _compare(line, seen)
    _keep([line.row()], by, removed=True)
    _record("need line removed", line.row(), by)
    db.session.delete(line)
    db.session.flush()


def _check(line: Line, by: Actor) -> None:
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    errors = {"places": places_refusal(line.places), "source": "" if line.source else "Enter the source"}
    if wrong := {name: message for name, message in errors.items() if message}:
        raise Invalid(wrong)


def _compare(line: NeedLine, seen: int) -> None:
    if line.version != seen:
        said = {"Places sought": f"{line.places}", "Source": line.source}
        raise MovedOn("Somebody else changed this line while you had it open.", theirs=said)


def _keep(rows: Iterable[Line], by: Actor, removed: bool = False) -> None:
    """What stood until now, one row a line."""
    ended = {"until": now(), "ended_by_id": by.id if by.kind == "user" else None, "removed": removed}
    db.session.add_all([NeedLinePast(**{name: getattr(row, name) for name in PAST}, **ended) for row in rows])


def _put(model: type[Base], key: Sequence[str], rows: list[dict[str, Any]]) -> None:
    if rows:
        statement = insert(model)
        others: dict[str, Any] = {name: statement.excluded[name] for name in rows[0] if name not in key}
        if model is NeedLine:
            others["version"] = NeedLine.version + 1
            rows = [{**row, "version": 1} for row in rows]
        db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=others), rows)
    db.session.expire_all()


def _record(action: str, line: Line, by: Actor) -> None:
    audit.record("need", action, by=by, detail={name: str(value) for name, value in asdict(line).items()})
