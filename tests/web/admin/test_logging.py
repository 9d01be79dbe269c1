"""An expression of interest that came by email or phone: written down, submitted, confirmed or called wrong."""

import re
from dataclasses import replace
from random import Random

import pytest

from eoi import jobs
from eoi.cli.seed.road import Road
from eoi.extensions import db
from eoi.models import AuditEntry, Declaration, Submission
from eoi.models.submission import Channel, Exception_
from eoi.rules.stages import Stage
from eoi.rules.words import Step
from tests.pages import Pages
from tests.people import ELSEWHERE, HOPEFIELD, MEADOW
from tests.web.entering import enter

CAME = {
    "round": "autumn-2026", "urn": str(HOPEFIELD), "path": "srp", "need": "asd", "phase": "primary", "channel": "email",
    "received_on-day": "23", "received_on-month": "11", "received_on-year": "2026", "sender_name": "Alice Example",
    "sender_role": "Headteacher", "sender_email": "alice.private@example.org",
}  # fmt: skip


@pytest.fixture
def olu(client, people, cases):
    return enter(client, people.olu)


@pytest.fixture
def begun(olu):
    """A draft that Olu has begun for Alice's school."""
    olu.post("/admin/logging/new", CAME, check=False)
    return db.session.query(Submission).one()


@pytest.fixture
def written(begun, people, cases):
    """…whose form is filled in."""
    cast = replace(cases._cast("alice"), school=people.actor("olu"))
    Road(begun, cast, Random(1), cases._wait).fill((Step.EOI,))
    db.session.commit()
    return begun


@pytest.fixture
def logged(olu, written):
    """…and that is submitted."""
    send_in(olu, written)
    return written


def send_in(pages, submission, **more):
    sent = {"version": submission.version, **more}
    return pages.follow(pages.post(f"/admin/logging/{submission.public_id}/submit", sent, check=False)).text


def link_in(text):
    """The path of the link to confirm in a mail."""
    return re.search(r"http://[^/]+(/confirm/\S+)", text)[1]


def mailed(mailbox):
    jobs.drain()
    return [text for text in mailbox.texts if "/confirm/" in text]


def test_officer_fills_in_the_schools_own_form(olu, begun):
    assert (begun.channel, begun.stage, begun.lead.email) == (Channel.EMAIL, Stage.DRAFT, "alice@example.org")
    page = olu.get(f"/apply/{begun.public_id}").text
    assert "Logged for a school" in page
    assert "Alice Example" in olu.get(f"/apply/{begun.public_id}/contacts").text
    assert "Hopefield Primary School" in olu.get("/admin/logging").text


def test_logged_draft_is_submitted_and_the_school_is_asked_to_confirm(olu, written, mailbox):
    assert "Continue to submit it for the school" in olu.get(f"/apply/{written.public_id}/check").text
    assert "gets a link at alice.private@example.org" in olu.get(f"/admin/logging/{written.public_id}/submit").text
    page = send_in(olu, written, chair_agreed="y", chair="Carol Chair")
    assert "EOI-2026-0001 is submitted for the school" in page
    assert (written.stage, written.awaits_confirmation) == (Stage.SUBMITTED, True)
    assert [(one.role, one.name) for one in db.session.query(Declaration)] == [("Chair of governors", "Carol Chair")]
    assert db.session.query(AuditEntry).filter_by(action="submit_logged").one().actor_role == "SEN officer"
    assert "By email, not yet confirmed by the school" in olu.get(f"/review/submissions/{written.reference}").text
    (text,) = mailed(mailbox)
    assert mailbox.messages[-1]["To"] == "alice.private@example.org"
    assert "You sent us an expression of interest by email." in text


def test_school_confirms_by_the_link_and_the_officer_sees_it(app, olu, logged, mailbox):
    link = link_in(mailed(mailbox)[0])
    alice = Pages(app.test_client())
    assert "Is this what your school told us?" in alice.get(link).text
    assert "Enter your full name" in alice.post(link, {"answer": "yes"}, status=422).text
    assert "Choose whether it is right" in alice.post(link, {}, status=422).text
    assert logged.confirmed_at is None
    answer = alice.post(link, {"answer": "yes", "name": "Alice Example"}, check=False)
    assert "Thank you. We go on" in alice.follow(answer).text
    assert logged.confirmed_at is not None
    head = db.session.query(Declaration).filter_by(role="Headteacher").one()
    assert head.name == "Alice Example"
    assert "Nothing waits to be confirmed" in olu.get("/admin/logging").text
    alice.get(link, status=410)
    olu.get(f"/apply/{logged.public_id}", status=403)


def test_school_says_what_is_wrong_and_the_officer_corrects_it(app, olu, logged, mailbox):
    alice = Pages(app.test_client())
    first = link_in(mailed(mailbox)[0])
    alice.follow(alice.post(first, {"answer": "no", "wrong": "We offer twelve places"}, check=False))
    jobs.drain()
    assert mailbox.messages[-1]["To"] == "olu@example.org"
    assert "We offer twelve places" in mailbox.texts[-1]
    assert "School says it is wrong" in olu.get("/admin/logging").text
    page = olu.get(f"/admin/logging/{logged.public_id}").text
    assert "We offer twelve places" in page
    olu.post(f"/admin/logging/{logged.public_id}/correct", {"version": logged.version}, check=False)
    assert (logged.stage, logged.reference) == (Stage.DRAFT, "EOI-2026-0001")
    olu.get(f"/review/submissions/{logged.reference}", status=404)
    assert "EOI-2026-0001 is submitted" in send_in(olu, logged)
    assert len(mailed(mailbox)) == 2
    alice.post(link_in(mailed(mailbox)[1]), {"answer": "yes", "name": "Alice Example"}, check=False)
    assert logged.confirmed_at is not None


