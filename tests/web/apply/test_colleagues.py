"""A school's people: invited by their headteacher, removed, and given a case to follow. Never another school's."""

import pytest

from eoi import jobs
from eoi.models import AuditEntry, User
from eoi.rules.permissions import Role
from eoi.rules.stages import Stage
from tests.people import HOPEFIELD
from tests.web.entering import enter

NELL = {"name": "Nell Price", "job_title": "SENCO", "email": "nell@hopefield.example"}


@pytest.fixture
def alice(client, people):
    return enter(client, people.alice)


def test_headteacher_invites_a_colleague_who_may_edit(alice, db, cases, mailbox):
    assert "Let a SENCO" in alice.get("/apply").text
    page = alice.follow(alice.post("/apply/colleagues/invite", NELL, check=False)).text
    assert "We have written to nell@hopefield.example." in page
    assert "SENCO" in page
    (nell,) = db.session.query(User).filter_by(email="nell@hopefield.example")
    assert [(m.urn, m.role) for m in nell.memberships] == [(HOPEFIELD, Role.EDITOR)]
    assert nell.roles == frozenset()
    jobs.drain()
    (text,) = mailbox.texts
    assert "Alice Example" in text
    assert "School editor at Hopefield Primary School" in text


def test_invitation_says_what_to_mend_and_keeps_what_was_typed(alice, cases):
    page = alice.post("/apply/colleagues/invite", {**NELL, "email": "nell"}, status=422).text
    assert "Enter an email address in the correct format" in page
    assert "Nell Price" in page
    twice = {**NELL, "email": "ed@example.org"}
    assert "has been invited with this role already" in alice.post("/apply/colleagues/invite", twice, status=422).text


def test_headteacher_removes_an_editor_after_asking(alice, people, cases, db):
    place = people.ed.memberships[0].id
    assert "What they typed stays" in alice.get(f"/apply/colleagues/{place}/remove").text
    page = alice.follow(alice.post(f"/apply/colleagues/{place}/remove", {}, check=False)).text
    assert "Ed Example no longer sees" in page
    db.session.refresh(people.ed)
    assert people.ed.memberships == []


@pytest.mark.parametrize(("who", "status"), [("ed", 403), ("sam", 404), ("olu", 403)])
def test_nobody_else_removes_or_invites(client, people, cases, db, who, status):
    place = people.ed.memberships[0].id
    pages = enter(client, getattr(people, who))
    pages.post(f"/apply/colleagues/{place}/remove", {}, status=status)
    if who != "sam":
        pages.get("/apply/colleagues/invite", status=403)
    db.session.refresh(people.ed)
    assert len(people.ed.memberships) == 1


def test_forged_school_is_not_invited_to(alice, people, cases, db):
    alice.post("/apply/colleagues/invite", {**NELL, "urn": "900004"}, check=False)
    (nell,) = db.session.query(User).filter_by(email="nell@hopefield.example")
    assert [place.urn for place in nell.memberships] == [HOPEFIELD]


def test_headteacher_of_a_school_is_not_a_colleague_to_remove(alice, people, cases):
    alice.post(f"/apply/colleagues/{people.alice.memberships[0].id}/remove", {}, status=403)


def test_case_is_handed_over_and_its_mail_follows(client, people, cases, db):
    submission = cases.at(Stage.SUBMITTED)
    alice = enter(client, people.alice)
    path = f"/apply/{submission.public_id}/lead"
    assert "One person at your school gets our emails" in alice.get(path).text
    sent = {"version": submission.version, "lead": people.ed.id}
    page = alice.follow(alice.post(path, sent, check=False)).text
    assert "We now write to Ed Example about this." in page
    assert submission.lead is people.ed
    assert db.session.query(AuditEntry).filter_by(action="hand_over").count() == 1
    alice.post(path, {**sent, "lead": people.sam.id}, status=422)
    alice.post(path, sent, status=409, check=False)


def test_editor_sees_colleagues_and_changes_nothing(client, people, cases):
    page = enter(client, people.ed).get("/apply/colleagues").text
    assert "Alice Example" in page
    assert "Remove" not in page
    assert "Invite a colleague" not in page
