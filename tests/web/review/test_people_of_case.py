"""Assigning people to a case, putting a wrong move right, and the conditions of an approval."""

import pytest

from eoi.models import AuditEntry
from eoi.queries import review
from eoi.rules.stages import Stage
from tests.web.review.browsing import at, refused, send


def test_officer_and_scorers_are_assigned_on_one_page(cases, db, as_, people):
    submission = cases.at(Stage.CHECK)
    path = at(submission, "/assign")
    assert "Pete Example" in as_("olu").get(path).text
    form = {"version": submission.version, "officer": people.oscar.id, "scorers": [people.priya.id, people.pete.id]}
    send(as_("olu"), path, form)
    db.session.expire_all()
    assert submission.owner_id == people.oscar.id
    assert [a.user.name for a in review.assignments(submission)] == ["Pete Example", "Priya Example"]
    send(as_("harriet"), path, {"version": submission.version, "officer": "", "scorers": [people.priya.id]})
    db.session.expire_all()
    assert submission.owner_id is None
    assert len(review.assignments(submission)) == 1


def test_assigning_from_a_stale_page_is_409(cases, as_, people):
    submission = cases.at(Stage.CHECK)
    form = {"version": submission.version - 1, "officer": people.oscar.id}
    as_("olu").post(at(submission, "/assign"), form, status=409)


def test_nobody_who_does_not_score_is_assigned(cases, as_, people):
    submission = cases.at(Stage.CHECK)
    form = {"version": submission.version, "officer": people.olu.id, "scorers": [people.alice.id]}
    assert "Choose from the people listed" in refused(as_("olu"), at(submission, "/assign"), form)
    form = {"version": submission.version, "officer": people.priya.id}
    assert "Choose an officer from the list" in refused(as_("olu"), at(submission, "/assign"), form)


def test_scorer_who_locked_cannot_be_taken_off(cases, db, as_, people):
    submission = cases.at(Stage.VISIT)
    form = {"version": submission.version, "officer": people.olu.id, "scorers": [people.priya.id]}
    page = refused(as_("olu"), at(submission, "/assign"), form)
    assert "locked scores already, so cannot be taken off" in page


@pytest.mark.parametrize("name", ["aisha", "cleo", "audrey", "sam"])
def test_assigning_is_not_for_others(cases, as_, name):
    submission = cases.at(Stage.CHECK)
    as_(name).get(at(submission, "/assign"), status=403)


def test_wrong_move_is_put_right_and_nothing_erased(cases, db, as_):
    submission = cases.at(Stage.PANEL)
    page = as_("harriet").get(at(submission, "/put-right")).text
    assert "Desk assessment" in page
    assert "Draft" not in page
    form = {"version": submission.version, "to": "assessment", "reason": "The visit was of another school."}
    send(as_("harriet"), at(submission, "/put-right"), form)
    db.session.expire_all()
    assert submission.stage is Stage.ASSESSMENT
    entry = db.session.query(AuditEntry).filter_by(case=submission.case, action="reopen").one()
    assert entry.detail.content == {"reason": form["reason"]}
    timeline = as_("harriet").get(at(submission, "/timeline")).text
    assert "Put back to desk assessment" in timeline
    assert form["reason"] in timeline


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"to": "open"}, "Choose the stage to go back to"),
        ({"to": "returned"}, "Choose the stage to go back to"),
        ({"to": ""}, "Choose the stage to go back to"),
        ({"reason": " "}, "Enter what was wrong with the move"),
    ],
)
def test_putting_right_says_what_is_missing(cases, db, as_, change, said):
    submission = cases.at(Stage.PANEL)
    form = {"version": submission.version, "to": "assessment", "reason": "Wrong school.", **change}
    assert said in refused(as_("harriet"), at(submission, "/put-right"), form)
    db.session.expire_all()
    assert submission.stage is Stage.PANEL


def test_nothing_goes_behind_an_issued_letter(cases, db, as_):
    road = cases.road()
    submission = road.to(Stage.DECLINED)
    db.session.commit()
    assert "With the Head of SEN" in as_("harriet").get(at(submission, "/put-right")).text
    road.cast.issue(submission)
    db.session.commit()
    assert "There is no stage to go back to" in as_("harriet").get(at(submission, "/put-right")).text
    for name in ("olu", "dev", "cleo", "sam"):
        as_(name).get(at(submission, "/put-right"), status=403)


def test_condition_is_met_and_given_more_time(cases, db, as_):
    submission = cases.at(Stage.PRE_STATUTORY)
    first, second = review.conditions(submission)
    path = at(submission, f"/conditions/{first.number}/met")
    as_("aisha").get(path)
    future = {
        "version": submission.version,
        "met_on-day": "1",
        "met_on-month": "1",
        "met_on-year": "2031",
        "note": "Seen",
    }
    assert "today or in the past" in refused(as_("aisha"), path, future)
    send(as_("aisha"), path, {**future, "met_on-year": "2026"})
    db.session.expire_all()
    assert first.met_note == "Seen"
    more = at(submission, f"/conditions/{second.number}/extend")
    as_("aisha").get(more)
    form = {
        "version": submission.version,
        "due_on-day": "1",
        "due_on-month": "9",
        "due_on-year": "2030",
        "reason": "Builders",
    }
    assert send(as_("aisha"), more, form).location == at(submission, "/outcome")
    page = as_("aisha").get(at(submission, "/outcome")).text
    assert "Seen" in page
    assert "1 September 2030" in page
    as_("aisha").get(at(submission, "/conditions/77/met"), status=404)
    for name in ("harriet", "cleo", "sam"):
        as_(name).get(path, status=403)
    again = {**future, "version": submission.version, "met_on-year": "2026"}
    assert "recorded as met" in refused(as_("aisha"), path, again)
