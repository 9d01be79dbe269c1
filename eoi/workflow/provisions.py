"""The only writer of provision: an officer's edit or upload, and the opening of a case. Each change is dated."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path as File
from typing import Any

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now, today
from eoi.models import ProblemReport, Provision, ProvisionChange, Submission
from eoi.queries import provision as queries
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, NotFound
from eoi.rules.permissions import SYSTEM, Actor, Permission, may
from eoi.rules.provision import MOST_PLACES, Row, changes
from eoi.rules.pupil_data import warning
from eoi.rules.retention import SCHEDULE, Kept, after
from eoi.rules.sheets import Preview
from eoi.rules.words import LONDON, Designation, Phase, State, long_date
from eoi.workflow import audit, notices
from eoi.workflow.uploading import confirmed, recorded

KNOWN = File(__file__).parents[1] / "data" / "kent_srps.csv"
AGES = {Phase.PRIMARY: (4, 11), Phase.SECONDARY: (11, 16)}
#: What an officer may edit, in the order of the page.
EDITED = (
    "places", "low_age", "high_age", "partner_urn", "state", "opened_on", "about", "published", "source", "as_at",
    "note", "illustrative",
)  # fmt: skip


def upload(text: str, la_code: str, *, seen: str | None, by: Actor) -> Preview[Row]:
    """Add and change known provision as the CSV says; what came of a case stays. The caller commits.

    Raises NotAllowed, BadFile, and MovedOn where the file would no longer do what the officer saw.
    """
    found = confirmed(queries.preview_rows, text, la_code, seen, by)
    for row in found.added:
        _add(row, by)
    for old, new in found.changed:
        stands = queries.untied(old.key)
        if stands is None:
            raise MovedOn
        _write(stands, asdict(new), by)
    _flush()
    recorded("provision uploaded", found, by)
    return found


def load(la_code: str, *, publish: bool, by: Actor = SYSTEM) -> None:
    """Load the provision that the product knows from published lists. The caller commits.

    `publish`: what exists is shown in the Local Offer, as a demonstration wants it.
    """
    found = upload(KNOWN.read_text("utf-8"), la_code, seen=None, by=by)
    for row in found.added if publish else []:
        made = queries.untied(row.key)
        if made and row.state is State.EXISTING:
            made.published = True
    _flush()


def add(row: Row, *, by: Actor) -> Provision:
    """Write down a provision that the council knows of. The caller commits.

    Raises Invalid where it stands already or a fact cannot be, NotAllowed.
    """
    _allowed(by)
    if queries.untied(row.key):
        raise Invalid({"urn": "This school's provision for this path, need and phase is in the list already"})
    _check(asdict(row))
    made = _add(row, by)
    _flush()
    audit.record("need", "provision added", by=by, detail={name: str(value) for name, value in asdict(row).items()})
    return made


def change(one: Provision, to: Mapping[str, Any], *, seen: int, by: Actor) -> None:
    """Change these facts of a provision, by the names of `EDITED`. The caller commits.

    Raises Invalid, NotAllowed, and MovedOn where somebody else was first.
    """
    _allowed(by)
    if one.version != seen:
        raise MovedOn("Somebody else changed this provision while you had it open.", theirs=_shown(one))
    _check(to)
    _write(one, to, by)
    _flush()


def opened(submission: Submission, record: Mapping[str, Any], *, by: Actor) -> None:
    """A case opened: its provision enters the Local Offer, or comes back with what the record says now."""
    low, high = AGES[submission.phase]
    day = record.get("opened_on")
    facts = {
        "places": record.get("places") or submission.places,
        "opened_on": date.fromisoformat(day) if isinstance(day, str) else day or today(),
        "state": State.EXISTING,
        "published": True,
        "partner_urn": submission.partner_urn,
        "as_at": today(),
    }
    there = queries.of_case(submission.id)
    if there is None:
        there = Provision(
            urn=submission.urn, path=submission.path, need=Designation(submission.need.value), phase=submission.phase,
            low_age=low, high_age=high, source=f"Opened through {submission.reference}",
            illustrative=current_app.config["DEMONSTRATION"],
            submission_id=submission.id, changed_at=now(), **facts,
        )  # fmt: skip
        db.session.add(there)
        _say(there, f"Opened on {long_date(there.opened_on or today())}.", by)
    else:
        _write(there, facts, by)
    _flush()


def report(one: Provision, text: str) -> ProblemReport:
    """Somebody of the public says what is wrong with an entry. The caller commits. Raises Invalid without words."""
    if wrong := warning(text) or ("" if text.strip() else "Enter what is wrong with this entry"):
        raise Invalid({"text": wrong})
    made = ProblemReport(provision=one, text=text.strip(), reported_at=now())
    db.session.add(made)
    db.session.flush()
    team, address = current_app.config["COUNCIL_SEN_TEAM"], current_app.config["COUNCIL_EMAIL"]
    key, path = f"entry problem {made.id}", "/need/problems"
    notices.mail("entry_problem", address, key, name=team, school=one.school.name, path=path)
    return made


def tidy() -> None:
    """Forget what was reported and dealt with a year ago; the caller commits."""
    first_kept = after(today(), -SCHEDULE[Kept.REPORT].months)
    old = ProblemReport.handled_at < datetime.combine(first_kept, time.min, LONDON)
    db.session.execute(delete(ProblemReport).where(old))


def handle(made: ProblemReport | None, answer: str, *, by: Actor) -> None:
    """An officer has dealt with a report. The caller commits. Raises NotFound, NotAllowed, Invalid, MovedOn."""
    _allowed(by)
    if made is None:
        raise NotFound
    if made.handled_at:
        raise MovedOn("Somebody else has dealt with this report.", theirs={"What was done": made.answer})
    if not answer.strip():
        raise Invalid({"answer": "Enter what you found and did"})
    made.handled_at, made.handled_by_id, made.answer = now(), by.id, answer.strip()
    audit.record("need", "entry problem handled", by=by, detail={"report": made.id})


def _allowed(by: Actor) -> None:
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed


def _check(to: Mapping[str, Any]) -> None:
    errors = {}
    low, high, places = to.get("low_age"), to.get("high_age"), to.get("places")
    if places is not None and not 1 <= places <= MOST_PLACES:
        errors["places"] = f"Places must be from 1 to {MOST_PLACES}"
    if low is not None and high is not None and low > high:
        errors["high_age"] = "The highest age must not be below the lowest"
    if not to.get("source", "x"):
        errors["source"] = "Enter the source"
    if to.get("published") and to.get("state") is not State.EXISTING:
        errors["published"] = "Only what exists can be in the Local Offer. Choose “Existing”, or leave it out"
    if errors:
        raise Invalid(errors)


def _add(row: Row, by: Actor) -> Provision:
    low, high = AGES[row.phase]
    made = Provision(**asdict(row), low_age=low, high_age=high, changed_at=now())
    db.session.add(made)
    _say(made, "Added to the list.", by)
    return made


def _write(one: Provision, to: Mapping[str, Any], by: Actor) -> None:
    before = _facts(one)
    for name in EDITED:
        if name in to:
            setattr(one, name, to[name])
    if said := changes(before, _facts(one)):
        one.changed_at = now()
        _say(one, said, by)
        detail = {"provision": one.public_id, "change": said}
        audit.record("need", "provision changed", by=by, detail=detail)


def _facts(one: Provision) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("need", "phase", *EDITED)} | {"partner": one.partner_urn}


def _shown(one: Provision) -> dict[str, str]:
    return {"Places": str(one.places or "not known"), "Note": one.note, "About the provision": one.about}


def _say(one: Provision, text: str, by: Actor) -> None:
    who = by.id if by.kind == "user" else None
    one.changes.append(ProvisionChange(changed_at=now(), changed_by_id=who, text=text))


def _flush() -> None:
    try:
        db.session.flush()
    except StaleDataError:
        raise MovedOn("Somebody else changed this provision while you had it open.") from None
