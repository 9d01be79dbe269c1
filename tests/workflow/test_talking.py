"""Messages, comments and what a school asks for: who may, who is told, who meets whom."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.extensions import db as database
from eoi.models import Attachment, Message, Record, Submission
from eoi.models.link import Purpose
from eoi.models.outgoing import Outgoing, State
from eoi.outbound import files
from eoi.queries import search
from eoi.queries import talking as queries
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.stages import Stage
from eoi.rules.talking import Audience, Ground, Wish
from eoi.workflow import links, notices, talking, wishes
from eoi.workflow.verifying import Verification

UPN = "About A123456789012: when do you visit?"


@dataclass
class Paper:
    key: str
    name: str = "Plan.pdf"
    kind: str = "application/pdf"
    size: int = 9
    scanned: str = "clean"


def write(submission, people, text="When do you visit?", by="alice", seen=None, **more):
    verb = talking.write_to_council if by in ("alice", "ed", "sam") else talking.write_to_school
    last = queries.last_message(submission)
    seen = (last.number if last else 0) if seen is None else seen
    made = verb(submission, text, seen=seen, by=people.actor(by), **more)
    database.session.commit()
    return made


def test_message_reaches_the_other_side_by_a_mail_without_its_words(db, cases, people, mailbox):
    submission = cases.at(Stage.CHECK)
    jobs.drain()
    mailbox.messages.clear()
    write(submission, people, "Zebra corridor?")
    write(submission, people, "Giraffe hall.", by="olu")
    jobs.drain()
    assert [message["To"] for message in mailbox.messages] == ["olu@example.org", "alice@example.org"]
    assert f"/review/submissions/{submission.reference}/messages" in mailbox.texts[0]
    assert f"/apply/{submission.public_id}/messages" in mailbox.texts[1]
    assert not any(word in text for text in mailbox.texts for word in ("Zebra", "Giraffe"))


def test_answering_marks_what_it_answers_as_read(db, cases, people):
    submission = cases.at(Stage.CHECK)
    write(submission, people)
    assert queries.unread(submission, from_school=True) == 1
    write(submission, people, "On Monday.", by="olu")
    assert queries.unread(submission, from_school=True) == 0
    assert queries.unread(submission, from_school=False) == 1
    assert talking.mark_read_by_school(submission, by=people.actor("ed")) == 1
    assert queries.unread(submission, from_school=False) == 0


def test_two_officers_who_answer_at_once_meet(db, cases, people):
    submission = cases.at(Stage.CHECK)
    write(submission, people)
    write(submission, people, "On Monday.", by="olu", seen=1)
    with pytest.raises(MovedOn) as moved:
        write(submission, people, "On Tuesday.", by="oscar", seen=1)
    assert (moved.value.theirs, moved.value.yours) == (
        {"The latest message": "On Monday."}, {"Your message": "On Tuesday."},
    )  # fmt: skip
    db.session.rollback()
    twin = Message(submission_id=submission.id, number=2, from_school=False, text="x", sent_at=cases.clock())
    with pytest.raises(MovedOn):
        talking._add(twin, {})


@pytest.mark.parametrize("name", ["sam", "priya", "audrey", "dev"])
def test_strangers_and_readers_do_not_write(cases, people, name):
    submission = cases.at(Stage.CHECK)
    with pytest.raises(NotAllowed):
        write(submission, people, by=name)


def test_message_needs_words_and_no_child(db, cases, people):
    submission = cases.at(Stage.CHECK)
    for text, field in (("  ", "text"), (UPN, "sure")):
        with pytest.raises(Invalid) as refused:
            write(submission, people, text)
        assert field in refused.value.errors
    assert write(submission, people, UPN, sure=True).number == 1
    with pytest.raises(WrongStage):
        write(cases.at(Stage.DRAFT, urn=900004), people, by="sam")


def test_attached_files_are_stored_files_of_the_case(app, db, cases, people):
    submission = cases.at(Stage.CHECK)
    store = files.open_store(app.config["FILES_URL"])
    write(submission, people, files=[Paper(store.put(b"a plan"))])
    found = db.session.scalars(select(Attachment)).one()
    assert queries.message_file(submission, found.public_id) is found
    assert queries.comment_file(submission, found.public_id, list(Audience)) is None
    assert list(Verification(store).faults()) == []


def test_mail_server_that_is_down_for_an_hour_costs_no_message(app, db, cases, people, clock, mailbox):
    submission = cases.at(Stage.CHECK)
    jobs.drain()
    mailbox.messages.clear()
    up, app.config["SMTP_URL"] = app.config["SMTP_URL"], "smtp://127.0.0.1:1"
    write(submission, people)
    for _ in range(7):
        jobs.drain()
        clock.advance(minutes=10)
    waiting = db.session.scalars(select(Outgoing).where(Outgoing.key.startswith("mail message"))).one()
    assert (waiting.state, queries.last_message(submission).text) == (State.WAITING, "When do you visit?")
    app.config["SMTP_URL"] = up
    clock.advance(hours=2)
    jobs.drain()
    assert [message["To"] for message in mailbox.messages] == ["olu@example.org"]


def comment(submission, people, by, audience, text="Look twice."):
    readable = queries.audiences(submission, people.actor(by))
    newest = next(iter(queries.comments(submission, readable)), None)
    seen = newest.number if newest else 0
    made = talking.comment(submission, audience, text, seen=seen, by=people.actor(by))
    database.session.commit()
    return made


def test_comment_is_read_by_its_audience_only(db, cases, people):
    submission = cases.at(Stage.ASSESSMENT)
    comment(submission, people, "olu", Audience.CASE_TEAM, "For the team.")
    comment(submission, people, "olu", Audience.PANEL, "For the panel.")
    comment(submission, people, "priya", Audience.PANEL, "From the panel.")

    def texts(name):
        readable = queries.audiences(submission, people.actor(name))
        return [one.text for one in queries.comments(submission, readable)]

    assert texts("harriet") == texts("audrey") == ["From the panel.", "For the panel.", "For the team."]
    assert texts("priya") == texts("cleo") == ["From the panel.", "For the panel."]
    assert texts("alice") == texts("sam") == []


@pytest.mark.parametrize(
    ("name", "audience"),
    [("alice", Audience.PANEL), ("audrey", Audience.PANEL), ("priya", Audience.CASE_TEAM), ("olu", Audience.SCHOOL)],
)
def test_nobody_comments_to_an_audience_that_is_not_theirs(cases, people, name, audience):
    with pytest.raises(NotAllowed):
        comment(cases.at(Stage.ASSESSMENT), people, name, audience)


def decided(cases, stage):
    submission = cases.at(stage)
    cases._issue(submission)
    database.session.commit()
    return submission


def test_school_confirms_that_it_wishes_to_proceed_once(db, cases, people, mailbox):
    submission = decided(cases, Stage.APPROVED)
    wishes.ask(submission, Wish.PROCEED, by=people.actor("alice"))
    db.session.commit()
    jobs.drain()
    assert "wishes to proceed" in mailbox.messages[-1]["Subject"]
    with pytest.raises(Refused, match="already"):
        wishes.ask(submission, Wish.PROCEED, by=people.actor("alice"))
    with pytest.raises(WrongStage):
        wishes.ask(submission, Wish.CALL, "Any day.", by=people.actor("alice"))


def test_feedback_call_is_asked_for_and_marked_as_held(db, cases, people, clock):
    submission = decided(cases, Stage.DECLINED)
    asked = wishes.ask(submission, Wish.CALL, "Any morning.", by=people.actor("ed"))
    db.session.commit()
    with pytest.raises(NotAllowed):
        wishes.settle(submission, asked, clock().date(), "We spoke.", by=people.actor("priya"))
    wishes.settle(submission, asked, clock().date(), "We spoke.", by=people.actor("olu"))
    assert asked.done_on == clock().date()
    with pytest.raises(Refused):
        wishes.settle(submission, asked, clock().date(), "Again.", by=people.actor("oscar"))


def test_review_of_process_has_a_ground_and_ten_working_days(db, cases, people, clock):
    submission = decided(cases, Stage.DECLINED)
    head = people.actor("alice")
    with pytest.raises(Invalid) as refused:
        wishes.ask(submission, Wish.REVIEW, "", by=head)
    assert set(refused.value.errors) == {"text", "ground"}
    with pytest.raises(NotAllowed):
        wishes.ask(submission, Wish.REVIEW, "The roll was wrong.", Ground.FACT, by=people.actor("ed"))
    clock.advance(days=21)
    with pytest.raises(Refused, match="last day was"):
        wishes.ask(submission, Wish.REVIEW, "The roll was wrong.", Ground.FACT, by=head)


def test_untold_outcome_can_be_asked_about_by_nobody(cases, people):
    submission = cases.at(Stage.DECLINED)
    assert wishes.offers(submission) == []
    with pytest.raises(WrongStage, match="Decision being made"):
        wishes.ask(submission, Wish.CALL, "Any day.", by=people.actor("alice"))


def test_list_of_mails_keeps_the_words_and_no_link(db, cases, people, mailbox):
    submission = cases.at(Stage.CHECK)
    link = links.make(Purpose.SIGN, email="cora@x.example", submission_id=submission.id, payload={"role": "chair"})
    facts = {"name": "Cora", "school": "Hopefield", "reference": "EOI-2026-0001", "expires": cases.clock(), "lead": "A"}
    notices.mail("sign", link.email, "sign x", submission_id=submission.id, link=link, for_school=True, **facts)
    notices.mail("message_to_council", "olu@example.org", "x", submission_id=submission.id, path="/x", name="Olu",
                 school="Hopefield", reference="EOI-2026-0001")  # fmt: skip
    db.session.commit()
    token = links.address(link).rpartition("/")[2]

    def listed(everything):
        found = queries.mails(submission, all_of_them=everything)
        return [(mail.payload["to"], *notices.shown(mail.payload)) for mail in found]

    waiting = listed(True)
    jobs.drain()
    assert listed(True) == waiting
    assert token in "".join(mailbox.texts)
    assert token not in str(waiting) + str([one.payload for one in queries.mails(submission, all_of_them=True)])
    assert "olu@example.org" in {to for to, _, _ in listed(True)} - {to for to, _, _ in listed(False)}
    assert "cora@x.example" in {to for to, _, _ in listed(False)}
    assert all(subject and text for _, subject, text in waiting)


def test_recorded_review_takes_the_request_up(db, cases, people):
    submission = decided(cases, Stage.DECLINED)
    asked = wishes.ask(submission, Wish.REVIEW, "The roll was wrong.", Ground.FACT, by=people.actor("alice"))
    wishes.take_up(submission, by=people.actor("olu"))
    assert asked.done_note
    assert db.session.scalars(select(Record).where(Record.kind == "review_request")).all() == []


def test_what_is_said_is_searched_by_its_readers(app, db, cases, people):
    submission = cases.at(Stage.ASSESSMENT)
    write(submission, people, "Aardvark?")
    comment(submission, people, "olu", Audience.CASE_TEAM, "Bandicoot.")
    comment(submission, people, "olu", Audience.PANEL, "Capybara.")

    def found(name):
        by = people.actor(name)
        words = ("aardvark", "bandicoot", "capybara")
        return [w for w in words if db.session.scalar(select(Submission.id).where(search.has_word(w, by)))]

    assert found("olu") == ["aardvark", "bandicoot", "capybara"]
    assert found("priya") == found("cleo") == ["capybara"]
    assert found("alice") == []
    assert list(Verification(files.open_store(app.config["FILES_URL"])).faults()) == []
