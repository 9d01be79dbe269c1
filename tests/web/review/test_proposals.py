"""The Head of SEN confirms officers' proposals: all that are ticked, or none."""

import pytest

from eoi.models import Decision, Letter
from eoi.rules.stages import Stage
from tests.web.review.browsing import at, refused, send

PAGE = "/review/proposals"
WORDS = {"equality": "No group is affected more than others.", "strengths": "A warm welcome for every child."}


@pytest.fixture
def two(cases, db):
    roads = [cases.road(), cases.road(urn=900004)]
    for road in roads:
        road.to(Stage.SUBMITTED)
    roads[0].to(Stage.INELIGIBLE_PROPOSED)
    roads[1].to(Stage.DECLINE_PROPOSED)
    db.session.commit()
    return [road.submission for road in roads]


def ticked(*cases, **changes):
    seen = {f"version-{case.reference}": case.version for case in cases}
    return {**WORDS, "case": [case.reference for case in cases], "version": "0", **seen, **changes}


def test_ticked_proposals_are_confirmed_together(two, db, as_):
    page = as_("harriet").get(PAGE).text
    assert "Proposed as ineligible (1)" in page
    assert "Proposed not to be shortlisted (1)" in page
    send(as_("harriet"), PAGE, ticked(*two))
    db.session.expire_all()
    assert [case.stage for case in two] == [Stage.INELIGIBLE, Stage.DECLINED]
    assert {(d.strengths, d.equality) for d in db.session.query(Decision)} == {(WORDS["strengths"], WORDS["equality"])}
    assert {letter.kind for letter in db.session.query(Letter)} == {"ineligible", "not_shortlisted"}
    assert "Nothing is proposed" in as_("harriet").get(PAGE).text


def test_what_is_not_ticked_stays(two, db, as_):
    send(as_("harriet"), PAGE, ticked(two[0]))
    db.session.expire_all()
    assert two[1].stage is Stage.DECLINE_PROPOSED


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"case": []}, "Choose at least one proposal to confirm"),
        ({"equality": " "}, "Enter what you considered for people with protected characteristics"),
        ({"case": ["EOI-2026-9999"]}, "Some of what you ticked has moved on"),
        ({"equality": "word " * 900}, "must be 200 words or fewer"),
    ],
)
def test_confirmation_that_lacks_something_changes_nothing(two, db, as_, change, said):
    page = refused(as_("harriet"), PAGE, ticked(*two, **change))
    assert said in page
    db.session.expire_all()
    assert two[0].stage is Stage.INELIGIBLE_PROPOSED


@pytest.mark.parametrize("forged", ["", "abc", "-5", "0", "999999999999"])
def test_one_stale_or_forged_version_keeps_all_back(two, db, as_, forged):
    form = ticked(*two, **{f"version-{two[1].reference}": forged})
    page = as_("harriet").post(PAGE, form, status=409, check=False).text
    assert WORDS["equality"] in page
    db.session.expire_all()
    assert [case.stage for case in two] == [Stage.INELIGIBLE_PROPOSED, Stage.DECLINE_PROPOSED]


def test_proposals_are_the_head_of_sens(two, as_):
    for name in ("olu", "priya", "cleo", "dev", "audrey", "sam"):
        as_(name).get(PAGE, status=403)
        send(as_(name), PAGE, ticked(*two), status=403)


def test_proposal_is_sent_back_with_a_reason(two, db, as_):
    as_("harriet").get(at(two[0], "/move/send_back"))
    send(as_("harriet"), at(two[0], "/move/send_back"), {"version": two[0].version, "reason": "Ask them first."})
    db.session.expire_all()
    assert two[0].stage is Stage.CHECK
