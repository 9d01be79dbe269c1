import re

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.models import Link
from eoi.queries import users
from eoi.rules.permissions import Role
from eoi.workflow import accounts
from tests.pages import Pages
from tests.people import HOPEFIELD, token_of

NEW = "three unlikely words"


@pytest.fixture
def pages(client):
    return Pages(client)


def link_in(mailbox):
    """The path of the last mail's link."""
    jobs.drain()
    return re.search(r"https?://[^/]+(/(?:invitation|reset)/\S+)", mailbox.texts[-1])[1]


@pytest.fixture
def invitation(people, mailbox):
    accounts.invite("nell@school.example", "Nell", urn=HOPEFIELD, role=Role.HEADTEACHER, by=people.actor("olu"))
    db.session.commit()
    return link_in(mailbox)


def test_invitation_is_taken_up_once(pages, invitation):
    for _ in range(3):
        assert "nell@school.example" in pages.get(invitation).text
    response = pages.post(invitation, {"name": "Nell Newton", "new_password": NEW}, check=False)
    assert response.location == "/apply"
    assert "Nell Newton" in pages.get("/account").text
    assert "This link no longer works" in pages.get(invitation, status=410).text
    pages.post(invitation, {"name": "Somebody", "new_password": NEW}, status=410)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"name": "", "new_password": NEW}, "Enter your name"),
        ({"name": "Nell"}, "Enter a password"),
        ({"name": "Nell", "new_password": "short"}, "12 characters or more"),
        ({"name": "Nell", "new_password": "demonstration-only"}, "harder to guess"),
    ],
)
def test_invitation_says_what_to_mend_and_stays_usable(pages, invitation, form, message):
    assert message in pages.post(invitation, form, status=200).text
    assert db.session.query(Link).one().used_at is None


def test_forgotten_password_is_chosen_anew_by_mail(pages, people, mailbox):
    page = pages.follow(pages.post("/forgotten", {"email": "alice@example.org"}, check=False))
    assert "If there is an account" in page.text
    path = link_in(mailbox)
    pages.get(path)
    assert "12 characters or more" in pages.post(path, {"new_password": "short"}, status=200).text
    assert pages.post(path, {"new_password": NEW}, check=False).location == "/apply"
    assert users.signed_in(people.alice.id, token_of(people.alice)) is None
    pages.get(path, status=410)


def test_forgotten_says_the_same_to_a_stranger(pages, people, mailbox):
    pages.get("/forgotten")
    known = pages.follow(pages.post("/forgotten", {"email": "alice@example.org"}, check=False)).text
    unknown = pages.follow(pages.post("/forgotten", {"email": "nobody@example.org"}, check=False)).text
    assert known == unknown
    jobs.drain()
    assert len(mailbox.messages) == 1


def test_forgotten_floods_nobody(pages, people):
    for _ in range(5):
        pages.post("/forgotten", {"email": "alice@example.org"}, check=False)
    pages.post("/forgotten", {"email": "alice@example.org"}, status=429, check=False)


@pytest.mark.parametrize("path", ["/reset/forged", "/invitation/forged", "/reset/" + "x" * 500])
def test_forged_link_is_dead(pages, people, path):
    assert "This link no longer works" in pages.get(path, status=410).text
