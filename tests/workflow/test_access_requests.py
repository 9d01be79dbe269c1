"""Access that people ask for themselves: the address proven first, the place by an officer."""

import re

import pytest
from sqlalchemy import func, select

from eoi import jobs
from eoi.extensions import today
from eoi.models import AuditEntry, Invitation, Link, Membership, User
from eoi.models.link import Purpose
from eoi.queries import access_requests as queries
from eoi.queries import submissions, users
from eoi.rules.errors import Invalid, LinkDead, MovedOn, NotAllowed, Refused
from eoi.rules.permissions import Permission, Role, may
from eoi.workflow import access_requests, accounts, links
from tests.people import ELSEWHERE, HOPEFIELD

NELL = "nell@hopefield.example"


def asked(email=NELL, urn=HOPEFIELD, role=Role.EDITOR):
    access_requests.ask(email, name="Nell New", urn=urn, role=role, job_title="SENCO")
    accounts.db.session.commit()
    return accounts.db.session.scalars(select(Link).order_by(Link.id.desc())).first()


def arrived(link=None, **more):
    user = access_requests.take_up(link or asked(**more), name="Nell Newton", password_hash="hash")
    accounts.db.session.commit()
    return user


def place_of(user, urn=HOPEFIELD):
    return next(m for m in user.memberships if m.urn == urn)


def test_nothing_but_a_link_stands_before_the_address_is_confirmed(db, people):
    before = db.session.scalar(select(func.count(User.id)))
    link = asked()
    assert link.payload == {"urn": HOPEFIELD, "role": "editor", "job_title": "SENCO"}
    assert db.session.scalar(select(func.count(User.id))) == before
    assert queries.count() == 0


def test_who_never_confirmed_the_address_is_forgotten(db, people, clock):
    asked()
    arrived(email="used@x.example")
    clock.advance(hours=24 * 8)
    links.tidy()
    assert len(db.session.scalars(select(Link)).all()) == 2
    clock.advance(hours=24 * 2)
    links.tidy()
    assert [link.email for link in db.session.scalars(select(Link))] == ["used@x.example"]


def test_the_place_opens_nothing_until_it_is_confirmed(db, people, cases):
    draft = cases.road().submission
    user = arrived()
    assert (user.name, user.job_title, place_of(user).confirmed_at) == ("Nell Newton", "SENCO", None)
    actor = user.actor(today())
    assert submissions.find(draft.public_id, actor) is None
    assert not any(may(actor, one) for one in (Permission.DRAFT, Permission.SUBMIT, Permission.READ_OWN))
    access_requests.confirm(place_of(user), by=people.actor("olu"))
    db.session.commit()
    actor = user.actor(today())
    assert submissions.find(draft.public_id, actor) is draft
    assert may(actor, Permission.DRAFT)
    assert not may(actor, Permission.SUBMIT)
    trail = select(AuditEntry.action).where(AuditEntry.case == f"user:{user.id}").order_by(AuditEntry.seq)
    assert db.session.scalars(trail).all() == ["asked for access", "access confirmed"]


def test_a_link_is_used_once(db, people):
    link = asked()
    arrived(link)
    with pytest.raises(LinkDead):
        arrived(link)


def test_an_invited_address_is_tied_at_once(db, people, clock):
    db.session.add(Invitation(urn=HOPEFIELD, headteacher="Nell", email=NELL, sent_at=clock(), sent_by="Olu"))
    db.session.commit()
    assert place_of(arrived()).confirmed_at
    assert not place_of(arrived(urn=ELSEWHERE), ELSEWHERE).confirmed_at


def test_an_invitation_does_not_bring_back_who_has_left(db, people, clock):
    db.session.add(Invitation(urn=HOPEFIELD, headteacher="Nell", email=NELL, sent_at=clock(), sent_by="Olu"))
    user = arrived()
    accounts.leave_school(place_of(user), by=people.actor("olu"))
    db.session.commit()
    assert place_of(arrived()).confirmed_at is None


def test_who_was_invited_and_has_no_password_chooses_one_here(db, people):
    accounts.invite(NELL, "Nell", urn=HOPEFIELD, role=Role.HEADTEACHER, by=people.actor("olu"))
    link = asked(role=Role.HEADTEACHER)
    assert access_requests.needs_password(link)
    user = arrived(link)
    assert user.password_hash == "hash"
    assert user.actor(today()).schools == ((HOPEFIELD, Role.HEADTEACHER),)


def test_who_has_a_password_keeps_it(db, people):
    people.sam.password_hash = "kept"
    link = asked("Sam@example.org")
    assert not access_requests.needs_password(link)
    user = access_requests.take_up(link)
    assert (user.id, user.name, user.password_hash) == (people.sam.id, "Sam Example", "kept")
    assert user.actor(today()).urns == {ELSEWHERE}


def test_an_editor_does_not_become_a_headteacher_by_asking(db, people):
    people.ed.password_hash = "kept"
    link = asked("ed@example.org", role=Role.HEADTEACHER)
    with pytest.raises(Refused, match="place at this school already"):
        access_requests.take_up(link)
    db.session.rollback()
    assert people.ed.memberships[0].role is Role.EDITOR


