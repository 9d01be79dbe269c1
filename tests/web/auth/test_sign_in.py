import re
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from eoi.models import AuditEntry
from eoi.rules import passwords
from eoi.workflow.demo_accounts import PASSWORD as PUBLISHED
from eoi.workflow.demo_accounts import make_demonstration_accounts
from tests.pages import Pages
from tests.proof import sign_in as sign_in_proof

PASSWORD = "plum ladder harbour"
CHEAP = (1, 8, 1)


@pytest.fixture
def pages(client, db, people):
    """A browser, and Alice and Ada with a password."""
    for user in (people.alice, people.ada, people.olu):
        user.password_hash = passwords.hashed(PASSWORD, CHEAP)
    db.session.commit()
    return Pages(client)


def sign_in(pages, who="alice", password=PASSWORD, path="/sign-in", **kwargs):
    form = {"email": f"{who}@example.org", "password": password}
    return pages.post(path, form, check=False, **kwargs)


def is_in(pages):
    return pages.client.get("/account").status_code == 200


def test_sign_in_page_is_whole(pages):
    page = pages.get("/sign-in").text
    assert "demonstration" not in page.lower()
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize(("who", "home"), [("alice", "/apply"), ("olu", "/review"), ("ada", "/admin/people")])
def test_sign_in_leads_home(pages, who, home):
    assert sign_in(pages, who).location == home
    assert is_in(pages)


def test_sign_in_takes_capitals_and_spaces_in_the_address(pages):
    form = {"email": "  Alice@Example.ORG ", "password": PASSWORD}
    assert pages.post("/sign-in", form, check=False).location == "/apply"


@pytest.mark.parametrize(("who", "password"), [("alice", "wrong password"), ("nobody", PASSWORD), ("sam", "")])
def test_sign_in_never_says_which_accounts_exist(pages, who, password):
    page = sign_in(pages, who, password or "x", status=422)
    assert "Enter the email address and password of your account" in page.text
    assert not is_in(pages)


@pytest.fixture
def work(monkeypatch):
    """What Argon2 is asked for, by its own library: a list of "verify" and "hash"."""
    asked = []
    for name in ("verify", "hash"):
        does = getattr(PasswordHasher, name)
        monkeypatch.setattr(PasswordHasher, name, lambda *args, n=name, do=does: asked.append(n) or do(*args))
    return asked


@pytest.mark.parametrize("who", ["alice", "nobody", "sam", "ed", "ada"])
def test_every_account_costs_exactly_one_verification(app, db, pages, people, work, who):
    """One with a password, none at all, one without a password, one switched off, one that is left to the council."""
    people.ed.password_hash, people.ed.active = people.alice.password_hash, False
    db.session.commit()
    app.config["STAFF_PASSWORDS"] = False
    sign_in(pages, who, "wrong password", status=422)
    del work[:]
    answer = sign_in(pages, who, "wrong password", status=422)
    assert work == ["verify"]
    assert re.sub(r'value="[^"]*"|[a-z]+@example.org', "", answer.text) == re.sub(
        r'value="[^"]*"|[a-z]+@example.org', "", sign_in(pages, "a.stranger", "wrong password", status=422).text
    )


@pytest.mark.parametrize("who", ["ed", "ada"])
def test_right_password_opens_neither_an_ended_account_nor_one_left_to_the_council(app, db, pages, people, who):
    people.ed.password_hash, people.ed.active = people.alice.password_hash, False
    db.session.commit()
    app.config["STAFF_PASSWORDS"] = False
    sign_in(pages, who, status=422)
    sign_in(pages, "alice")


def test_sign_in_waits_after_ten_tries(pages, clock):
    for _ in range(10):
        sign_in(pages, password="wrong password", status=422)
    assert "Wait 15 minutes" in sign_in(pages, status=429).text
    sign_in(pages, "ada")
    pages.client.post("/sign-out")
    clock.advance(minutes=15)
    assert sign_in(pages).location == "/apply"


def test_sign_in_forgets_wrong_tries_after_a_right_one(pages):
    for _ in range(3):
        for _ in range(8):
            sign_in(pages, password="wrong password", status=422)
        sign_in(pages)
        pages.client.post("/sign-out")


def test_switched_off_account_does_not_sign_in_and_ends_its_session(pages, db, people):
    sign_in(pages)
    people.alice.active = False
    db.session.commit()
    assert not is_in(pages)
    sign_in(pages, status=422)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/need?phase=primary", "/need?phase=primary"),
        ("https://elsewhere.example/", "/apply"),
        ("//elsewhere.example/", "/apply"),
        ("/\\elsewhere.example/", "/apply"),
        ("javascript:alert(1)", "/apply"),
        ("/need\r\nX: y", "/apply"),
        ("", "/apply"),
    ],
)
def test_next_stays_on_this_site(pages, wanted, given):
    response = pages.client.post(
        "/sign-in", query_string={"next": wanted}, data={"email": "alice@example.org", "password": PASSWORD}
    )
    assert response.location == given


