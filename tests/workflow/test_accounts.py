import re

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.models import AuditEntry, Link, Outgoing, User
from eoi.models.link import Purpose
from eoi.queries import users
from eoi.rules.errors import Invalid, LinkDead, NotAllowed, Refused
from eoi.rules.permissions import SYSTEM, Role
from eoi.workflow import accounts, links
from eoi.workflow.demo_accounts import make_demonstration_accounts
from tests.people import ELSEWHERE, HOPEFIELD, session_of, token_of


def invited(people, **more):
    facts = {"urn": HOPEFIELD, "role": Role.HEADTEACHER, "by": people.actor("olu")}
    user = accounts.invite("New@School.example ", "Nell New", **{**facts, **more})
    accounts.db.session.commit()
    return user


def test_invite_makes_the_account_the_place_and_the_mail(db, people, mailbox):
    user = invited(people)
    assert (user.email, user.name, user.password_hash) == ("new@school.example", "Nell New", None)
    assert user.actor(accounts.today()).schools == ((HOPEFIELD, Role.HEADTEACHER),)
    jobs.drain()
    (text,) = mailbox.texts
    assert "Olu Example has invited you" in text
    assert "Headteacher at Hopefield Primary School" in text
    token = re.search(r"/invitation/(\S+)", text)[1]
    assert links.find(token, Purpose.INVITE).user_id == user.id


def test_invite_leaves_nothing_when_its_transaction_fails(db, people):
    accounts.invite("new@school.example", "Nell", urn=HOPEFIELD, role=Role.EDITOR, by=people.actor("olu"))
    db.session.rollback()
    assert users.by_email("new@school.example") is None
    assert db.session.scalars(select(Outgoing)).all() == []


def test_invite_of_somebody_with_a_password_tells_what_was_added(db, people, mailbox):
    people.alice.password_hash = "kept"
    accounts.invite("alice@example.org", "Alice", urn=ELSEWHERE, role=Role.EDITOR, by=people.actor("olu"))
    db.session.commit()
    jobs.drain()
    assert "a new role: School editor at Elsewhere Primary School" in mailbox.texts[0]
    assert people.actor("alice").urns == {HOPEFIELD, ELSEWHERE}
    assert db.session.scalars(select(Link)).all() == []


def test_invite_again_ends_the_earlier_link(db, people, mailbox):
    user = invited(people)
    accounts.invite_again(user, by=people.actor("ada"))
    db.session.commit()
    jobs.drain()
    first, second = (re.search(r"/invitation/(\S+)", text)[1] for text in mailbox.texts)
    with pytest.raises(LinkDead):
        links.find(first, Purpose.INVITE)
    assert links.find(second, Purpose.INVITE)


@pytest.mark.parametrize(
    ("who", "roles", "urn"),
    [
        ("olu", (Role.ADMIN,), None),
        ("alice", (), ELSEWHERE),
        ("ed", (), HOPEFIELD),
        ("priya", (), HOPEFIELD),
        ("olu", (Role.SCORER,), HOPEFIELD),
    ],
)
def test_invite_is_refused_to_who_may_not(db, people, who, roles, urn):
    with pytest.raises(NotAllowed):
        invited(people, by=people.actor(who), roles=roles, urn=urn, role=Role.EDITOR if urn else None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"urn": 1},
        {"role": Role.ADMIN},
        {"role": None},
        {"urn": None, "role": None},
        {"urn": None, "roles": (Role.EDITOR,)},
    ],
)
def test_invite_refuses_what_cannot_be(db, people, wrong):
    with pytest.raises(Invalid):
        invited(people, by=people.actor("ada"), **wrong)


def test_accept_uses_the_link_up(db, people):
    user = invited(people)
    link = db.session.scalars(select(Link)).one()
    accounts.accept(link, name="Nell Newton", password_hash="hash")
    db.session.commit()
    assert (user.name, user.password_hash) == ("Nell Newton", "hash")
    with pytest.raises(LinkDead):
        accounts.accept(link, name="Nell", password_hash="other")


