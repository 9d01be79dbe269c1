"""Pages on which people talk about a case: no violation on a phone, nor on the first ones of a wide screen."""

import os

import pytest
from sqlalchemy import select

from eoi.extensions import now
from eoi.models import Flag, SchoolRequest
from eoi.rules.stages import Stage
from eoi.rules.talking import Audience, Wish
from eoi.workflow import holding, talking
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_deciding import sign_in
from tests.clock import START
from tests.hostile.said import Stored
from tests.people import ELSEWHERE, RIVERSIDE

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine


@pytest.fixture
def world(db, people, cases, clock):
    """A declined case with its letter out, of which much has been said; one that is asked; one on hold."""
    held = cases.at(Stage.CHECK, urn=RIVERSIDE)
    clock.travel(START)
    asked = cases.at(Stage.RETURNED, urn=ELSEWHERE)
    clock.travel(START)
    case = cases.at(Stage.DECLINED)
    cases._issue(case)
    alice, olu = people.actor("alice"), people.actor("olu")
    talking.write_to_council(case, "May we show you the new room?", [Stored("0" * 64)], seen=0, by=alice)
    talking.write_to_school(case, "Yes, on Monday.\n\nBring the plan.", seen=1, by=olu)
    talking.comment(case, Audience.CASE_TEAM, "The room is good.", [Stored("0" * 64)], seen=0, by=olu)
    holding.flag(case, "The building is a PFI", by=olu)
    holding.hold(held, "The survey is late.", seen=held.version, by=olu)
    asked_for = SchoolRequest(submission_id=case.id, wish=Wish.CALL, text="Any morning.", asked_at=now())
    db.session.add(asked_for)
    db.session.commit()
    flag, ref = db.session.scalars(select(Flag.id)).one(), f"/review/submissions/{case.reference}"
    own, question = f"/apply/{case.public_id}", f"/review/submissions/{asked.reference}"
    return {
        "alice": [own, f"{own}/messages", f"{own}/tell/review", f"{own}/mail", f"{own}/tell/call"],
        "olu": [ref, f"{ref}/messages", f"{ref}/comments", f"{ref}/mail", f"{ref}/flags", f"{ref}/flags/{flag}",
                f"{ref}/requests/{asked_for.id}", f"/review/submissions/{held.reference}", "/review",
                f"/review/submissions/{held.reference}/hold", f"{question}/questions/1/close"],
    }  # fmt: skip


def test_no_page_of_talking_has_a_violation(app, db, world, people, new_page, check_axe):
    for who, paths in world.items():
        for width in (NARROW, WIDE):
            page = new_page(width=width)
            sign_in(page, app, people.by_name[who])
            db.session.rollback()
            for number, path in enumerate(paths if width == NARROW else paths[:3]):
                assert page.goto(path).status == 200
                check_axe(page)
                if folder := os.environ.get("PICTURES_OF_TALKING"):
                    page.screenshot(path=f"{folder}/{who}-{number}-{width}.png", full_page=True)
