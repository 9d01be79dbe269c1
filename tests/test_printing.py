"""What jobs print: once, from the frozen record, with nothing changed by a second run."""

import hashlib

from flask import current_app
from sqlalchemy import func, select

from eoi import jobs, printing
from eoi.models import AuditEntry, Letter, Snapshot
from eoi.outbound import files
from eoi.queries import review
from eoi.rules.stages import Stage
from tests.outbound import reading


def stored(key):
    return files.open_store(current_app.config["FILES_URL"]).get(key)


def test_snapshot_is_printed_once_from_what_was_frozen(db, cases, tmp_path):
    submission = cases.at(Stage.SUBMITTED)
    submission.school.name = "Renamed since"
    db.session.commit()
    jobs.drain()
    snapshot = db.session.scalars(select(Snapshot)).one()
    pdf = stored(snapshot.pdf_key)
    words = reading.text(pdf)
    assert "Hopefield Primary School" in words
    assert "Renamed since" not in words
    assert snapshot.sha256 in words
    assert reading.errors(pdf, tmp_path) == []
    printing.print_snapshot(snapshot.id)
    db.session.commit()
    prints = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "print")
    assert db.session.scalar(prints) == 1


def test_notice_is_printed_issued_and_mailed_once(db, cases, mailbox):
    submission = cases.at(Stage.RETURNED)
    jobs.drain()
    letter = review.letters(submission)[-1]
    assert letter.is_issued
    assert letter.key == hashlib.sha256(stored(letter.key)).hexdigest()
    assert "Tell us more about this." in reading.text(stored(letter.key))
    assert not submission.letter_issued
    version, sent = letter.version, len(mailbox.messages)
    printing.print_notice(letter.id)
    db.session.commit()
    jobs.drain()
    assert (db.session.get(Letter, letter.id).version, len(mailbox.messages)) == (version, sent)
