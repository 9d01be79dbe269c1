"""A case and a person erased: nothing of them is found anywhere, and the record is still whole."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from eoi import jobs
from eoi.extensions import db as database
from eoi.models import AuditDetail, AuditEntry, Letter, Outgoing, PersonErased, Snapshot, Submission, Tombstone, User
from eoi.outbound import files
from eoi.queries import personal
from eoi.rules.errors import NotAllowed, Refused
from eoi.rules.permissions import SYSTEM
from eoi.rules.retention import Kept
from eoi.rules.stages import Stage
from eoi.workflow import erasing, retention, subject
from eoi.workflow.verifying import Verification
from tests.clock import START
from tests.people import ELSEWHERE
from tests.planting import found, marked_case, marked_person

CASE, PERSON = "Quagga7Case", "Okapi9Person"


@pytest.fixture
def store(app):
    return files.open_store(app.config["FILES_URL"])


def run(db, kind):
    """The work of this kind that is due."""
    for work in db.session.scalars(select(Outgoing).where(Outgoing.kind == kind)).all():
        jobs.run(work.kind, work.id)


def faults(store):
    return list(Verification(store).faults())


def test_nothing_of_a_person_and_a_case_is_found_anywhere(db, people, cases, store, app, engine, tmp_path):
    submission, cells = marked_case(cases, CASE, store)
    alice, stays = marked_person(cases, PERSON, store)
    folder = Path(engine.folder) if db.engine.dialect.name == "sqlite" else tmp_path
    number, left = alice.id, stays.id
    assert cells > 60
    assert {"table submission", "table letter", "table audit_detail"} < set(found(CASE, tmp_path))
    assert {"table user", "table section", "table snapshot", "table sign_in"} < set(found(PERSON, tmp_path))

    erasing.erase(submission, by=people.actor("ada"), line=None, reason="Asked for")
    subject.erase(personal.subject(alice.email), reason="Asked for", by=people.actor("ada"))
    db.session.commit()
    run(db, erasing.JOB)

    assert found(CASE, tmp_path) + found(PERSON, tmp_path) == []
    assert found(CASE, folder) + found(PERSON, folder) == []
    assert faults(store) == []
    assert db.session.get(Submission, left).lead.name == f"Former user {number}"


def test_tombstone_stays_and_the_chain_goes_on(db, people, cases, store):
    submission = cases.at(Stage.DECLINED)
    number, case, reference = submission.id, submission.case, submission.reference
    before = db.session.scalar(select(func.count()).where(AuditEntry.case == case))
    erasing.erase(submission, by=SYSTEM, line=Kept.DECLINED)
    db.session.commit()
    stone = db.session.scalars(select(Tombstone)).one()
    assert (stone.reference, stone.outcome, stone.kept) == (reference, "Declined", Kept.DECLINED)
    assert stone.rows > 20
    assert db.session.get(Submission, number) is None
    chain = db.session.scalars(select(AuditEntry).where(AuditEntry.case == case).order_by(AuditEntry.seq)).all()
    assert (len(chain), chain[-1].action) == (before + 1, "erased")
    assert [entry.seq for entry in chain if entry.detail] == [chain[-1].seq]
    assert faults(store) == []


def test_letters_stay_where_the_rest_goes_sooner(db, people, cases, store):
    submission = cases.at(Stage.INELIGIBLE)
    cases._issue(submission)
    erasing.erase(submission, by=SYSTEM, line=Kept.INELIGIBLE, letters_stay=True)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Snapshot)) == 0
    assert db.session.scalars(select(Letter)).one().is_issued
    assert faults(store) == []


def test_a_file_that_another_case_names_stays(db, people, cases, store):
    one = cases.at(Stage.PRE_STATUTORY)
    cases.clock.travel(START)
    other = cases.at(Stage.PRE_STATUTORY, urn=ELSEWHERE)
    shared = db.session.scalars(select(Letter.key).where(Letter.submission_id == other.id)).one()
    assert shared == db.session.scalars(select(Letter.key).where(Letter.submission_id == one.id)).one()
    erasing.erase(one, by=SYSTEM, line=None, reason="x")
    db.session.commit()
    run(db, erasing.JOB)
    assert store.exists(shared)


def test_a_case_held_back_is_not_erased(db, people, cases):
    submission = cases.at(Stage.DECLINED)
    retention.hold(submission, reason="Ombudsman", review_on=submission.created_at.date().replace(year=2031),
                   by=people.actor("ada"))  # fmt: skip
    with pytest.raises(Refused, match="held back"):
        erasing.erase(submission, by=SYSTEM, line=Kept.DECLINED)


def test_only_who_may_erases_a_person_and_nobody_themselves(db, people, cases):
    with pytest.raises(NotAllowed):
        subject.erase(personal.subject("alice@example.org"), reason="x", by=people.actor("olu"))
    with pytest.raises(NotAllowed, match="your own"):
        subject.erase(personal.subject("ada@example.org"), reason="x", by=people.actor("ada"))


def test_a_contact_without_an_account_is_erased(db, people, cases, store):
    marked_person(cases, PERSON, store)
    person = personal.Subject("nobody@example.org", f"{PERSON} Person")
    subject.erase(person, reason="Asked", by=people.actor("ada"))
    db.session.commit()
    run(db, erasing.JOB)
    assert db.session.scalars(select(PersonErased.known_as)).one() == "A former contact"
    assert f"{PERSON} Person" not in str(db.session.scalars(select(Snapshot.content)).all())
    assert faults(store) == []


def test_export_holds_what_they_said_and_no_secret(db, people, cases, store):
    alice, _ = marked_person(cases, PERSON, store)
    held = personal.held(personal.subject(alice.email))
    assert {"user", "section", "snapshot", "declaration", "audit_entry", "outgoing", "membership"} <= set(held)
    assert not any("hash" in column for rows in held.values() for row in rows for column in row)


def test_every_word_of_an_account_chain_goes(db, people, cases):
    alice = people.alice
    subject.correct(alice, name="Alice New", email="new@example.org", reason="Married", by=people.actor("ada"))
    subject.erase(personal.subject("new@example.org"), reason="x", by=people.actor("ada"))
    db.session.commit()
    chain = select(AuditEntry.id).where(AuditEntry.case == f"user:{alice.id}", AuditEntry.action != "erased")
    assert db.session.scalars(select(AuditDetail).where(AuditDetail.entry_id.in_(chain))).all() == []
    assert database.session.get(User, alice.id).active is False
