"""Sign-off without an account: who is asked, who answers, and what voids an answer."""

from datetime import date

import pytest

from eoi import jobs
from eoi.extensions import db, now
from eoi.models import AuditEntry
from eoi.models.link import Purpose
from eoi.queries import drafts, personal, signatures
from eoi.queries.signatures import State
from eoi.rules.errors import Invalid, LinkDead, NotAllowed, Refused, TooMany, WrongStage
from eoi.rules.stages import Stage
from eoi.rules.words import Path, Step
from eoi.workflow import links, reminding, signing, submitting
from eoi.workflow.submitting import Declared
from tests.people import MEADOW

CHRIS = "chris@governors.example"
MINUTE = date(2026, 11, 10)
EMAILS = {
    "chair": CHRIS,
    "trust": "tess@trust.example",
    "trustees": "theo@trust.example",
    "partner_head": "morgan@meadow.example",
    "partner_chair": "robin@meadow.example",
}


@pytest.fixture
def send(people):
    """Submit, or submit again, as this headteacher, naming everybody."""

    def submit(submission, who="alice", **emails):
        named = {**EMAILS, **emails}
        declared = [
            Declared(one.key, one.key.title(), email=named[one.key] if one.follows else "")
            for one in signatures.wanted_declarers(submission)
        ]
        submitting.submit(submission, declared, seen=submission.version, by=people.actor(who))
        db.session.commit()

    return submit


@pytest.fixture
def sent(cases, send):
    """Alice's expression of interest, submitted; its chair has a link."""
    road = cases.road()
    road.fill((Step.EOI,))
    send(road.submission)
    return road.submission


@pytest.fixture
def alice(people):
    return people.actor("alice")


def agree(submission):
    """The partner special school has agreed in principle."""
    row = drafts.section_rows(submission)["partner"]
    agreed = {"partner_school": MEADOW, "partner_talks": "agreed", "partner_agreed_on": "2026-11-02"}
    row.answers = {**row.answers, **agreed}
    db.session.commit()


def asked(submission, key="chair"):
    return next(one for one in signatures.of(submission) if one.declarer.key == key)


def sign(submission, key="chair", name="Chris Chair"):
    signing.sign(asked(submission, key).link, name, MINUTE)
    db.session.commit()


def subjects(mailbox, to):
    db.session.commit()
    jobs.drain()
    return [message["Subject"] for message in mailbox.messages if message["To"] == to]


# Who is asked


def test_chair_gets_one_link_that_ends_after_ten_working_days(sent, mailbox):
    link = asked(sent).link
    assert (link.purpose, link.email, link.payload) == (Purpose.SIGN, CHRIS, {"role": "chair"})
    assert link.expires_at.date() == date(2026, 12, 8)
    assert subjects(mailbox, CHRIS) == [
        "Hopefield Primary School asks you to confirm its expression of interest, EOI-2026-0001"
    ]
    assert links.address(link) in "".join(mailbox.texts)


def test_academy_that_hosts_a_satellite_asks_trust_trustees_and_partner(cases, send):
    road = cases.road(path=Path.SATELLITE)
    road.fill((Step.EOI,))
    agree(road.submission)
    send(road.submission, "rita")
    found = {one.declarer.key: one.link.purpose for one in signatures.missing(road.submission)}
    assert found == {
        "trust": Purpose.SIGN, "trustees": Purpose.SIGN,
        "partner_head": Purpose.PARTNER, "partner_chair": Purpose.PARTNER,
    }  # fmt: skip


def test_headteacher_who_leads_the_trust_signs_once_for_both(cases, send, people):
    road = cases.road(path=Path.SATELLITE)
    road.fill((Step.EOI,))
    agree(road.submission)
    send(road.submission, "rita", trust=people.rita.email)
    assert asked(road.submission, "trust").declared.verified == "signed in to this service"
    assert asked(road.submission, "trustees").state is State.WAITING


@pytest.mark.parametrize("email", ["alice@example.org", "ALICE@example.org"])
def test_chair_is_another_person_than_the_headteacher(cases, send, email):
    road = cases.road()
    road.fill((Step.EOI,))
    with pytest.raises(Invalid, match="another person than the headteacher"):
        send(road.submission, chair=email)
    assert road.submission.stage is Stage.DRAFT


# They answer


def test_signature_is_kept_with_how_we_know(sent, mailbox):
    link = asked(sent).link
    sign(sent)
    one = asked(sent)
    assert (one.state, one.name, one.declared.minute_date) == (State.CONFIRMED, "Chris Chair", MINUTE)
    assert one.declared.verified == f"by a link sent to {CHRIS}"
    entry = db.session.query(AuditEntry).filter_by(action="sign").one()
    assert (entry.actor_kind, entry.actor_id) == ("link", link.id)
    assert "EOI-2026-0001: Chris Chair has confirmed, and now all have" in subjects(mailbox, "alice@example.org")


def test_link_is_used_up_by_confirming(sent):
    link = asked(sent).link
    sign(sent)
    for answer in (lambda: signing.sign(link, "Chris", MINUTE), lambda: signing.send_back(link, "No")):
        with pytest.raises(LinkDead):
            answer()


def test_link_is_dead_after_its_last_day(sent, clock):
    link = asked(sent).link
    token = links.address(link).rpartition("/")[2]
    clock.travel("2026-12-09 00:00")
    with pytest.raises(LinkDead):
        links.find(token, Purpose.SIGN)
    assert asked(sent).state is State.ENDED


