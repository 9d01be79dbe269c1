"""Before rights are given or letters go out: is it still you?"""

import pytest

from tests.people import code_of_now, second_factor_of
from tests.web.auth.test_sign_in import PASSWORD, sign_in
from tests.web.auth.test_sign_in import pages as pages  # a fixture
from tests.web.entering import enter

REASON = {"reason": "It was typed with care & <b>more</b>"}


@pytest.fixture
def later(pages, people, clock):
    """Ada signed in eleven minutes ago; the form that she sends now."""
    sign_in(pages, "ada")
    clock.advance(minutes=11)
    return f"/admin/people/{people.pete.id}/off"


def test_confirming_leads_back_with_what_was_typed(db, pages, people, later):
    pages.get(later)
    response = pages.post(later, REASON)
    assert response.location.startswith("/account/confirm")
    assert "Confirm it is you" in pages.follow(response).text
    assert "Enter your password" in pages.post("/account/confirm", {"password": "wrong"}, status=422).text
    db.session.refresh(people.pete)
    assert people.pete.active
    page = pages.follow(pages.post("/account/confirm", {"password": PASSWORD}))
    assert "It was typed with care &amp; &lt;b&gt;more&lt;/b&gt;" in page.text
    assert f'action="{later}"' in page.text
    pages.post(later, REASON, check=False)
    db.session.refresh(people.pete)
    assert not people.pete.active


def test_confirmed_for_ten_minutes(pages, people, later, clock):
    pages.post(later, REASON)
    pages.post("/account/confirm", {"password": PASSWORD})
    clock.advance(minutes=9)
    assert pages.post(later, REASON, check=False).location == f"/admin/people/{people.pete.id}"
    clock.advance(minutes=1)
    assert pages.post(later, REASON).location.startswith("/account/confirm")


def test_button_alone_leads_back_to_its_page(pages, people, later):
    page = f"/admin/people/{people.olu.id}"
    response = pages.post(f"{page}/sign-out", headers={"Referer": f"http://localhost{page}"})
    assert response.location == f"/account/confirm?next={page}"
    elsewhere = pages.post(f"{page}/sign-out", headers={"Referer": "http://elsewhere.example/x"})
    assert elsewhere.location == "/account/confirm"
    assert pages.post(response.location, {"password": PASSWORD}).location == page


def test_who_has_an_app_confirms_by_its_code(app, db, people, clock):
    db.session.add(second_factor_of(people.ada))
    db.session.commit()
    ada = enter(app.test_client(), people.ada)
    clock.advance(minutes=11)
    path = f"/admin/people/{people.pete.id}/off"
    ada.post(path, REASON)
    assert 'name="password"' not in ada.get("/account/confirm").text
    assert ada.post("/account/confirm", {"code": code_of_now()}).location.startswith("/kept/")


def test_passwords_are_not_guessed_at_an_open_session(pages, later):
    for _ in range(10):
        pages.post("/account/confirm", {"password": "wrong"}, status=422)
    pages.post("/account/confirm", {"password": PASSWORD}, status=429)


#: What gives rights, takes them, or cannot be called back.
CONFIRMED = {
    "auth.remove_factor", "auth.renew_codes", "auth.set_up", "delegations.new", "delegations.revoke", "letters.issue",
    "letters.release", "letters.release_again", "letters.remove_signature", "letters.signature",
    "people.invite", "people.invite_again", "people.leave", "people.reset_second_step", "people.roles",
    "people.sign_out", "people.switch", "personal_data.correct", "personal_data.erase", "retention.erase",
}  # fmt: skip


def test_every_form_that_gives_rights_or_issues_a_letter_asks(application):
    asks = {name for name, view in application.view_functions.items() if getattr(view, "confirmed", False)}
    assert asks == CONFIRMED
    posts = {rule.endpoint for rule in application.url_map.iter_rules() if "POST" in rule.methods}
    assert {name for name in posts if name.startswith(("people.", "delegations."))} <= asks
