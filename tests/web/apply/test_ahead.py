"""Whoever waits to be confirmed fills in the form meanwhile, alone; their words stay theirs."""

import re

import pytest
from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Membership, School, Submission, User
from eoi.rules.permissions import Role
from eoi.workflow import access_requests, drafting
from tests.pages import Pages
from tests.people import HOPEFIELD, session_of
from tests.web.entering import enter

START = "/apply/start/autumn-2026"
OFFER = f"{START}/check?school={HOPEFIELD}&path=srp&need=asd&phase=primary"


@pytest.fixture
def nell(people, cases, clock):
    user = User(email="nell@hopefield.example", name="Nell Newton", password_hash="kept", created_at=clock())
    user.memberships = [Membership(urn=HOPEFIELD, role=Role.HEADTEACHER)]
    db.session.add(user)
    db.session.flush()
    db.session.add(session_of(user))
    db.session.commit()
    return user


@pytest.fixture
def pages(client, nell):
    enter(client, nell)
    return Pages(client, most_queries=40)


def draft_of(user):
    return db.session.scalars(select(Submission).where(Submission.held_by_id == user.id)).one()


def test_from_the_wait_to_a_full_draft_that_cannot_be_sent(pages, nell, people):
    waiting = pages.get("/account/access").text
    assert "You cannot submit yet" in waiting
    assert START in waiting
    assert pages.get("/apply", status=302).location == "/account/access"
    assert pages.post(START, {"school": str(HOPEFIELD), "path": "srp", "need": "asd", "phase": "primary"}).location
    assert "only you see this draft" in pages.get(OFFER).text
    assert pages.post(OFFER, {}).location.startswith("/apply/")
    draft = draft_of(nell)
    page = f"/apply/{draft.public_id}"
    assert "Once we have confirmed that you work at the school" in pages.get(page).text
    pages.post(f"{page}/offer", {"version": "0", "places": "12"})
    assert "12" in pages.get(f"{page}/check").text
    for path in ("declaration", "withdraw", "lead", "signatures", "copy.pdf", "answers", "change"):
        pages.get(f"{page}/{path}", status=403)
    pages.get("/apply/colleagues", status=403)
    told = pages.get(f"{page}/words.txt")
    assert told.mimetype == "text/plain"
    assert "attachment" in told.headers["Content-Disposition"]
    assert re.search(r"places.*\n12 places\n", told.text)
    assert "Go on" in pages.get("/account/access").text


def test_exceptions_have_to_wait(pages, nell):
    semh = OFFER.replace("need=asd", "need=semh")
    assert "once we have confirmed" in pages.get(semh).text
    pages.post(semh, {}, status=200)
    assert db.session.scalars(select(Submission)).all() == []


def test_refused_the_words_are_still_theirs(pages, nell, people, cases):
    drafting.start(
        cases.round, db.session.get_one(School, HOPEFIELD), "srp", "asd", "primary", by=nell.actor(cases.clock().date())
    )
    access_requests.refuse(nell.memberships[0], reason="Nobody knows you.", by=people.actor("olu"))
    db.session.commit()
    draft = draft_of(nell)
    page = pages.get("/account/access").text
    assert "nobody there sees this draft" in page
    pages.get(f"/apply/{draft.public_id}/words.txt")
    pages.get(f"/apply/{draft.public_id}", status=403)
    enter(pages.client, people.alice)
    for path in ("", "/offer", "/check", "/words.txt"):
        pages.get(f"/apply/{draft.public_id}{path}", status=404)
    assert "Hopefield" not in pages.get("/apply").text or draft.public_id not in pages.get("/apply").text


def test_two_drafts_stand_and_one_takes_what_it_lacks(pages, nell, people, cases):
    theirs = cases.road().submission
    own = drafting.start(
        cases.round, db.session.get_one(School, HOPEFIELD), "srp", "asd", "primary", by=nell.actor(cases.clock().date())
    )
    drafting.save_section(own, "offer", {"places": "12"}, seen=0, by=nell.actor(cases.clock().date()))
    access_requests.confirm(nell.memberships[0], by=people.actor("olu"))
    db.session.commit()
    enter(pages.client, people.alice)
    assert "Copy to the other draft" in pages.get(f"/apply/{own.public_id}").text
    assert pages.post(f"/apply/{own.public_id}/take-over", {}).location == f"/apply/{theirs.public_id}"
    assert "Copied into 1 section" in pages.get(f"/apply/{theirs.public_id}").text
    assert 'value="12"' in pages.get(f"/apply/{theirs.public_id}/offer").text
    pages.post(f"/apply/{own.public_id}/take-over", {})
