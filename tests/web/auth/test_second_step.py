"""The second step: set up, asked for, lost, reset. Each code opens once."""

import re

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.extensions import now
from eoi.models import AuditEntry, RecoveryCode, SecondFactor
from eoi.rules import second_factor as rules
from eoi.workflow import accounts, links, second_factor
from eoi.workflow.links import Purpose
from tests.pages import Pages, look_at
from tests.people import code_of_now, second_factor_of
from tests.web.auth.test_sign_in import is_in, sign_in
from tests.web.auth.test_sign_in import pages as pages  # a fixture
from tests.web.entering import enter

CODE = re.compile(r"<li>((?:[a-z2-7]{6}-){3}[a-z2-7]{6})</li>")


@pytest.fixture
def required(app):
    app.config["SECOND_FACTOR_FOR_STAFF"] = True


@pytest.fixture
def olu(db, pages, people, required):
    """Olu has an app."""
    db.session.add(second_factor_of(people.olu))
    db.session.commit()
    return people.olu


def set_up(pages, path="/account/second-step"):
    """Set an app up as the page says; its recovery codes."""
    page = pages.get(path).text
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    key = re.search(r'app-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    code = rules.pyotp.TOTP(key).at(now())
    answer = pages.post(path, {"sealed": sealed, "code": code}, status=200, check=False)
    look_at(answer.text, path, pages.app)
    return CODE.findall(answer.text)


def test_staff_set_it_up_before_anything_else(app, pages, required):
    assert sign_in(pages, "ada", path="/sign-in?next=/admin/people?page%3D1").location == "/admin/people?page=1"
    for path in ("/admin/people", "/account", "/account/sessions", "/account/password"):
        assert pages.get(path, status=302).location.startswith("/account/second-step?next=/")
    assert pages.post("/admin/people/1/sign-out", status=302).location == "/account/second-step"
    codes = set_up(pages, "/account/second-step?next=/admin/people")
    assert len(set(codes)) == 10
    pages.get("/admin/people")


def test_nothing_of_the_service_opens_to_staff_without_one(app, db, people, required):
    client = app.test_client()
    enter(client, people.olu)
    opened = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" in rule.methods and not rule.arguments and not getattr(view, "public", False):
            answer = client.get(rule.rule)
            if answer.status_code != 302 or "/account/second-step" not in answer.location:
                opened.append(rule.endpoint)
    assert sorted(opened) == ["auth.confirm_it_is_you", "auth.set_up"]


def test_page_shows_a_picture_and_the_same_key_in_groups(pages, people, required):
    sign_in(pages, "ada")
    page = pages.get("/account/second-step").text
    assert "<svg" in page
    assert re.search(r"app-key\">(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}<", page)


def test_set_up_needs_the_code_of_the_app_and_shows_the_same_key_again(pages, db, people, required):
    sign_in(pages, "ada")
    page = pages.get("/account/second-step").text
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    again = pages.post("/account/second-step", {"sealed": sealed, "code": "000000"}, status=422).text
    assert "Enter the code that the app shows now" in again
    assert sealed in again
    assert db.session.scalars(select(SecondFactor)).all() == []


def test_key_of_another_person_is_not_taken(app, pages, db, people):
    sign_in(pages, "ada")
    page = pages.get("/account/second-step").text
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    key = re.search(r'app-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    other = enter(app.test_client(), people.sam)
    form = {"sealed": sealed, "code": rules.pyotp.TOTP(key).at(now())}
    assert key[:4] not in re.findall(r'app-key">(.{4})', other.post("/account/second-step", form, status=422).text)


def test_secret_is_encrypted_and_codes_are_hashed_at_rest(app, pages, db, people):
    sign_in(pages)
    codes = set_up(pages)
    row = db.session.scalars(select(SecondFactor)).one()
    secret = rules.decrypted(row.secret, app.config["SECRET_KEY"])
    assert len(secret) == 32
    assert secret.encode() not in row.secret
    assert rules.decrypted(row.secret, "another key " * 4) is None
    kept = set(db.session.scalars(select(RecoveryCode.code_hash)))
    assert kept == {rules.recovery_hash(code) for code in codes}


def test_sign_in_takes_password_then_code(pages, olu):
    response = sign_in(pages, "olu", path="/sign-in?next=/need")
    assert response.location == "/sign-in/code"
    assert not is_in(pages)
    assert "I do not have my phone" in pages.follow(response).text
    assert "Enter the code that the app shows now" in pages.post("/sign-in/code", {"code": "123456"}, status=422).text
    assert pages.post("/sign-in/code", {"code": code_of_now()}, check=False).location == "/need"
    assert is_in(pages)


def test_code_alone_leads_nowhere(pages, olu):
    assert pages.get("/sign-in/code", status=302).location == "/sign-in"
    assert pages.post("/sign-in/code", {"code": code_of_now()}, check=False).location == "/sign-in"
    assert not is_in(pages)


def test_password_is_half_a_sign_in_for_ten_minutes(pages, olu, clock):
    sign_in(pages, "olu")
    clock.advance(minutes=10)
    assert pages.post("/sign-in/code", {"code": code_of_now()}, check=False).location == "/sign-in"


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_clock_of_the_phone_may_be_half_a_minute_off(pages, olu, steps, status):
    sign_in(pages, "olu")
    pages.post("/sign-in/code", {"code": code_of_now(steps)}, status=status, check=False)


def test_code_is_taken_once(app, pages, olu):
    code = code_of_now()
    sign_in(pages, "olu")
    pages.post("/sign-in/code", {"code": code}, check=False)
    over_the_shoulder = Pages(app.test_client())
    sign_in(over_the_shoulder, "olu")
    over_the_shoulder.post("/sign-in/code", {"code": code}, status=422)
    assert not is_in(over_the_shoulder)


def test_codes_are_not_guessed(app, pages, olu, clock):
    for browser in (pages, Pages(app.test_client())):
        sign_in(browser, "olu")
    for _ in range(5):
        pages.post("/sign-in/code", {"code": "123456"}, status=422)
    pages.post("/sign-in/code", {"code": code_of_now()}, status=429)
    browser.post("/sign-in/code", {"code": "abcdef-abcdef-abcdef-abcdef"}, status=429)
    clock.advance(minutes=15)
    sign_in(pages, "olu")
    pages.post("/sign-in/code", {"code": code_of_now()}, check=False)


def test_recovery_code_opens_once_however_it_is_typed(app, db, pages, people, mailbox):
    sign_in(pages)
    code = set_up(pages)[3]
    pages.client.post("/sign-out")
    sign_in(pages)
    pages.post("/sign-in/code", {"code": code.upper().replace("-", " ")}, check=False)
    assert "9 recovery codes left" in pages.get("/account").text
    pages.client.post("/sign-out")
    sign_in(pages)
    pages.post("/sign-in/code", {"code": code}, status=422)
    jobs.drain()
    assert "Codes that are left: 9." in mailbox.texts[-1]


def test_new_recovery_codes_end_the_old_ones(pages, db):
    sign_in(pages)
    old = set_up(pages)
    new = CODE.findall(pages.post("/account/recovery-codes", status=200, check=False).text)
    assert len(new) == 10
    assert not {*old} & {*new}
    assert {*db.session.scalars(select(RecoveryCode.code_hash))} == {rules.recovery_hash(code) for code in new}


def test_school_may_do_without_and_staff_may_not(app, db, pages, people, olu):
    sign_in(pages)
    set_up(pages)
    assert pages.post("/account/second-step/remove", check=False).location == "/sign-in"
    assert sign_in(pages).location == "/apply"
    staff = enter(app.test_client(), olu)
    staff.post("/account/second-step/remove", status=403)


def test_new_password_by_link_does_not_skip_the_second_step(db, pages, olu):
    link = links.make(Purpose.RESET, email=olu.email, user=olu)
    db.session.commit()
    path = "/reset/" + links.address(link).rpartition("/")[2]
    assert pages.post(path, {"new_password": "fresh ladder harbour"}, check=False).location == "/sign-in/code"
    assert not is_in(pages)


def test_administrator_resets_it_with_a_reason_on_the_record(app, db, pages, people, olu, mailbox):
    theirs = enter(app.test_client(), olu)
    ada = enter(pages.client, people.ada)
    app.config["SECOND_FACTOR_FOR_STAFF"] = False
    path = f"/admin/people/{olu.id}/second-step"
    ada.get(path)
    assert "Enter the reason" in ada.post(path, {"reason": ""}, status=200).text
    assert "is reset" in ada.follow(ada.post(path, {"reason": "Lost her phone."}, check=False)).text
    assert not is_in(theirs)
    db.session.expire_all()
    assert olu.second_factor is None
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.case == f"user:{olu.id}")).one()
    assert (entry.action, entry.detail.content) == ("reset the second factor", {"reason": "Lost her phone."})
    jobs.drain()
    assert "has been removed from your account" in mailbox.texts[-1]


def test_nobody_else_resets_it(db, people, olu):
    for who in ("harriet", "alice", "olu"):
        with pytest.raises(second_factor.NotAllowed):
            second_factor.reset(olu, by=people.actor(who), reason="x")


def test_demonstration_asks_for_none(app, people):
    with app.test_request_context():
        assert not second_factor.is_needed(people.olu)


def test_second_factor_of_staff_left_to_the_council_is_the_councils(app, db, people, required):
    client = app.test_client()
    enter(client, people.olu)
    with client.session_transaction() as session:
        session["how"] = "council account"
    assert client.get("/review").status_code == 200


def test_forgot_says_nothing_of_accounts_left_to_the_council(app, db, people):
    app.config["STAFF_PASSWORDS"] = False
    accounts.forgot("olu@example.org")
    db.session.commit()
    assert db.session.scalars(select(links.Link)).all() == []
