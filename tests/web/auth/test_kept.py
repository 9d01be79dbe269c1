import pytest

from eoi.models import KeptForm
from eoi.workflow import accounts
from tests.pages import Pages
from tests.web.auth.test_sign_in import pages as signing_pages  # noqa: F401
from tests.web.auth.test_sign_in import sign_in

TYPED = {"reason": "It was typed for an hour & <b>more</b>", "roles": ["scorer", "finance"]}


@pytest.fixture
def pages(signing_pages):  # noqa: F811
    return signing_pages


@pytest.fixture
def late(pages, people, clock):
    """Ada typed for more than an hour, and now she sends it."""
    sign_in(pages, "ada")
    clock.advance(minutes=61)
    return f"/admin/people/{people.pete.id}/off"


def test_typed_text_comes_back_after_signing_in(pages, late, people):
    response = pages.post(late, TYPED)
    assert response.location == "/sign-in?kept=1"
    assert "What you typed is kept" in pages.follow(response).text
    page = pages.follow(sign_in(pages, "ada"))
    assert "We kept what you typed" in page.text
    assert "It was typed for an hour &amp; &lt;b&gt;more&lt;/b&gt;" in page.text
    assert f'action="{late}"' in page.text
    assert page.text.count('name="roles"') == 2
    assert people.pete.active  # nothing has been done by itself


def test_typed_text_is_given_to_nobody_else(pages, late):
    pages.post(late, TYPED)
    assert sign_in(pages, "olu").location == "/review"
    with pages.client.session_transaction() as session:
        assert "kept" not in session


def test_kept_page_is_its_owners_only(app, pages, late):
    pages.post(late, TYPED)
    kept = sign_in(pages, "ada").location
    other = Pages(app.test_client())
    sign_in(other, "olu")
    other.get(kept, status=404)
    other.post(f"{kept}/discard", status=404)
    pages.get(kept)


def test_kept_text_can_be_thrown_away(db, pages, late):
    pages.post(late, TYPED)
    kept = sign_in(pages, "ada").location
    assert pages.post(f"{kept}/discard").location == late
    assert db.session.query(KeptForm).all() == []
    pages.get(kept, status=404)


def test_text_is_kept_when_the_cookie_has_gone_with_its_token(pages, people):
    path = f"/admin/people/{people.pete.id}/off"
    response = pages.client.post(
        path, data={**TYPED, "csrf_token": "old"}, forged=True, headers={"Origin": "http://localhost"}
    )
    assert response.location == "/sign-in?kept=1"
    assert "It was typed for an hour" in pages.follow(sign_in(pages, "ada")).text


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_no_other_site_plants_a_form(db, pages, people, origin):
    path = f"/admin/people/{people.pete.id}/off"
    response = pages.client.post(path, data=TYPED, forged=True, headers={"Origin": origin} if origin else {})
    assert response.status_code == 400
    assert db.session.query(KeptForm).all() == []


def test_passwords_are_never_kept(db, pages, clock):
    sign_in(pages)
    clock.advance(minutes=61)
    response = pages.post("/account/password", {"password": "a", "new_password": "b"})
    assert response.location == "/sign-in"
    assert db.session.query(KeptForm).all() == []


def test_session_ended_by_an_administrator_keeps_the_text_too(db, pages, people):
    sign_in(pages, "ada")
    accounts.sign_out_everywhere(people.ada, by=people.actor("ada"))
    db.session.commit()
    pages.post(f"/admin/people/{people.pete.id}/off", TYPED)
    assert sign_in(pages, "ada").location.startswith("/kept/")
