"""Each mail as it leaves, from the facts that its verb gives."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.models import Logged
from eoi.models.outgoing import Outgoing
from eoi.outbound.render import TEMPLATES
from eoi.rules.stages import Stage
from eoi.workflow import links, notices
from eoi.workflow.links import Purpose

CASE = {"school": "Hopefield Primary School", "reference": "EOI-2026-0001"}
NOON = datetime(2026, 12, 18, 12, tzinfo=UTC)
FACTS = {
    "access_confirmed": {"school": CASE["school"], "role": "Headteacher", "submits": True, "drafted": True},
    "access_link": {"school": CASE["school"], "expires": NOON},
    "access_refused": {"school": CASE["school"], "reason": "Nobody there knows you.", "words": True, "days": 60},
    "account_erased_soon": {"on": date(2027, 1, 15), "period": "12 months"},
    "added": {"granted": "Scorer", "inviter": ""},
    "advise": {**CASE, "expert": "Finance", "officer": "Olu Adeyemi", "due_on": date(2027, 1, 15)},
    "advise_off": CASE,
    "advise_reminder": {**CASE, "expert": "Finance", "officer": "Olu Adeyemi", "due_on": date(2027, 1, 15)},
    "advised": {**CASE, "expert": "Finance"},
    "answers_due": {**CASE, "owed": "the detail", "due_on": date(2027, 1, 15), "days": 5},
    "clarification_asked": {**CASE, "due_on": date(2027, 1, 15), "text": "How many rooms?\n\nWhich floor?"},
    "closing_reminder": {"school": CASE["school"], "round": "Autumn 2026", "closes_at": NOON, "days": 1},
    "milestone_due": {**CASE, "milestone": "Statutory notice", "on": date(2027, 1, 15)},
    "renew": {**CASE, "round": "Spring 2027"},
    "entry_problem": {"school": CASE["school"]},
    "dates_changed": {
        "round": "Autumn 2026",
        "closes_at": NOON,
        "decisions_by": None,
        "reason": "Snow",
        "changed": ["its introduction"],
    },
    "detail_asked": {**CASE, "due_on": date(2027, 1, 15)},
    "detail_received": CASE,
    "draft_erased_soon": {"school": CASE["school"], "round": "Autumn 2026", "on": date(2027, 1, 15)},
    "exception_answered": {"school": CASE["school"], "allowed": True, "reason": "There is need."},
    "export_ready": {"cases": 3000},
    "infected": {**CASE, "file": "plan.pdf"},
    "invitation": {"granted": "Scorer", "inviter": "Ada", "expires": NOON},
    "letter_issued": CASE,
    "letter_unread": CASE,
    "letter_withdrawn": CASE,
    "condition_due": {**CASE, "number": 2, "due_on": date(2027, 1, 15), "overdue": False},
    "condition_not_met": {**CASE, "number": 2, "due_on": date(2027, 1, 15), "text": "The minute is not signed."},
    "logged": {**CASE, "how": "phone", "expires": NOON},
    "logged_wrong": {**CASE, "text": "We offer twelve places."},
    "pack_ready": {"held_on": date(2027, 3, 2)},
    "password_changed": {},
    "redacted": {
        "reference": CASE["reference"],
        "place": "answer 4.1",
        "reason": "A name.",
        "by": "Olu Adeyemi",
        "report_by": date(2027, 1, 15),
    },
    "message_to_council": CASE,
    "message_to_school": CASE,
    "question_closed": {**CASE, "reason": "You told us on the phone."},
    "wish": {**CASE, "what": "asks for a feedback call"},
    "reset": {},
    "retention_list": {"drafts": 2, "cases": ["EOI-2026-0001, 15/01/2027, withdrawn"]},
    "returned": {**CASE, "due_on": date(2027, 1, 15), "text": "Which floor?"},
    "round_changed": {"round": "Autumn 2026", "changed": ["what it takes", "its name"], "reason": "There is need"},
    "sign_in_link": {},
    "sign_in_changed": {"what": "An authenticator app has been added to your account."},
    "scores_reopened": {**CASE, "reason": "The visit showed another room."},
    "sent_back": {**CASE, "who": "Chris Chair", "role": "Chair of governors", "text": "We have no such room."},
    "sign": {**CASE, "lead": "Alice", "expires": NOON},
    "sign_reminder": {**CASE, "lead": "Alice", "expires": NOON},
    "signature_void": {**CASE, "changed": "the places"},
    "signatures_void": {**CASE, "changed": "the places", "names": ["Chris Chair"]},
    "signed": {**CASE, "who": "Chris Chair", "role": "Chair of governors", "missing": ["Chair of trustees"]},
    "submitted": CASE,
    "withdrawn": CASE,
}


def test_every_template_has_its_facts_here():
    written = {Path(file).stem for file in (TEMPLATES / "mail").glob("[!_]*.txt")}
    assert written == set(FACTS)


@pytest.mark.parametrize("template", FACTS)
def test_mail_is_whole_in_both_parts(db, mailbox, template):
    notices.mail(template, "alice@example.org", template, path="/apply/x", name="Alice <Example>", **FACTS[template])
    db.session.commit()
    jobs.drain()
    (message,), (text,) = mailbox.messages, mailbox.texts
    html = message.get_body(("html",)).get_content()
    assert message["Subject"].strip() == message["Subject"] != ""
    assert text.startswith("Dear Alice <Example>\n\n")
    assert "Dear Alice &lt;Example&gt;" in html
    assert "/apply/x" in text
    assert "please" not in text.lower()
    assert "\n\n\n\n" not in text
    assert "Kent County Council" in text


def test_mail_of_a_demonstration_says_so_twice(app, db, mailbox):
    app.config["DEMONSTRATION"] = True
    notices.mail("submitted", "alice@example.org", "a", path="/", name="Alice", **CASE)
    db.session.commit()
    jobs.drain()
    mark = "Demonstration, not a decision"
    (message,) = mailbox.messages
    assert message["Subject"].startswith(f"{mark}: ")
    assert mailbox.texts[0].startswith(f"{mark}.\n")
    assert mark in message.get_body(("html",)).get_content()


def test_duplicate_of_a_mail_has_the_same_message_id(db, mailbox):
    """A worker that dies between sending and its commit sends again."""
    work = notices.mail("submitted", "alice@example.org", "a", path="/", name="Alice", **CASE)
    db.session.commit()
    for _ in range(2):
        notices.deliver(work)
        db.session.rollback()
    first, second = mailbox.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_token_of_a_link_is_not_stored_while_the_mail_waits(db, people):
    link = links.make(Purpose.RESET, email="alice@example.org", user=people.alice)
    work = notices.mail("reset", "alice@example.org", "a", link=link, name="Alice")
    db.session.commit()
    assert links.address(link).rpartition("/")[2] not in str(work.payload)
    assert links.address(link) in notices.written(work.payload)[1]


def test_letter_mail_tells_neither_outcome_nor_school(db, mailbox):
    notices.mail("letter_issued", "alice@example.org", "a", path="/apply/x", name="Alice", **CASE)
    db.session.commit()
    jobs.drain()
    assert "Hopefield" not in mailbox.texts[0]


def test_text_is_cut_into_paragraphs_and_lists():
    text = "Dear Alice\n\nWe ask:\n\n- one\n- two\n\nBye\nKent\n"
    assert notices.blocks(text) == ["Dear Alice", "We ask:", ["one", "two"], "Bye\nKent"]


def test_school_is_told_through_its_lead_a_headteacher_or_who_sent_it(db, people, cases):
    submission = cases.at(Stage.CHECK)

    def told(key):
        notices.tell_school("detail_received", submission, key)
        mails = {work.key: work.payload.get("to") for work in db.session.scalars(select(Outgoing))}
        return mails.get(f"mail {key}")

    assert told("lead") == people.alice.email
    submission.lead = people.sam
    people.sam.active = False
    assert told("head") == people.alice.email
    people.alice.active = False
    assert told("nobody") is None
    db.session.add(
        Logged(
            submission_id=submission.id, officer_id=people.olu.id, received_on=date(2026, 11, 23),
            sender_name="Bea Frost", sender_role="Bursar", sender_email="office@hopefield.example",
        )
    )  # fmt: skip
    db.session.flush()
    assert told("sender") == "office@hopefield.example"
