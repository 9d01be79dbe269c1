"""Asking for access and signing in by link, as a school's people and a mail scanner meet them."""

import re

import pytest
from sqlalchemy import func, select

from eoi import jobs
from eoi.models import Link, Membership, User
from eoi.models.sign_in import How, SignIn
from eoi.queries import access_requests as queries
from eoi.queries import users
from tests.pages import Pages
from tests.people import HOPEFIELD, code_of_now, second_factor_of

NEW = "three unlikely words"
ASKED = {
    "urn": str(HOPEFIELD), "name": "Nell New", "role": "editor", "job_title": "SENCO", "email": "nell@hopefield.example"
}  # fmt: skip


@pytest.fixture
def pages(client):
    return Pages(client, most_queries=35)


def link_in(mailbox):
    """The path of the last mail's link."""
    jobs.drain()
    return re.search(r"https?://[^/]+(/(?:access|sign-in/link)/\S+)", mailbox.texts[-1])[1]


def test_from_the_start_page_to_the_wait(db, people, pages, mailbox):
    assert 'href="/ask-for-access"' in pages.get("/").text
    assert 'href="/ask-for-access"' in pages.get("/sign-in").text
    pages.get("/ask-for-access")
    assert pages.post("/ask-for-access", ASKED).location == "/ask-for-access/sent"
    pages.get("/ask-for-access/sent")
    link = link_in(mailbox)
    for _ in range(3):  # as a mail scanner does
        assert "Hopefield Primary School" in pages.get(link).text
    assert users.by_email(ASKED["email"]) is None
    answer = pages.post(link, {"name": "Nell Newton", "new_password": NEW})
    assert answer.location == "/account/access"
    assert "We are checking that you work at Hopefield Primary School" in pages.get("/account/access").text
    assert "not confirmed yet" in pages.get("/account").text
    assert pages.get("/apply", status=302).location == "/account/access"
    assert "has been used" in pages.get(link, status=410).text
    pages.post(link, {"name": "Nell", "new_password": NEW}, status=410)


def test_used_expired_and_unknown_links_each_say_so(db, people, pages, mailbox, clock):
    pages.post("/ask-for-access", ASKED)
    link = link_in(mailbox)
    clock.advance(hours=48)
    assert "has expired" in pages.get(link, status=410).text
    assert "does not know this link" in pages.get("/access/forged", status=410).text
    assert "does not know this link" in pages.get("/sign-in/link/forged", status=410).text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"urn": ""}, "Choose your school"),
        ({"urn": "123456"}, "Choose a school that is open and on the register"),
        ({"name": ""}, "Enter your name"),
        ({"role": ""}, "Choose your role at the school"),
        ({"job_title": ""}, "Enter your job title"),
        ({"email": ""}, "Enter your work email address"),
    ],
)
def test_what_is_missing_is_said_at_its_field(db, people, pages, change, message):
    assert message in pages.post("/ask-for-access", ASKED | change, status=200).text
    assert db.session.scalar(select(func.count(Link.id))) == 0


@pytest.mark.parametrize("form", [{"new_password": "short"}, {"new_password": "hopefield primary school"}])
def test_the_passwords_rules_are_those_of_an_invitation(people, pages, mailbox, form):
    pages.post("/ask-for-access", ASKED)
    link = link_in(mailbox)
    assert 'id="new_password-error"' in pages.post(link, {"name": "Nell", **form}, status=200).text
    pages.get(link)


@pytest.mark.parametrize("path", ["/ask-for-access", "/sign-in/link"])
def test_every_address_gets_the_same_answer(people, pages, path):
    """Unknown, known, the council's, switched off: the same status, place and page."""
    people.sam.active = False
    users.db.session.commit()
    answers = set()
    for email in ("new@example.org", "alice@example.org", "olu@example.org", "sam@example.org"):
        answer = pages.post(path, ASKED | {"email": email})
        answers.add((answer.status_code, answer.location, answer.text))
    assert len(answers) == 1


@pytest.mark.parametrize("path", ["/ask-for-access", "/sign-in/link"])
def test_nobody_is_flooded(people, pages, mailbox, path):
    email = {"email": "alice@example.org"}
    for _ in range(5):
        pages.post(path, ASKED | email)
    pages.post(path, ASKED | email, status=429)
    jobs.drain()
    assert len(mailbox.texts) == 5


def test_who_has_an_account_adds_the_school_and_signs_in_as_ever(db, people, pages, mailbox):
    people.sam.password_hash = "kept"
    db.session.commit()
    pages.post("/ask-for-access", ASKED | {"email": people.sam.email})
    link = link_in(mailbox)
    assert "new_password" not in pages.get(link).text
    assert db.session.scalar(select(func.count(Membership.id)).where(Membership.user_id == people.sam.id)) == 1
    pages.post(link, {})
    assert db.session.scalar(select(func.count(Membership.id)).where(Membership.user_id == people.sam.id)) == 2
    assert "/sign-in" in pages.get("/account/access", status=302).location


def test_a_link_signs_in_by_its_button_alone(db, people, pages, mailbox):
    pages.get("/sign-in/link")
    assert pages.post("/sign-in/link", {"email": "alice@example.org"}).location == "/sign-in/link-sent"
    pages.get("/sign-in/link-sent")
    link, sessions = link_in(mailbox), select(func.count(SignIn.id))
    before = db.session.scalar(sessions)
    for _ in range(3):
        assert "Sign in as Alice Example" in pages.get(link).text
    assert db.session.scalar(sessions) == before
    assert pages.post(link, {}).location == "/apply"
    pages.get("/account")
    assert db.session.scalars(select(SignIn.how).order_by(SignIn.id.desc())).first() is How.LINK
    assert "has been used" in pages.post(link, {}, status=410).text


def test_a_link_does_not_skip_the_second_step(db, people, pages, mailbox):
    db.session.add(second_factor_of(people.alice))
    db.session.commit()
    pages.post("/sign-in/link", {"email": "alice@example.org"})
    assert pages.post(link_in(mailbox), {}).location == "/sign-in/code"
    assert "/sign-in" in pages.get("/apply", status=302).location
    assert pages.post("/sign-in/code", {"code": code_of_now()}).location == "/apply"
    assert db.session.scalars(select(SignIn.how).order_by(SignIn.id.desc())).first() is How.LINK_AND_CODE


def test_nothing_is_made_for_an_address_that_nobody_confirms(db, people, pages, clock):
    before = db.session.scalar(select(func.count(User.id)))
    pages.post("/ask-for-access", ASKED)
    assert db.session.scalar(select(func.count(User.id))) == before
    assert queries.count() == 0
