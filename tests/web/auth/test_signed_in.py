"""Where somebody is signed in: listed, ended one by one or all at once, and ended by what changes an account."""

import pytest
from sqlalchemy import select

from eoi.models import SignIn
from eoi.rules.permissions import Role
from eoi.workflow import accounts, sign_ins
from tests.pages import Pages
from tests.web.auth.test_sign_in import PASSWORD, is_in, sign_in
from tests.web.auth.test_sign_in import pages as pages  # a fixture
from tests.web.entering import enter

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"


@pytest.fixture
def phone(app, pages, clock):
    """Alice at her desk, where she signed in a quarter of an hour ago, and on her phone just now."""
    sign_in(pages)
    clock.advance(minutes=15)
    phone = Pages(app.test_client())
    sign_in(phone, headers={"User-Agent": PHONE})
    return phone


def test_sessions_are_listed_with_device_place_and_time(pages, phone):
    page = phone.get("/account/sessions").text
    assert (
        page.index("Safari on iPhone") < page.index("This one") < page.index("Firefox") if "Firefox" in page else True
    )
    assert "127.0.0.1" in page


def test_one_session_is_ended_from_another(db, pages, phone, people):
    rows = db.session.scalars(select(SignIn).where(SignIn.user_id == people.alice.id)).all()
    desk, on_phone = sorted(rows, key=lambda row: row.id)[-2:]
    assert on_phone.device == "Safari on iPhone"
    phone.get("/account/sessions")
    page = phone.follow(phone.post(f"/account/sessions/{desk.id}/end"))
    assert "has ended" in page.text
    assert not is_in(pages)
    assert is_in(phone)


def test_nobody_ends_the_session_of_another(app, db, pages, phone, people):
    row = db.session.scalars(select(SignIn).where(SignIn.user_id == people.alice.id)).first()
    stranger = enter(app.test_client(), people.sam)
    stranger.post(f"/account/sessions/{row.id}/end", status=404)
    assert is_in(phone)


@pytest.mark.parametrize(
    "change",
    [
        lambda user, by: accounts.change_password(user, password_hash="new"),
        lambda user, by: accounts.change_roles(user, [Role.AUDITOR], by=by),
        lambda user, by: accounts.switch_off(user, reason="Left.", by=by),
        lambda user, by: accounts.sign_out_everywhere(user, by=by),
    ],
)
def test_what_changes_an_account_ends_its_sessions(db, pages, people, change):
    sign_in(pages, "olu")
    assert is_in(pages)
    change(people.olu, people.actor("ada"))
    db.session.commit()
    assert not is_in(pages)


def test_change_of_password_ends_the_other_sessions_and_begins_this_one_anew(pages, phone):
    form = {"password": PASSWORD, "new_password": "fresh ladder harbour"}
    with phone.client.session_transaction() as session:
        before = session["sign_in"]
    phone.post("/account/password", form, check=False)
    assert is_in(phone)
    assert not is_in(pages)
    with phone.client.session_transaction() as session:
        assert session["sign_in"] != before


def test_reading_notes_the_last_use_every_ten_minutes_and_nothing_else(db, pages, people, clock):
    enter(pages.client, people.olu)
    row = db.session.scalars(select(SignIn).where(SignIn.user_id == people.olu.id)).one()
    noted = []
    for minutes in (9, 1, 9, 1):
        clock.advance(minutes=minutes)
        pages.get("/account")
        pages.get("/review/nowhere", status=404)
        db.session.refresh(row)
        noted.append(row.used_at.minute)
    assert noted == [0, 10, 10, 20]
    assert len(db.session.scalars(select(SignIn)).all()) == len(people.by_name)


def test_tidy_erases_addresses_after_ninety_days_and_rows_after_a_year(db, people, clock):
    clock.advance(days=89)
    sign_ins.tidy()
    assert db.session.scalars(select(SignIn.address)).first() == "127.0.0.1"
    clock.advance(days=1)
    sign_ins.tidy()
    assert set(db.session.scalars(select(SignIn.address))) == {None}
    clock.advance(days=275)
    sign_ins.tidy()
    assert db.session.scalars(select(SignIn)).all() == []


def test_staying_puts_the_end_off_and_tells_how_long(pages, clock):
    sign_in(pages)
    clock.advance(minutes=58)
    assert pages.client.post("/account/stay").json == {"seconds": 3600, "most": 11 * 3600 + 120}
    clock.advance(minutes=58)
    assert is_in(pages)


def test_page_says_when_to_warn(pages, clock):
    sign_in(pages)
    assert 'data-seconds="3600" data-most="43200"' in pages.get("/account").text
    for _ in range(23):
        clock.advance(minutes=30)
        page = pages.get("/account").text
    assert 'data-seconds="1800" data-most="1800"' in page
