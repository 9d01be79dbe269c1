"""Internal words never reach a school: a marker in every internal field, and every page, mail and paper read for it."""

import pytest
from flask import url_for
from sqlalchemy import select

from eoi import jobs
from eoi.models import Attachment, Comment, Letter, Message, Outgoing, Snapshot, Submission
from eoi.outbound import files
from eoi.queries import retention
from eoi.queries.papers import letters as papers
from eoi.queries.papers.snapshots import eoi
from eoi.rules.stages import Stage
from eoi.rules.talking import Audience
from tests.planting import _plant, add_rows
from tests.web.entering import enter

INTERNAL, TEAM = "Quokka3Internal", "Numbat5Team"
#: What the school wrote, was sent, or reads on its own pages. A table that is not here is internal.
SCHOOL_READS = {
    "submission", "section", "document", "declaration", "snapshot", "logged", "clarification", "letter", "message",
    "outgoing", "link",
}  # fmt: skip
#: Words that letters say to the school, in the letters alone: pages must not have them before.
IN_LETTERS = {"decision", "reason", "condition"}


@pytest.fixture
def case(db, app, cases):
    """Declined, with its letter out; everything that was ever written about it holds the marker, and nothing else."""
    submission = cases.at(Stage.DECLINED)
    cases._issue(submission)
    add_rows(submission.id, cases, INTERNAL)
    said = db.session.scalars(select(Message)).one()
    said.text = "What the school said"
    files_ = db.session.scalars(select(Attachment)).all()
    key = files.open_store(app.config["FILES_URL"]).put(f"of {INTERNAL}".encode())
    for file in files_:
        file.key = key
        if file.message_id:
            db.session.delete(file)
    for table, mine in retention.owned(submission.id):
        if table.name not in SCHOOL_READS | IN_LETTERS:
            for row in db.session.execute(select(table).where(mine)).all():
                _plant(table, row, INTERNAL)
    for mail in db.session.scalars(select(Outgoing).where(Outgoing.submission_id == submission.id)):
        if not mail.payload.get("for_school"):
            mail.payload = {**mail.payload, "text": INTERNAL, "subject": INTERNAL}
    db.session.commit()
    db.session.expire_all()
    return submission


def pages_of(app, world, **parts):
    """Every address of this world that is about the case."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            about = {"public_id", "ref"} & rule.arguments
            if rule.endpoint.startswith(world) and about and "GET" in rule.methods and rule.arguments <= parts.keys():
                yield url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})


@pytest.mark.parametrize("reader", ["alice", "ed"])
def test_internal_words_are_on_no_page_and_in_no_mail_or_file_of_the_school(db, app, case, people, mailbox, reader):
    letter = db.session.scalars(select(Letter)).one()
    internal = db.session.scalars(select(Attachment)).one()
    names = [letter.public_id, internal.public_id]
    client, read = enter(app.test_client(), people.by_name[reader]).client, 0
    for name in names:
        for wish in ("call", "review"):
            parts = {"public_id": case.public_id, "name": name, "letter_id": name, "wish": wish, "key": "offer"}
            for path in {"/apply", *pages_of(app, "apply.", **parts)}:
                answer = client.get(path, headers={"Accept": "text/html"})
                assert answer.status_code < 500
                assert INTERNAL.encode() not in answer.data, path
                read += answer.status_code == 200
    assert read > 20
    jobs.drain()  # prints the school's copy, and sends what waits
    assert INTERNAL not in repr([eoi(one) for one in db.session.scalars(select(Snapshot))])
    letter.issued_at, letter.facts = None, None  # as it would be written now
    assert INTERNAL not in repr(papers.letter(letter))
    theirs = {people.alice.email, people.ed.email}
    assert not any(
        INTERNAL in text
        for message, text in zip(mailbox.messages, mailbox.texts, strict=True)
        if message["To"] in theirs
    )
    paths = [f"/review/submissions/{case.reference}{page}" for page in ("", "/comments", "/messages", "/mail")]
    assert {client.get(path).status_code for path in paths} == {403}


def test_words_for_the_case_team_do_not_reach_the_panel(db, app, case, people):
    team = db.session.scalars(select(Comment).where(Comment.audience == Audience.CASE_TEAM)).one()
    team.text = TEAM
    db.session.commit()
    file = db.session.scalars(select(Attachment)).one()
    seen = {}
    for name in ("olu", "priya"):
        client = enter(app.test_client(), people.by_name[name]).client
        parts = {"ref": case.reference, "name": file.public_id}
        answers = [client.get(path, headers={"Accept": "text/html"}) for path in pages_of(app, "review.", **parts)]
        seen[name] = any(TEAM.encode() in answer.data for answer in answers)
        assert any(INTERNAL.encode() in answer.data for answer in answers)
        files_ = client.get(f"/review/submissions/{case.reference}/comments/files/{file.public_id}")
        assert (files_.status_code == 200) is seen[name]
    assert seen == {"olu": True, "priya": False}
    assert db.session.get(Submission, case.id).stage is Stage.DECLINED
