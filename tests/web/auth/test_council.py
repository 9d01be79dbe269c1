"""Signing in with the council's own account, against a provider that we did not write, on a port of its own."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from eoi.models import AuditEntry, Identity
from eoi.models.sign_in import How
from eoi.rules.permissions import Role
from tests.pages import Pages, look_at
from tests.web.auth.providing import OLU, authorised, known, providing, settings_of, through
from tests.web.auth.test_sign_in import is_in
from tests.web.entering import enter

pytestmark = pytest.mark.filterwarnings(r"ignore::DeprecationWarning:authlib\..*")  # the provider runs in this process


@pytest.fixture(scope="module")
def provider():
    with providing() as address:
        yield address


@pytest.fixture
def council(app, people, provider, client):
    """The service of a council that has this provider. Staff need a second step, which the provider sees to."""
    app.config.update(settings_of(provider), SECOND_FACTOR_FOR_STAFF=True)
    known(provider, "s-olu", OLU)
    return client


def refused(client, answer, status, words):
    """A page that says so, with a way on; and nobody is in."""
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert 'href="/sign-in"' in answer.text
    look_at(answer.text, "/sign-in/council/back", client.application)
    assert not is_in(Pages(client))


def actions(db, user):
    return [one.action for one in db.session.scalars(select(AuditEntry).where(AuditEntry.case == f"user:{user.id}"))]


def test_invited_person_signs_in_and_is_known_from_then_on(db, people, council, provider):
    assert through(council, "s-olu", "/sign-in/council?next=/need").location == "/need"
    assert council.get("/review").status_code == 200
    row = db.session.scalars(select(Identity)).one()
    assert (row.user_id, row.issuer, row.subject) == (people.olu.id, provider, "s-olu")
    assert actions(db, people.olu) == ["linked to a council account", "signed in"]
    known(provider, "s-olu", {**OLU, "email": "renamed@example.org", "email_verified": False})
    assert through(council.application.test_client(), "s-olu").location == "/review"


def test_way_there_has_pkce_state_and_nonce(council, provider):
    address = urlsplit(council.get("/sign-in/council").location)
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}" == provider
    with council.session_transaction() as session:
        verifier = session["journey"]["verifier"]
    assert query["code_challenge_method"] == "S256"
    assert query["code_challenge"] == urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    assert query["response_type"] == "code"
    assert {*query["scope"].split()} == {"openid", "profile", "email"}
    assert query["redirect_uri"] == council.application.config["SITE_URL"] + "/sign-in/council/back"
    assert min(len(query[name]) for name in ("state", "nonce", "code_challenge")) >= 32


def test_roles_follow_the_groups_at_each_sign_in(db, people, council, provider):
    through(council, "s-olu")
    before = council
    known(provider, "s-olu", {**OLU, "groups": ["g-heads", "g-admins"]})
    through(council.application.test_client(), "s-olu")
    db.session.refresh(people.olu)
    assert people.olu.roles == {Role.HEAD_OF_SEN, Role.ADMIN}
    assert not is_in(Pages(before))  # its session began with other roles
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "roles changed")).one()
    assert entry.detail.content["to"] == ["admin", "head_of_sen"]
    assert entry.actor_kind == "system"


def test_who_is_in_no_group_is_refused_and_loses_the_roles(db, people, council, provider):
    known(provider, "s-olu", {**OLU, "groups": ["g-others"]})
    refused(council, through(council, "s-olu"), 403, "in none of the groups that may use this service")
    db.session.refresh(people.olu)
    assert people.olu.roles == frozenset()


@pytest.mark.parametrize(
    ("subject", "claims"),
    [
        ("s-stranger", {"email": "stranger@example.org"}),
        ("s-unverified", {"email_verified": False}),
        ("s-none", {"email_verified": "true"}),
        ("s-school", {"email": "alice@example.org"}),
        ("s-nothing", {"email": None}),
    ],
)
def test_who_was_not_invited_is_refused(db, council, provider, subject, claims):
    known(provider, subject, {**OLU, **claims})
    refused(council, through(council, subject), 403, "Ask an administrator to invite you")
    assert db.session.scalars(select(Identity)).all() == []


def test_address_that_is_linked_already_is_nobody_elses(council, provider):
    through(council, "s-olu")
    known(provider, "s-another", OLU)
    other = council.application.test_client()
    refused(other, through(other, "s-another"), 403, "Ask an administrator to invite you")


def test_account_that_is_switched_off_is_refused(db, people, council):
    people.olu.active = False
    db.session.commit()
    refused(council, through(council, "s-olu"), 403, "is switched off")


def test_too_many_groups_are_said_to_be_too_many(council, provider):
    known(provider, "s-many", {**OLU, "groups": None, "_claim_names": {"groups": "src1"}})
    refused(council, through(council, "s-many"), 403, "too many groups")


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "n" * 32},
        {"state": "s" * 32},
        {"client_id": "another"},
    ],
)
def test_way_that_was_tampered_with_proves_nothing(council, changed):
    refused(council, through(council, "s-olu", **changed), 400, "did not confirm who you are")


def test_way_back_is_gone_once_and_by_who_set_out(council):
    back = authorised(council.get("/sign-in/council").location, "s-olu")
    thief = council.application.test_client()
    refused(thief, thief.get(back), 400, "did not confirm who you are")
    with council.session_transaction() as session:
        journey = session["journey"]
    assert council.get(back).location == "/review"
    council.post("/sign-out")
    refused(council, council.get(back), 400, "did not confirm who you are")
    with council.session_transaction() as session:
        session["journey"] = journey
    refused(council, council.get(back), 400, "did not confirm who you are")  # the provider takes a code once


@pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?error=access_denied&state=x"])
def test_way_back_without_a_way_there_proves_nothing(council, query):
    refused(council, council.get(f"/sign-in/council/back{query}"), 400, "did not confirm who you are")


def test_token_that_has_expired_proves_nothing(council):
    with providing(lasts=timedelta(hours=-1)) as late:
        council.application.config["OIDC_ISSUER"] = late
        known(late, "s-olu", OLU)
        refused(council, through(council, "s-olu"), 400, "did not confirm who you are")


def test_provider_that_is_down_is_said_to_be_and_passwords_still_work(council):
    council.application.config["OIDC_ISSUER"] = "http://localhost:9"
    answer = council.get("/sign-in/council")
    refused(council, answer, 503, "does not answer")
    assert "you can sign in with that" in answer.text
    council.application.config["STAFF_PASSWORDS"] = False
    assert "you can sign in with that" not in council.get("/sign-in/council").text


def test_provider_that_goes_down_on_the_way_is_said_to_be(council):
    back = authorised(council.get("/sign-in/council").location, "s-olu")
    council.application.config["OIDC_ISSUER"] = "http://localhost:9"
    refused(council, council.get(back), 503, "does not answer")


def test_new_keys_of_the_provider_are_fetched(council):
    through(council, "s-olu")
    with providing() as renewed:  # another process of it, with other keys
        council.application.config["OIDC_ISSUER"] = renewed
        known(renewed, "s-dev", {**OLU, "email": "dev@example.org"})
        assert through(council.application.test_client(), "s-dev").location == "/review"


def test_council_session_confirms_with_the_council(db, people, council, clock, provider):
    known(provider, "s-ada", {**OLU, "email": "ada@example.org", "groups": ["g-admins"]})
    through(council, "s-ada")
    clock.advance(minutes=11)
    path = f"/admin/people/{people.pete.id}/off"
    assert council.post(path, data={"reason": "Left."}).location.startswith("/account/confirm")
    page = Pages(council).get("/account/confirm").text
    assert "Confirm with your council account" in page
    assert 'name="password"' not in page
    away = council.get("/sign-in/council").location
    assert "prompt=login" in away
    assert council.get(authorised(away, "s-ada")).location.startswith("/kept/")
    assert council.post(path, data={"reason": "Left."}).location == f"/admin/people/{people.pete.id}"


def test_sign_in_page_offers_what_the_council_offers(app, people, council):
    pages = Pages(council)
    assert "Sign in with your council account" in pages.get("/sign-in").text
    app.config["OIDC_NAME"] = "Sign in with Medway"
    assert "Sign in with Medway" in pages.get("/sign-in").text
    app.config["OIDC_ISSUER"] = ""
    assert "Medway" not in pages.get("/sign-in").text
    pages.get("/sign-in/council", status=404)
    pages.get("/sign-in/council/back", status=404)


def test_page_of_a_person_says_where_the_roles_come_from(app, people, council):
    through(council, "s-olu")
    ada = enter(app.test_client(), people.ada)
    app.config["SECOND_FACTOR_FOR_STAFF"] = False
    assert "roles follow its groups" in ada.get(f"/admin/people/{people.olu.id}").text
    assert How.COUNCIL == "council account"