def test_stranger_is_sent_to_sign_in_and_back(pages):
    response = pages.get("/account?x=1", status=302)
    assert response.location == "/sign-in?next=/account?x%3D1"
    assert sign_in(pages, path=response.location).location == "/account?x=1"


def test_script_that_is_signed_out_gets_401(pages):
    response = pages.client.get("/account", headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert response.json


def test_sign_in_starts_a_new_session_with_careful_cookies(app, pages):
    with pages.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    app.config["SESSION_COOKIE_SECURE"] = True
    cookie = sign_in(pages).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie
    with pages.client.session_transaction() as session:
        assert "planted" not in session


def test_session_ends_when_unused_for_an_hour(pages, clock):
    sign_in(pages)
    for _ in range(3):
        clock.advance(minutes=59)
        assert is_in(pages)
    clock.advance(minutes=60)
    assert not is_in(pages)


def test_session_ends_after_twelve_hours_however_it_is_used(pages, clock):
    sign_in(pages)
    for _ in range(23):
        clock.advance(minutes=30)
        assert is_in(pages)
    clock.advance(minutes=30)
    assert not is_in(pages)


def test_session_that_was_signed_out_is_over_for_whoever_kept_its_cookie(app, pages):
    sign_in(pages)
    with pages.client.session_transaction() as session:
        kept = dict(session)
    pages.client.post("/sign-out")
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(kept)
    assert not is_in(Pages(thief))


def test_sign_out_ends_the_session(pages):
    sign_in(pages)
    assert pages.client.get("/sign-out").status_code == 405
    page = pages.follow(pages.post("/sign-out"))
    assert "You have signed out" in page.text
    assert not is_in(pages)


def test_sign_out_everywhere_ends_the_other_browsers(app, pages):
    other = Pages(app.test_client())
    for browser in (pages, other):
        sign_in(browser)
    page = pages.follow(pages.post("/account/sign-out-everywhere", check=False))
    assert "Every other session has ended" in page.text
    assert is_in(pages)
    assert not is_in(other)


def test_signing_in_is_on_the_record(db, pages, people):
    sign_in(pages)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.case == f"user:{people.alice.id}"))
    assert [entry.action for entry in entries] == ["signed in"]
    assert people.alice.last_seen_at


def test_account_page_says_who_you_are(pages):
    sign_in(pages)
    page = pages.get("/account").text
    assert "alice@example.org" in page
    assert "Hopefield Primary School, as headteacher" in page


def test_password_is_changed_by_who_knows_the_old_one(pages):
    sign_in(pages)
    pages.get("/account/password")
    wrong = {"password": "wrong password", "new_password": "fresh ladder harbour"}
    assert "Enter the password you have now" in pages.post("/account/password", wrong, status=200).text
    short = {"password": PASSWORD, "new_password": "short"}
    assert "12 characters or more" in pages.post("/account/password", short, status=200).text
    right = {"password": PASSWORD, "new_password": "fresh ladder harbour"}
    page = pages.follow(pages.post("/account/password", right, check=False))
    assert "Your password has changed" in page.text
    pages.client.post("/sign-out")
    sign_in(pages, status=422)
    sign_in(pages, password="fresh ladder harbour")


def test_demonstration_accounts_are_listed_and_one_button_each(app, db, pages):
    app.config["DEMONSTRATION"] = True
    make_demonstration_accounts(passwords.hashed(PUBLISHED, CHEAP))
    db.session.commit()
    page = pages.get("/sign-in").text
    assert len(re.findall(r"@demo\.example</span>|@demo\.example,", page)) == 13
    assert PUBLISHED in page
    response = pages.post("/sign-in/demonstration", {"as": "head@demo.example"}, check=False)
    assert urlsplit(response.location).path == "/review"


def test_demonstration_button_opens_no_other_account(app, pages):
    pages.post("/sign-in/demonstration", {"as": "head@demo.example"}, status=404)
    app.config["DEMONSTRATION"] = True
    pages.post("/sign-in/demonstration", {"as": "alice@example.org"}, status=200, check=False)
    assert not is_in(pages)


def test_known_and_unknown_accounts_take_the_same_time(app, db, record_property):
    """With passwords that cost next to nothing, on a busy machine; `make proof` takes real ones, and 10 %."""
    sign_in_proof.make_account(app)
    found = sign_in_proof.medians(app, tries=60)
    record_property(f"tries each, {sign_in_proof.said(found)}", 60)
    assert sign_in_proof.apart(found) < 0.30
