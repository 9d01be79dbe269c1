"""Drafts begun before an officer has confirmed their author: theirs alone, then the school's, and nothing is lost."""

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.extensions import today
from eoi.models import AuditEntry, Membership, School, Submission, User
from eoi.queries import dashboard, drafts, retention, rounds, submissions
from eoi.rules.errors import NotAllowed, Refused
from eoi.rules.permissions import SYSTEM, Permission, Role, may
from eoi.rules.retention import Kept
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase
from eoi.workflow import access_requests, accounts, ahead, drafting, exceptions, reminding, submitting
from eoi.workflow import retention as keeping
from tests.people import AT_SCHOOL, HOPEFIELD, STAFF

OFFER = (Path.SRP, Need.ASD, Phase.PRIMARY)
TYPED = {"offer_summary": "We offer a calm base."}


def waiting(db, clock, role=Role.EDITOR, email="nell@hopefield.example"):
    user = User(email=email, name="Nell Newton", created_at=clock())
    user.memberships = [Membership(urn=HOPEFIELD, role=role)]
    db.session.add(user)
    db.session.commit()
    return user


def begun(cases, user, **typed):
    """What this person has begun for Hopefield, with these answers typed into the first section that takes them."""
    db = accounts.db
    draft = drafting.start(cases.round, db.session.get_one(School, HOPEFIELD), *OFFER, by=user.actor(today()))
    if typed:
        fill(draft, user, **typed)
    db.session.commit()
    return draft


def fill(draft, user, **typed):
    row = drafts.section_rows(draft).get("offer")
    drafting.save_section(draft, "offer", typed, seen=row.version if row else 0, by=user.actor(today()))


def confirm(user, people):
    access_requests.confirm(user.memberships[0], by=people.actor("olu"))
    accounts.db.session.commit()


def test_it_is_its_authors_alone(db, people, cases, clock):
    nell, other = waiting(db, clock), waiting(db, clock, Role.HEADTEACHER, "omar@hopefield.example")
    draft = begun(cases, nell, places="12")
    assert (draft.held_by, draft.lead) == (nell, None)
    assert submissions.find(draft.public_id, nell.actor(today())) is draft
    assert submissions.find(draft.public_id, SYSTEM) is draft
    everybody = [people.actor(name) for name in (*STAFF, *AT_SCHOOL)] + [other.actor(today())]
    facts = submissions.case_facts(draft)
    for actor in everybody:
        assert submissions.find(draft.public_id, actor) is None
        assert not any(may(actor, one, facts) for one in Permission if one is not Permission.SIGNED_IN)
    own = {one for one in Permission if may(nell.actor(today()), one, facts)}
    assert own == {Permission.SIGNED_IN, Permission.DRAFT_AHEAD}


def test_its_author_sees_nothing_that_the_school_has(db, people, cases, clock):
    theirs = cases.road().submission
    nell = waiting(db, clock)
    actor = nell.actor(today())
    assert submissions.find(theirs.public_id, actor) is None
    assert drafts.live(cases.round, HOPEFIELD, actor) == {}
    assert drafts.schools_of(actor) == drafts.of_schools(actor) == []
    draft = begun(cases, nell)
    assert list(drafts.live(cases.round, HOPEFIELD, actor).values()) == [draft]
    assert list(drafts.live(cases.round, HOPEFIELD, people.actor("alice")).values()) == [theirs]
    assert drafts.of_schools(people.actor("alice")) == [theirs]


def test_nobody_counts_it_or_is_reminded_of_it(db, people, cases, clock, mailbox):
    begun(cases, waiting(db, clock))
    assert dashboard.draft_counts() == []
    assert dashboard.drafts(1) == ([], 0)
    assert rounds.counts() == {}
    clock.advance(hours=24 * 17)
    for _ in range(12):
        reminding.remind_drafts()
        clock.advance(hours=24)
    jobs.drain()
    assert mailbox.texts == []


def test_it_cannot_be_sent_or_ask_for_an_exception(db, people, cases, clock):
    nell = waiting(db, clock, Role.HEADTEACHER)
    draft = begun(cases, nell)
    with pytest.raises(NotAllowed):
        submitting.submit(draft, [], seen=draft.version, by=nell.actor(today()))
    with pytest.raises(NotAllowed):
        exceptions.ask(draft, "Ours.", seen=draft.version, by=nell.actor(today()))
    with pytest.raises(Refused, match="once we have confirmed"):
        drafting.start(cases.round, draft.school, Path.SRP, Need.SEMH, Phase.PRIMARY, by=nell.actor(today()))


