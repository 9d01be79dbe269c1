"""From a decision to a letter in the school's hands: each outcome, path and type of school, its bytes and its mail."""

import hashlib

import pytest
from flask import current_app
from sqlalchemy import func, select

from eoi import jobs
from eoi.models import Access, AuditEntry, Letter, Outgoing
from eoi.outbound import files
from eoi.queries import review
from eoi.rules.chain import digest
from eoi.rules.papers import LetterPaper, thaw
from eoi.rules.stages import DECIDING, Stage
from eoi.rules.words import Path
from eoi.workflow import letters, stages
from tests.outbound import reading
from tests.people import HOPEFIELD, RIVERSIDE
from tests.web.review.browsing import at, send

SAYS = {
    Stage.APPROVED: "is approved to proceed.",
    Stage.CONDITIONS: "Appoint a teacher in charge who holds QTS",
    Stage.DECLINED: "The district’s places in this phase are met by provision that opens next year.",
    Stage.DEFERRED: "Capital for this district is not settled yet.",
    Stage.INELIGIBLE: "We cannot consider it in this round",
}
ROADS = {
    (Path.SRP, HOPEFIELD): "statutory proposal by the council",
    (Path.SRP, RIVERSIDE): "significant change by the academy trust",
    (Path.SATELLITE, RIVERSIDE): "statutory proposal for the special school",
    (Path.SATELLITE, HOPEFIELD): "statutory proposal for the special school",
}


def draft_of(submission):
    return review.letters(submission)[-1]


def page_of(submission, rest=""):
    return at(submission, f"/letters/{draft_of(submission).public_id}{rest}")


def issue(harriet, submission):
    return send(harriet, page_of(submission, "/issue"), {"version": str(draft_of(submission).version)})


def bytes_of(letter):
    return files.open_store(current_app.config["FILES_URL"]).get(letter.key)


@pytest.mark.parametrize(("path", "urn"), list(ROADS))
@pytest.mark.parametrize("stage", list(SAYS))
def test_letter_says_what_was_decided(as_, db, cases, tmp_path, stage, path, urn):
    submission = cases.at(stage, path=path, urn=urn)
    issue(as_("harriet"), submission)
    db.session.expire_all()
    letter = draft_of(submission)
    pdf = bytes_of(letter)
    words = reading.text(pdf)
    assert SAYS[stage] in words
    assert submission.reference in words
    assert "Harriet Lane" in words
    if stage in (Stage.APPROVED, Stage.CONDITIONS):
        assert ROADS[path, urn] in words
        assert "This is not the statutory decision" in words
    assert reading.errors(pdf, tmp_path) == []
    assert letter.key == hashlib.sha256(pdf).hexdigest()
    assert thaw(LetterPaper, letter.facts).kind == letter.kind


def test_mail_goes_out_after_the_commit_and_leads_to_the_letter(as_, app, db, cases, people, mailbox):
    submission = cases.at(Stage.APPROVED)
    jobs.drain()
    mailbox.messages.clear()
    issue(as_("harriet"), submission)
    jobs.drain()
    (message,) = mailbox.messages
    link = f"/apply/{submission.public_id}/letters/{draft_of(submission).public_id}"
    assert message["To"] == people.alice.email
    assert f"{app.config['SITE_URL']}{link}" in mailbox.texts[0]
    assert as_("alice").get(link).data == bytes_of(draft_of(submission))


def test_school_reads_the_outcome_once_the_letter_is_issued(as_, db, cases):
    submission = cases.at(Stage.DECLINED)
    link = f"/apply/{submission.public_id}/letters/{draft_of(submission).public_id}"
    assert submission.public_stage == DECIDING
    as_("alice").get(link, status=404)
    as_("sam").get(link, status=404)
    issue(as_("harriet"), submission)
    db.session.expire_all()
    assert submission.public_stage == "Declined"
    as_("alice").get(link)
    as_("sam").get(link, status=404)


def test_letter_is_issued_once(as_, db, cases):
    submission = cases.at(Stage.APPROVED)
    harriet, path = as_("harriet"), page_of(submission, "/issue")
    data = {"version": str(draft_of(submission).version)}
    send(harriet, path, data)
    key = draft_of(submission).key
    assert "This letter has been issued and stays as it is." in harriet.post(path, data, status=422, check=False).text
    db.session.expire_all()
    assert draft_of(submission).key == key
    mails = select(func.count()).select_from(Outgoing).where(Outgoing.key.startswith("mail letter "))
    assert db.session.scalar(mails) == 1
    assert harriet.get(path, status=302).location == page_of(submission)


def test_letter_that_changed_meanwhile_is_looked_at_again(as_, db, cases):
    submission = cases.at(Stage.APPROVED)
    seen = str(draft_of(submission).version)
    send(as_("olu"), page_of(submission), {"version": seen, "paragraph": "We admired your garden."})
    as_("harriet").post(page_of(submission, "/issue"), {"version": seen}, status=409, check=False)
    db.session.expire_all()
    assert not draft_of(submission).is_issued


def test_confirm_page_shows_the_letter_and_who_is_told(as_, cases, people):
    submission = cases.at(Stage.DEFERRED)
    page = as_("harriet").get(page_of(submission, "/issue")).text
    assert "Issue this letter?" in page
    assert people.alice.email in page
    assert "Capital for this district is not settled yet." in page


@pytest.mark.parametrize("name", ["olu", "cleo", "priya", "aisha", "dev", "audrey", "alice", "sam"])
def test_nobody_else_issues(as_, db, cases, name):
    submission = cases.at(Stage.APPROVED)
    as_(name).get(page_of(submission, "/issue"), status=403)
    as_(name).post(page_of(submission, "/issue"), {"version": "1"}, status=403)
    assert not draft_of(submission).is_issued


def test_decision_that_was_put_back_has_no_letter(as_, db, cases, people):
    submission = cases.at(Stage.APPROVED)
    stages.move(submission, "reopen", by=people.actor("harriet"), to=Stage.WITH_HEAD, detail={"reason": "Wrong case"})
    db.session.commit()
    as_("harriet").post(page_of(submission, "/issue"), {"version": "1"}, status=409, check=False)


def test_hash_stands_on_the_page_and_in_the_audit(as_, db, cases):
    submission = cases.at(Stage.APPROVED)
    harriet = as_("harriet")
    issue(harriet, submission)
    key = draft_of(submission).key
    assert key in harriet.get(page_of(submission)).text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "issue_letter")).one()
    told = {"number": draft_of(submission).number, "sha256": key, "facts": digest(draft_of(submission).facts)}
    assert entry.detail.content == told


def test_latest_letter_is_downloaded_under_its_name(as_, db, cases):
    submission = cases.at(Stage.APPROVED)
    olu = as_("olu")
    olu.get(at(submission, "/letter.pdf"), status=404)
    issue(as_("harriet"), submission)
    answer = olu.get(at(submission, "/letter.pdf"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="EOI-2026-0001 letter L1.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data == bytes_of(draft_of(submission))
    opened = db.session.scalars(select(Access.what).where(Access.what.endswith("letter.pdf"))).all()
    assert opened == [at(submission, "/letter.pdf")]


def test_letter_issued_before_it_was_printed_is_printed_by_a_job(as_, db, cases, people):
    submission = cases.at(Stage.APPROVED)
    letters.issue_unprinted(draft_of(submission), seen=draft_of(submission).version, by=people.actor("harriet"))
    db.session.commit()
    assert "Being printed" in as_("harriet").get(page_of(submission)).text
    jobs.drain()
    assert bytes_of(db.session.scalars(select(Letter)).one())[:4] == b"%PDF"
