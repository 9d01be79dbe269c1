"""Shows 5: a case and a person erased from a database of 1,000 cases.

A marker is planted in every text, JSON and file of both, and looked for afterwards in every table and every file.
"""

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import or_, select

from config import Settings
from eoi import create_app, jobs
from eoi.cli import start
from eoi.cli.demo import issue_from_record
from eoi.cli.seed.rounds import make_round as make_seeded
from eoi.cli.seed.seeding import seed as sow
from eoi.extensions import db, today
from eoi.models import Outgoing
from eoi.outbound import files
from eoi.queries import personal
from eoi.workflow import erasing, need, register, subject
from eoi.workflow.verifying import Verification
from tests.cases import Cases, make_round
from tests.clock import Clock
from tests.people import make_people, make_schools
from tests.planting import found, marked_case, marked_person

CASES = 1_000
CASE, PERSON = "Quagga7Case", "Okapi9Person"


def main() -> list[str]:
    """Seed, plant, erase, search, verify. Raises AssertionError where a marker was found or a check failed."""
    with tempfile.TemporaryDirectory(prefix="eoi-") as folder:
        app = create_app(Settings(DATA_DIR=Path(folder), DEMONSTRATION=True, SECRET_KEY="of this proof only " * 3))
        with app.app_context():
            seconds = _seed(app)
            lines = _erase(app, Path(folder))
            db.session.remove()
            db.engine.dispose()
    return [f"- {CASES:,} cases seeded in {seconds:.0f} s, and two more walked by the real verbs", *lines]


def _seed(app: Flask) -> float:
    began, code = time.perf_counter(), app.config["COUNCIL_LA_CODE"]
    start.migrate_safely()
    register.load_sample(code)
    need.load(code)
    make_seeded("Proof", today() - timedelta(days=21), today() + timedelta(days=28))
    sow(CASES, 1, issue_from_record, lambda: None)
    db.session.commit()
    return time.perf_counter() - began


def _work() -> int:
    """What erasing promised: files deleted, the copy printed again. Prints of the seeded cases are not waited for."""
    promised = or_(Outgoing.kind == erasing.JOB, Outgoing.key.startswith("eoi_pdf redaction"))
    found = db.session.execute(select(Outgoing.kind, Outgoing.id).where(promised).order_by(Outgoing.id)).all()
    for kind, number in found:
        jobs.run(kind, number)
    return len(found)


def _erase(app: Flask, folder: Path) -> list[str]:
    app.config["CLOCK"] = clock = Clock()
    make_schools()
    people = make_people()
    cases, store = Cases(people, clock, make_round(slug="examples")), files.open_store(app.config["FILES_URL"])
    submission, cells = marked_case(cases, CASE, store)
    alice, _ = marked_person(cases, PERSON, store)
    before = [len(found(marker, folder)) for marker in (CASE, PERSON)]
    began = time.perf_counter()
    stone = erasing.erase(submission, by=people.actor("ada"), line=None, reason="Proof")
    gone = f"{stone.rows} rows and {stone.files} files of the case"
    places = subject.erase(personal.subject(alice.email), reason="Proof", by=people.actor("ada")).places
    db.session.commit()
    seconds = time.perf_counter() - began
    done = _work()
    left = found(CASE, folder) + found(PERSON, folder)
    verification = Verification(store)
    faults = list(verification.faults())
    assert left == [], left
    assert faults == [], faults[:5]
    checked = ", ".join(f"{number:,} {what}" for what, number in verification.checked.items())
    return [
        f"- marker in {cells} cells of the case; found before in {before[0]} and {before[1]} tables and files",
        f"- erased: {gone}, and the person in {places} places, in {seconds:.1f} s; then {done} jobs",
        f"- afterwards the markers stand in {len(left)} tables and files, the database's own bytes included",
        f"- `flask verify`: {len(faults)} faults; {checked}",
    ]