def test_twice_is_refused_to_the_same_person_only(db, people, cases, clock):
    begun(cases, waiting(db, clock))
    with pytest.raises(Refused):
        begun(cases, db.session.scalars(select(User).order_by(User.id.desc())).first())
    begun(cases, waiting(db, clock, email="omar@hopefield.example"))


def test_confirmed_it_becomes_the_schools(db, people, cases, clock, mailbox):
    nell = waiting(db, clock)
    draft = begun(cases, nell, places="12")
    confirm(nell, people)
    assert (draft.held_by, draft.beside, draft.lead) == (None, False, nell)
    assert submissions.find(draft.public_id, people.actor("alice")) is draft
    assert drafts.answers(draft)["places"] == 12
    assert may(people.actor("alice"), Permission.SUBMIT, submissions.case_facts(draft))
    trail = select(AuditEntry.action).where(AuditEntry.case == draft.case).order_by(AuditEntry.seq.desc())
    assert db.session.scalars(trail).first() == "became the school's"
    jobs.drain()
    assert "is now the school's" in mailbox.texts[-1]


def test_an_invitation_gives_it_to_the_school_too(db, people, cases, clock):
    nell = waiting(db, clock)
    draft = begun(cases, nell)
    accounts.invite(nell.email, nell.name, urn=HOPEFIELD, role=Role.EDITOR, by=people.actor("alice"))
    db.session.commit()
    assert draft.held_by is None


def test_beside_another_both_stand_and_gaps_are_filled(db, people, cases, clock):
    theirs = cases.road().submission
    nell = waiting(db, clock)
    draft = begun(cases, nell, places="12", opening={"month": "9", "year": "2028"})
    fill(theirs, people.alice, places="8")
    confirm(nell, people)
    assert draft.beside
    assert submissions.find(draft.public_id, people.actor("ed")) is draft
    with pytest.raises(Refused, match="another expression of interest"):
        submitting.ahead.stand_alone(draft)
    assert ahead.take_over(draft, by=people.actor("alice")) == 1
    db.session.commit()
    held = drafts.answers(theirs)
    assert (held["places"], held["opening"]) == (8, "2028-09-01")
    assert drafts.answers(draft)["places"] == 12
    assert ahead.take_over(draft, by=people.actor("alice")) == 0


def test_beside_one_that_ended_it_counts(db, people, cases, clock):
    theirs = cases.at(Stage.SUBMITTED)
    nell = waiting(db, clock)
    draft = begun(cases, nell)
    confirm(nell, people)
    submitting.withdraw(theirs, "Not now.", seen=theirs.version, by=people.actor("alice"))
    ahead.stand_alone(draft)
    assert not draft.beside


def test_refused_it_stays_its_authors_until_it_is_erased(db, people, cases, clock, mailbox):
    nell = waiting(db, clock)
    draft = begun(cases, nell, places="12")
    access_requests.refuse(nell.memberships[0], reason="Nobody knows you.", by=people.actor("olu"))
    db.session.commit()
    db.session.expire(nell)
    actor, facts = nell.actor(today()), submissions.case_facts(draft)
    assert submissions.find(draft.public_id, actor) is draft
    assert not may(actor, Permission.DRAFT_AHEAD, facts)
    with pytest.raises(NotAllowed):
        fill(draft, nell, places="13")
    db.session.rollback()
    due = retention.due_case(draft).due
    assert (due.kept, (due.on - today()).days) == (Kept.REFUSED, 60)
    jobs.drain()
    assert "60 days" in mailbox.texts[-1]
    clock.advance(hours=24 * 31)
    keeping.warn()
    db.session.commit()
    jobs.drain()
    told = [text for text in mailbox.texts if "We erase such drafts" in text]
    assert ["/account/access" in text for text in told] == [True]
    clock.advance(hours=24 * 30)
    keeping.promise_erasing()
    db.session.commit()
    jobs.drain()
    assert db.session.scalars(select(Submission)).all() == []