@pytest.mark.parametrize(
    ("name", "minute", "field"),
    [
        (" ", MINUTE, "name"),
        ("Headteacher", MINUTE, "name"),
        ("Chris", None, "minute"),
        ("Chris", date(2027, 1, 1), "minute"),
    ],
)
def test_signature_needs_name_and_minute(sent, name, minute, field):
    link = asked(sent).link
    with pytest.raises(Invalid) as refused:
        signing.sign(link, name, minute)
    assert list(refused.value.errors) == [field]
    assert link.is_live(now())


def test_sent_back_with_a_reason_the_lead_hears_and_asks_again(sent, alice, mailbox):
    link = asked(sent).link
    with pytest.raises(Invalid):
        signing.send_back(link, " ")
    signing.send_back(link, "We have no such room.")
    assert "EOI-2026-0001: Chair has sent it back" in subjects(mailbox, "alice@example.org")
    assert any("We have no such room." in text for text in mailbox.texts)
    assert (asked(sent).state, asked(sent).sent_back) == (State.SENT_BACK, "We have no such room.")
    signing.correct(sent, "chair", "Chris Chair", CHRIS, by=alice)
    assert asked(sent).state is State.WAITING


# The lead reminds and corrects


def test_reminder_goes_once_a_day(sent, alice, clock, mailbox):
    with pytest.raises(Refused, match="today"):
        signing.remind(sent, "chair", by=alice)
    clock.advance(days=1)
    signing.remind(sent, "chair", by=alice)
    with pytest.raises(Refused, match="once a day"):
        signing.remind(sent, "chair", by=alice)
    assert len(subjects(mailbox, CHRIS)) == 2


def test_corrected_address_ends_the_old_link(sent, alice, people, mailbox):
    old = asked(sent).link
    signing.correct(sent, "chair", "Cora Chair", "Cora@Governors.example", by=alice)
    db.session.commit()
    assert not old.is_live(now())
    assert asked(sent).link.email == "cora@governors.example"
    assert subjects(mailbox, "cora@governors.example")
    with pytest.raises(NotAllowed):
        signing.correct(sent, "chair", "Ed", "ed@example.org", by=people.actor("ed"))


@pytest.mark.parametrize(("email", "message"), [("cora", "an email address"), ("alice@example.org", "another person")])
def test_wrong_address_is_refused(sent, alice, email, message):
    with pytest.raises(Invalid, match=message):
        signing.correct(sent, "chair", "Cora", email, by=alice)


def test_nobody_is_flooded(sent, alice):
    for n in range(signing.MOST_A_DAY):
        signing.correct(sent, "chair", "Cora", f"cora{n}@governors.example", by=alice)
    with pytest.raises(TooMany):
        signing.correct(sent, "chair", "Cora", "cora@governors.example", by=alice)


def test_who_has_confirmed_is_not_asked_again(sent, alice):
    sign(sent)
    with pytest.raises(Refused, match="confirmed already"):
        signing.correct(sent, "chair", "Cora", "cora@governors.example", by=alice)


# The school submits again


def test_other_changes_keep_signature_and_link(sent, alice, send, mailbox):
    sign(sent)
    submitting.reopen(sent, seen=sent.version, by=alice)
    row = next(row for row in drafts.section_rows(sent).values() if "summary_100" in row.answers)
    row.answers = {**row.answers, "summary_100": "We offer the same in other words."}
    db.session.commit()
    send(sent)
    assert asked(sent).state is State.CONFIRMED
    assert len(subjects(mailbox, CHRIS)) == 1
    assert [one.role for one in drafts.declarations(sent)].count("Headteacher") == 1


@pytest.mark.parametrize("key", ["places", "rooms"])
def test_another_offer_voids_the_signature_with_notice(sent, alice, send, mailbox, key):
    sign(sent)
    submitting.reopen(sent, seen=sent.version, by=alice)
    for row in drafts.section_rows(sent).values():
        if key in row.answers:
            value = row.answers[key]
            value = value + 1 if key == "places" else [{**value[0], "name": "Another room"}, *value[1:]]
            row.answers = {**row.answers, key: value}
    db.session.commit()
    send(sent)
    assert asked(sent).state is State.WAITING
    told = subjects(mailbox, CHRIS)
    assert "EOI-2026-0001: what you confirmed has changed" in told
    assert len([subject for subject in told if "asks you to confirm" in subject]) == 2
    assert "EOI-2026-0001: some must confirm again" in subjects(mailbox, "alice@example.org")
    assert db.session.query(AuditEntry).filter_by(action="void_signature").count() == 1


def test_nobody_signs_what_is_being_changed(sent, alice):
    submitting.reopen(sent, seen=sent.version, by=alice)
    with pytest.raises(Refused, match="changing its answers"):
        signing.sign(asked(sent).link, "Chris", MINUTE)
    with pytest.raises(WrongStage):
        signing.remind(sent, "chair", by=alice)


# Reminders by the calendar


@pytest.mark.parametrize(("day", "mails"), [("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-07", 1), ("2026-12-08", 0)])
def test_missing_are_reminded_before_their_link_ends(sent, clock, mailbox, day, mails):
    clock.travel(f"{day} 07:30")
    for _ in range(2):
        reminding.remind_signatories()
    assert len([s for s in subjects(mailbox, CHRIS) if s.startswith("Reminder")]) == mails


def test_who_has_confirmed_is_not_reminded(sent, clock, mailbox):
    sign(sent)
    clock.travel("2026-12-01 07:30")
    reminding.remind_signatories()
    assert len(subjects(mailbox, CHRIS)) == 1


# People's data


def test_export_finds_what_is_kept_of_a_signatory(sent):
    sign(sent)
    found = personal.held(personal.subject(CHRIS))
    assert [row["email"] for row in found["declaration"]] == [CHRIS]
    assert [row["payload"] for row in found["link"]] == [{"role": "chair"}]
    assert "nonce" not in found["link"][0]
