"""A round decided on one page: beside like cases, places running against places sought, row by row, pending."""

from datetime import date

import pytest

from eoi.extensions import db as database
from eoi.models import Condition, Decision, Letter, NeedLine
from eoi.rules.assigning import HANDLINGS
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Outcome, Path, Phase
from eoi.workflow import assigning, panel
from tests.people import ELSEWHERE
from tests.web.review.browsing import refused, send

PAGE = "/review/deciding"
REPLY = {"needed_by-day": "1", "needed_by-month": "6", "needed_by-year": "2028"}
CONDITION = {"text": "Agree the rooms.", "evidence": "Signed plan", "owner": "Headteacher", "due": "2028-06-30"}
GUESTS = [
    {"name": name, "role": "Forum", "voice": voice} for name, voice in (("A", "head"), ("B", "sen"), ("C", "finance"))
]
NOTES = {"rank": 1, "strengths": "Ethos", "minute": "Well led."}


@pytest.fixture
def two(cases, people):
    """Two like cases from one meeting: the stronger with conditions, the other approved; 20 places are sought."""
    found = [cases.at(Stage.PANEL), cases.at(Stage.PANEL, urn=ELSEWHERE)]
    for case, score, places in zip(found, (80.0, 60.0), (15, 12), strict=True):
        case.score, case.places = score, places
    database.session.add(
        NeedLine(year=2027, district_code="E07000105", district_name="Ashford", need=Need.ASD, phase=Phase.PRIMARY,
                 path=Path.SRP, places=20, source="Plan", as_at=date(2026, 9, 1), illustrative=False)
    )  # fmt: skip
    cleo = people.actor("cleo")
    meeting = panel.plan(found, date(2027, 3, 2), "", by=cleo)
    panel.take_register(meeting, GUESTS, seen=meeting.version, by=cleo)
    with_conditions = {**NOTES, "outcome": "approved_with_conditions", "conditions": [CONDITION]}
    for item, notes in zip(meeting.items, (with_conditions, {**NOTES, "outcome": "approved"}), strict=True):
        panel.save(item, notes, seen=item.version, by=cleo)
        panel.recommend(item, seen=item.version, by=cleo)
    database.session.commit()
    return found


def test_round_is_confirmed_row_by_row_and_stays_pending(two, as_, db):
    first, second = two
    harriet = as_("harriet")
    page = harriet.get(PAGE).text
    assert page.index(first.reference) < page.index(second.reference)
    for words in (
        "15 of 20 sought",
        "27 of 20 sought",
        "More than sought",
        "1. Agree the rooms.",
        "80.0",
        "Compare these",
    ):
        assert words in page
    form = {"confirm": first.reference, f"version-{first.reference}": first.version}
    page = refused(harriet, PAGE, form)
    assert "Enter what you considered" in page
    assert "reply" in page
    send(
        harriet,
        PAGE,
        {**form, f"version-{first.reference}": first.version - 1, "equality": "Weighed.", **REPLY},
        status=409,
    )
    done = harriet.follow(send(harriet, PAGE, {**form, "equality": "Weighed.", **REPLY})).text
    assert "It is pending until its letter is released" in done
    assert f"Confirm {second.reference}" in done
    db.session.expire_all()
    decision = db.session.query(Decision).one()
    assert (decision.outcome, decision.equality, decision.strengths) == (Outcome.CONDITIONS, "Weighed.", "Ethos")
    assert db.session.query(Condition).one().text == "Agree the rooms."
    assert db.session.query(Letter).filter_by(decision_id=decision.id).one().issued_at is None
    assert first.public_stage == second.public_stage
    as_("olu").get(PAGE, status=403)


def test_deciding_otherwise_begins_with_what_the_panel_proposes(two, as_):
    page = as_("harriet").get(f"/review/submissions/{two[0].reference}/decision").text
    assert "Agree the rooms." in page
    assert "Ethos</textarea>" in page


def test_case_in_conflict_is_not_among_the_rows(two, as_, db, people):
    assigning.declare_conflict(two[0], True, HANDLINGS[2][1], by=people.actor("harriet"))
    db.session.commit()
    harriet = as_("harriet")
    assert two[0].reference not in harriet.get(PAGE).text
    harriet.get(f"{PAGE}?case={two[0].reference}", status=404)


def test_empty_page_teaches(cases, as_):
    assert "Nothing waits for a decision" in as_("harriet").get(PAGE).text