def test_reset_ends_every_session_and_tells_the_person(db, people, mailbox):
    accounts.forgot("ALICE@example.org")
    db.session.commit()
    jobs.drain()
    token = re.search(r"/reset/(\S+)", mailbox.texts[0])[1]
    accounts.reset(links.find(token, Purpose.RESET), password_hash="new hash")
    db.session.commit()
    jobs.drain()
    assert people.alice.password_hash == "new hash"
    assert users.signed_in(people.alice.id, token_of(people.alice)) is None
    assert "The password of your account has changed" in mailbox.texts[1]
    with pytest.raises(LinkDead):
        links.find(token, Purpose.RESET)


def test_reset_link_dies_after_an_hour(db, people, clock):
    accounts.forgot("alice@example.org")
    db.session.commit()
    token = links.address(db.session.scalars(select(Link)).one()).rpartition("/")[2]
    clock.advance(minutes=59)
    assert links.find(token, Purpose.RESET)
    clock.advance(minutes=1)
    with pytest.raises(LinkDead):
        links.find(token, Purpose.RESET)


def test_forgot_of_a_stranger_or_of_an_ended_account_does_nothing(db, people):
    accounts.switch_off(people.sam, reason="left", by=people.actor("ada"))
    for email in ("nobody@example.org", "sam@example.org"):
        accounts.forgot(email)
    db.session.commit()
    assert db.session.scalars(select(Link)).all() == []


def test_change_roles_gives_exactly_these(db, people):
    accounts.change_roles(people.pete, [Role.SCORER, Role.FINANCE], by=people.actor("ada"))
    db.session.commit()
    assert people.pete.roles == {Role.SCORER, Role.FINANCE}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.case == f"user:{people.pete.id}")).one()
    assert entry.action == "roles changed"
    assert entry.detail.content == {"from": ["estates", "scorer"], "to": ["finance", "scorer"]}


def test_nobody_changes_their_own_roles_or_those_of_others_without_the_right(db, people):
    for who, whose in (("ada", "ada"), ("harriet", "olu"), ("alice", "alice")):
        with pytest.raises(NotAllowed):
            accounts.change_roles(getattr(people, whose), [Role.HEAD_OF_SEN], by=people.actor(who))


def test_the_last_administrator_stays(db, people):
    with pytest.raises(Refused, match="only administrator"):
        accounts.change_roles(people.ada, [Role.AUDITOR], by=SYSTEM)
    with pytest.raises(Refused, match="only administrator"):
        accounts.switch_off(people.ada, reason="left", by=SYSTEM)


def test_switch_off_ends_sessions_and_links(db, people):
    user = invited(people)
    link = db.session.scalars(select(Link)).one()
    db.session.add(session_of(user))
    db.session.commit()
    assert users.signed_in(user.id, token_of(user))[0] == user
    accounts.switch_off(user, reason="left the school", by=people.actor("ada"))
    db.session.commit()
    db.session.refresh(link)
    assert not link.is_live(accounts.now())
    assert users.signed_in(user.id, token_of(user)) is None
    accounts.switch_on(user, reason="came back", by=people.actor("ada"))
    assert users.signed_in(user.id, token_of(user)) is None  # back, and to sign in again


def test_leave_school_ends_the_place(db, people):
    accounts.leave_school(people.ed.memberships[0], by=people.actor("olu"))
    db.session.commit()
    assert people.actor("ed").schools == ()


def test_create_admin_makes_one_and_its_link(db):
    link = accounts.create_admin("first@kent.example")
    again = accounts.create_admin("first@kent.example")
    db.session.commit()
    db.session.refresh(link)
    assert link.revoked_at
    assert again.user.roles == {Role.ADMIN}
    assert len(db.session.scalars(select(User)).all()) == 1


def test_demonstration_accounts_are_refused_outside_a_demonstration(app, db):
    with pytest.raises(NotAllowed):
        make_demonstration_accounts("hash")
    app.config["DEMONSTRATION"] = True
    assert len(make_demonstration_accounts("hash")) == 13
    db.session.commit()
    assert make_demonstration_accounts("hash") == []
    assert users.by_email("panel2@demo.example").roles == {Role.SCORER, Role.ESTATES}


def test_demonstration_headteachers_are_at_schools_of_the_register(app, people):
    app.config["DEMONSTRATION"] = True
    made = {user.email: user.memberships[0].urn for user in make_demonstration_accounts("hash") if user.memberships}
    assert made == {"headteacher@demo.example": 900001, "headteacher2@demo.example": 900002}