def test_staff_and_accounts_that_are_off_get_no_mail(db, people, mailbox):
    people.sam.active = False
    for email in ("olu@example.org", "sam@example.org"):
        access_requests.ask(email, name="X", urn=HOPEFIELD, role=Role.EDITOR, job_title="")
        access_requests.ask_sign_in_link(email)
    db.session.commit()
    jobs.drain()
    assert mailbox.texts == []


def test_a_school_that_is_not_there_is_refused(db, people):
    with pytest.raises(Invalid):
        asked(urn=123456)


def test_officers_alone_answer(db, people):
    user = arrived()
    for name in ("alice", "ada", "priya"):
        with pytest.raises(NotAllowed):
            access_requests.confirm(place_of(user), by=people.actor(name))
        with pytest.raises(NotAllowed):
            access_requests.refuse(place_of(user), reason="No.", by=people.actor(name))


def test_a_request_is_answered_once(db, people, mailbox):
    place = place_of(arrived())
    access_requests.confirm(place, by=people.actor("olu"))
    with pytest.raises(MovedOn):
        access_requests.refuse(place, reason="No.", by=people.actor("olu"))
    with pytest.raises(MovedOn):
        access_requests.confirm(place, by=people.actor("harriet"))


def test_refused_is_told_why_and_may_ask_again(db, people, mailbox):
    user = arrived()
    access_requests.refuse(place_of(user), reason="The school does not know you.", by=people.actor("olu"))
    db.session.commit()
    assert user.memberships == []
    jobs.drain()
    assert "The school does not know you." in mailbox.texts[-1]
    assert place_of(arrived()).confirmed_at is None


def test_a_new_headteacher_takes_over_and_the_draft_stays(db, people, cases):
    draft = cases.road().submission
    assert draft.lead is people.alice
    user = arrived(role=Role.HEADTEACHER)
    instead_of = place_of(people.alice)
    access_requests.confirm(place_of(user), instead_of=instead_of, by=people.actor("olu"))
    db.session.commit()
    assert draft.lead is user
    assert people.actor("alice").urns == frozenset()
    assert submissions.find(draft.public_id, people.actor("alice")) is None
    assert may(user.actor(today()), Permission.SUBMIT, submissions.case_facts(draft))


def test_nobody_takes_over_from_another_school_or_as_editor(db, people):
    head, editor = arrived(role=Role.HEADTEACHER), arrived(email="e@x.example")
    for user, other in ((head, people.sam), (head, people.ed), (editor, people.alice)):
        with pytest.raises(Refused):
            access_requests.confirm(place_of(user), instead_of=other.memberships[0], by=people.actor("olu"))


def test_waiting_tells_what_is_known(db, people, cases):
    school = cases.road().submission.school
    school.website = "https://www.hopefield.example/home"
    arrived(role=Role.HEADTEACHER)
    (one,) = queries.waiting()
    assert (one.host, one.site, one.job_title, one.under_way) == ("hopefield.example",) * 2 + ("SENCO", 1)
    assert one.asked_at is not None
    assert [m.user.name for m in one.there] == ["Alice Example", "Ed Example"]
    assert [m.user.name for m in one.heads] == ["Alice Example"]
    assert one.sharing == []


def test_invite_confirms_a_place_that_was_asked_for(db, people):
    user = arrived()
    accounts.invite(NELL, "Nell", urn=HOPEFIELD, role=Role.EDITOR, by=people.actor("olu"))
    assert place_of(user).confirmed_at


def test_a_sign_in_link_lives_15_minutes_and_works_once(db, people, mailbox, clock):
    access_requests.ask_sign_in_link("alice@example.org")
    db.session.commit()
    jobs.drain()
    token = re.search(r"/sign-in/link/(\S+)", mailbox.texts[-1])[1]
    link = links.find(token, Purpose.SIGN_IN)
    assert access_requests.use_sign_in_link(link) is people.alice
    with pytest.raises(LinkDead, match="has been used"):
        links.find(token, Purpose.SIGN_IN)
    access_requests.ask_sign_in_link("alice@example.org")
    db.session.commit()
    jobs.drain()
    clock.advance(minutes=15)
    with pytest.raises(LinkDead, match="expired"):
        links.find(re.search(r"/sign-in/link/(\S+)", mailbox.texts[-1])[1], Purpose.SIGN_IN)


def test_a_newer_sign_in_link_ends_the_earlier_and_who_became_staff_cannot_use_it(db, people):
    access_requests.ask_sign_in_link("alice@example.org")
    access_requests.ask_sign_in_link("alice@example.org")
    db.session.commit()
    first, second = db.session.scalars(select(Link).where(Link.purpose == Purpose.SIGN_IN).order_by(Link.id)).all()
    assert (first.revoked_at is None, second.revoked_at is None) == (False, True)
    accounts.change_roles(people.alice, [Role.SCORER], by=people.actor("ada"))
    with pytest.raises(Refused):
        access_requests.use_sign_in_link(second)


def test_places_are_counted_for_people_who_may_sign_in(db, people):
    user = arrived()
    assert queries.count() == 1
    accounts.switch_off(user, reason="Gone.", by=people.actor("ada"))
    db.session.commit()
    assert (queries.count(), queries.waiting()) == (0, [])
    assert users.of_school(HOPEFIELD) == [people.alice, people.ed]
    assert db.session.scalar(select(func.count(Membership.id)).where(Membership.user_id == user.id)) == 1
