"""The one writer of stages: who, from where, on which version, with what trace."""

import pytest

from eoi.models import AuditEntry, Record
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.stages import Stage
from eoi.workflow import stages

REASON = {"reason": "The district has enough places."}


def test_move_leaves_record_and_trace(cases, db, people):
    submission = cases.at(Stage.CHECK)
    stages.move(submission, "propose_decline", by=people.actor("olu"), seen=submission.version, record=REASON)
    db.session.commit()
    assert (submission.stage, submission.stage_before) == (Stage.DECLINE_PROPOSED, Stage.CHECK)
    record = db.session.query(Record).filter_by(action="propose_decline").one()
    assert (record.kind, record.answers, record.made_by_role) == ("sift", REASON, "SEN officer")
    entry = db.session.query(AuditEntry).filter_by(action="propose_decline").one()
    assert (entry.from_stage, entry.to_stage, entry.detail.content) == ("check", "decline_proposed", REASON)


@pytest.mark.parametrize(
    ("name", "action", "stale", "record", "refusal"),
    [
        ("cleo", "propose_decline", 0, REASON, NotAllowed),
        ("sam", "propose_decline", 0, REASON, NotAllowed),
        ("priya", "propose_decline", 0, REASON, NotAllowed),
        ("olu", "visited", 0, REASON, WrongStage),
        ("olu", "fly", 0, REASON, WrongStage),
        ("olu", "propose_decline", 1, REASON, MovedOn),
        ("olu", "propose_decline", 0, None, Refused),
    ],
)
def test_move_is_refused_by_name_and_changes_nothing(cases, db, people, name, action, stale, record, refusal):
    submission = cases.at(Stage.CHECK)
    before = db.session.query(AuditEntry).count()
    with pytest.raises(refusal):
        stages.move(submission, action, by=people.actor(name), seen=submission.version - stale, record=record)
    db.session.rollback()
    assert submission.stage is Stage.CHECK
    assert db.session.query(AuditEntry).count() == before


def test_clock_stops_while_the_school_has_the_ball(cases, db, clock, people):
    submission = cases.at(Stage.RETURNED)
    paused = submission.paused_days
    clock.travel("2027-01-11 10:00")
    stages.move(submission, "answer_return", by=people.actor("alice"))
    assert submission.paused_days > paused


def test_ways_back_are_visited_stages_where_the_council_has_the_ball(cases, db, people):
    submission = cases.at(Stage.PANEL)
    assert stages.ways_back(submission) == [Stage.CHECK, Stage.DETAIL, Stage.ASSESSMENT, Stage.VISIT]


def test_check_has_no_way_back(cases):
    assert stages.ways_back(cases.at(Stage.CHECK)) == []


def test_putting_right_goes_back_with_its_reason(cases, db, people):
    submission = cases.at(Stage.PANEL)
    by, seen = people.actor("harriet"), submission.version
    with pytest.raises(Invalid) as refused:
        stages.put_right(submission, None, " ", seen=seen, by=by)
    assert set(refused.value.errors) == {"to", "reason"}
    with pytest.raises(NotAllowed):
        stages.put_right(submission, Stage.VISIT, "Wrong school", seen=seen, by=people.actor("olu"))
    with pytest.raises(MovedOn):
        stages.put_right(submission, Stage.VISIT, "Wrong school", seen=seen - 1, by=by)
    stages.put_right(submission, Stage.VISIT, "Wrong school", seen=seen, by=by)
    assert submission.stage is Stage.VISIT


def test_reopening_stops_at_an_issued_letter(cases, db, people):
    road = cases.road()
    submission = road.to(Stage.APPROVED)
    road.cast.issue(submission)
    by = people.actor("harriet")
    with pytest.raises(Refused, match="letter has been issued"):
        stages.move(submission, "reopen", by=by, to=Stage.WITH_HEAD, detail=REASON)
    road.move("start_delivery", people.actor("aisha"))
    assert stages.ways_back(submission) == [Stage.APPROVED]
    stages.put_right(submission, Stage.APPROVED, "Delivery began too early", seen=submission.version, by=by)
    assert submission.stage is Stage.APPROVED
    assert submission.stage_before is Stage.PRE_STATUTORY
