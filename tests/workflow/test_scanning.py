"""Files that came while the scanner was away: held, scanned by a real clamd when it is back."""

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.extensions import db
from eoi.models import AuditEntry, Outgoing
from eoi.models.outgoing import State
from eoi.outbound import files
from eoi.queries import drafts
from eoi.rules.scanning import Verdict
from eoi.rules.stages import Stage
from eoi.workflow import drafting, outgoing, scanning
from eoi.workflow.verifying import Verification
from tests.clamd import EICAR


@pytest.fixture
def store(app):
    return files.open_store(app.config["FILES_URL"])


@pytest.fixture
def hold(cases, people, store):
    """Add a file of these bytes to Alice's draft, as it is added while the scanner is away."""
    draft = cases.at(Stage.DRAFT)

    def add(content):
        document = drafting.add_document(
            draft, "floor_plan", name="plan.pdf", content_type="application/pdf", size=len(content),
            key=store.put(content), scanned=Verdict.HELD, no_pupil_data=True, by=people.actor("alice"),
        )  # fmt: skip
        db.session.commit()
        return document

    return add


def told(document):
    entry = select(AuditEntry).where(AuditEntry.case == document.submission.case).order_by(AuditEntry.seq.desc())
    return db.session.scalars(entry.limit(1)).one()


def test_held_file_waits_for_the_scanner_and_goes_free(app, hold, clock, clamd, mailbox):
    app.config["CLAMD_URL"] = "unix:/nowhere"
    document = hold(b"%PDF-1.7 a plan")
    jobs.drain()
    work = db.session.scalars(select(Outgoing).where(Outgoing.kind == scanning.JOB)).one()
    assert (document.scanned, work.state, work.attempts) == (Verdict.HELD, State.WAITING, 1)
    app.config["CLAMD_URL"] = clamd
    clock.advance(minutes=1)
    jobs.drain()
    assert (document.scanned, document.removed_at, work.state) == (Verdict.CLEAN, None, State.DONE)
    assert (told(document).action, told(document).actor_kind) == ("scan_document", "system")


def test_held_file_with_a_virus_goes_and_the_lead_is_told(app, hold, clamd, mailbox, store):
    app.config["CLAMD_URL"] = clamd
    document = hold(EICAR)
    jobs.drain()
    assert (document.scanned, drafts.documents(document.submission)) == (Verdict.INFECTED, [])
    entry = told(document)
    assert (entry.action, entry.detail.content["reason"]) == (
        "remove_infected", "The virus check found a virus in plan.pdf."
    )  # fmt: skip
    assert [(m["To"], m["Subject"]) for m in mailbox.messages] == [
        ("alice@example.org", "We removed a file: it had a virus")
    ]
    assert not store.exists(document.key)
    scanning.scan_held(db.session.scalars(select(Outgoing).where(Outgoing.kind == scanning.JOB)).one())
    assert told(document).id == entry.id
    assert list(Verification(store, []).faults()) == []


def test_the_same_bytes_of_a_file_that_was_passed_stay(app, hold, people, clamd, mailbox, store):
    app.config["CLAMD_URL"] = clamd
    document = hold(EICAR)
    hold(EICAR).scanned = Verdict.CLEAN
    jobs.drain()
    assert store.exists(document.key)


def test_a_scanner_that_is_away_for_a_day_is_asked_again(app, hold, clock, clamd):
    document = hold(b"%PDF-1.7 a plan")
    work = db.session.scalars(select(Outgoing).where(Outgoing.kind == scanning.JOB)).one()
    work.attempts = outgoing.MOST_ATTEMPTS
    outgoing.put_off(work, "ScannerAway")
    db.session.commit()
    assert work.state is State.FAILED
    app.config["CLAMD_URL"] = clamd
    jobs.tick()
    clock.advance(minutes=61)
    jobs.drain()
    assert document.scanned == Verdict.CLEAN
