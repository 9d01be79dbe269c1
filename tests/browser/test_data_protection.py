"""The pages of data protection: no violation on any page of a phone, nor on the first ones of a wide screen."""

import os
from datetime import date

import pytest

from eoi.rules.stages import Stage
from eoi.workflow import foi, retention
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_deciding import sign_in

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine

ADMINISTRATOR, OFFICER = "ada", "olu"


@pytest.fixture
def world(db, people, cases, clock):
    """A case at the panel, asked for by a newspaper and held back; a draft whose day is near."""
    submission = cases.at(Stage.PANEL)
    request = foi.log(
        received_on=clock().date(), requester="The Gazette", asked="Everything about the expression of interest.",
        cases=[submission], by=people.actor("olu"),
    )  # fmt: skip
    retention.hold(
        submission, reason="A complaint to the Ombudsman.", review_on=date(2028, 1, 1), by=people.actor("ada")
    )
    db.session.commit()
    kept, personal, asked = (f"/admin/{name}" for name in ("retention", "personal-data", "foi"))
    case, one = f"{kept}/{submission.public_id}", f"{asked}/{request.id}"
    ref = submission.reference
    return {
        ADMINISTRATOR: [kept, case, f"{case}/hold", f"{case}/erase", f"{case}/ended", personal,
                        f"{personal}/{people.alice.id}", f"{personal}/{people.alice.id}/correct",
                        f"{personal}/{people.alice.id}/erase"],
        OFFICER: [asked, f"{asked}/new", one, f"{one}/{ref}", f"{one}/{ref}/item?item=answer%20summary_100",
                  f"/review/submissions/{ref}/redact"],
        "": ["/privacy", "/cookies", "/accessibility"],
    }  # fmt: skip


def test_no_page_of_data_protection_has_a_violation(app, db, world, people, new_page, check_axe):
    for who, paths in world.items():
        for width in (NARROW, WIDE):
            page = new_page(width=width)
            if who:
                sign_in(page, app, people.by_name[who])
                db.session.rollback()
            for number, path in enumerate(paths if width == NARROW else paths[:1]):
                page.goto(path)
                check_axe(page)
                if folder := os.environ.get("PICTURES_OF_DATA_PROTECTION"):
                    page.screenshot(path=f"{folder}/{who or 'all'}-{number}-{width}.png", full_page=True)