def test_link_is_sent_again_and_the_earlier_one_ends(app, olu, logged, mailbox):
    first = link_in(mailed(mailbox)[0])
    path = f"/admin/logging/{logged.public_id}"
    assert "Enter the email address" in olu.post(path, {"email": ""}, status=422).text
    olu.follow(olu.post(path, {"email": "head@example.org"}, check=False))
    second = link_in(mailed(mailbox)[1])
    Pages(app.test_client()).get(first, status=410)
    Pages(app.test_client()).get(second)


def test_school_that_sends_or_reopens_it_itself_takes_it_over(app, people, logged):
    alice = enter(app.test_client(), people.alice)
    alice.post(f"/apply/{logged.public_id}/change", {"version": logged.version}, check=False)
    assert (logged.stage, logged.awaits_confirmation) == (Stage.DRAFT, False)
    olu = enter(app.test_client(), people.olu)
    olu.get(f"/apply/{logged.public_id}", status=404)


def test_what_came_in_time_is_logged_after_the_closing(olu, people, cases, clock):
    clock.travel("2026-12-18 16:00")
    olu = enter(olu.client, people.olu)
    came = {**CAME, "received_on-day": "18", "received_on-month": "12"}
    olu.post("/admin/logging/new", came, check=False)
    submission = db.session.query(Submission).one()
    cast = replace(cases._cast("alice"), school=people.actor("olu"))
    Road(submission, cast, Random(1), cases._wait).fill((Step.EOI,))
    db.session.commit()
    assert "Continue to submit it for the school" in olu.get(f"/apply/{submission.public_id}/check").text
    assert "EOI-2026-0001 is submitted" in send_in(olu, submission)


def test_places_open_by_exception_are_logged_with_the_schools_case(olu):
    page = olu.post("/admin/logging/new", {**CAME, "need": "semh"}, status=422).text
    assert "these places are open by exception only" in page
    page = olu.follow(olu.post("/admin/logging/new", {**CAME, "need": "semh", "case": "A new wing"}, check=False)).text
    assert "A new wing" in page
    assert db.session.query(Submission).one().exception is Exception_.ASKED
    assert "Hopefield Primary School" in olu.get("/review/drafts").text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"round": ""}, "Choose the round"),
        ({"round": "nowhere"}, "Round"),
        ({"urn": ""}, "Choose the school"),
        ({"urn": "123456"}, "Choose a school that is in the register"),
        ({"urn": str(MEADOW)}, "Only mainstream schools can host"),
        ({"phase": "secondary"}, "so it cannot offer secondary places"),
        ({"need": "slcn"}, "This round does not look for these places"),
        ({"channel": "form"}, "How did it come?"),
        ({"received_on-day": "25"}, "Enter a day that is today or in the past"),
        ({"received_on-month": "10"}, "Enter a day on which the round was open"),
        ({"sender_name": ""}, "Enter the name of who sent it or called"),
        ({"sender_role": ""}, "Enter their role"),
        ({"sender_email": "alice"}, "email address"),
    ],
)
def test_logging_says_what_to_mend_and_keeps_what_was_typed(olu, changes, message):
    page = olu.post("/admin/logging/new", {**CAME, **changes}, status=422).text
    assert message in page
    for name in ("sender_name", "sender_role", "sender_email"):
        assert {**CAME, **changes}[name] in page
    assert db.session.query(Submission).count() == 0


def test_second_one_of_the_same_offer_is_refused(olu, begun):
    assert "already has an expression of interest" in olu.post("/admin/logging/new", CAME, status=422).text


def test_what_a_school_fills_in_itself_is_not_an_officers_to_log(client, people, cases):
    own = cases.at(Stage.DRAFT, urn=ELSEWHERE)
    sent = cases.at(Stage.SUBMITTED)
    olu = enter(client, people.olu)
    for submission, status in ((own, 404), (sent, 403)):
        olu.get(f"/apply/{submission.public_id}", status=status)
        olu.post(f"/admin/logging/{submission.public_id}/correct", {"version": submission.version}, status=status)
        olu.get(f"/admin/logging/{submission.public_id}/submit", status=status)
    olu.get(f"/admin/logging/{sent.public_id}", status=404)


@pytest.mark.parametrize("who", ["alice", "sam", "priya", "harriet", "ada", "audrey"])
def test_logging_is_closed_to_everybody_else(app, people, begun, who):
    pages = enter(app.test_client(), getattr(people, who))
    for path in ("/admin/logging", "/admin/logging/new", f"/admin/logging/{begun.public_id}"):
        pages.get(path, status=403)
    pages.get(f"/apply/{begun.public_id}", status=200 if who == "alice" else {"sam": 404}.get(who, 403))
