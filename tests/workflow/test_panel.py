"""The panel: an agenda, a register, agreed scores, a quorum for each case, the end."""

from datetime import date

import pytest

from eoi.models import AuditEntry, PanelItem
from eoi.queries import panel as queries
from eoi.queries import review
from eoi.rules.assigning import HANDLINGS
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.stages import Stage
from eoi.workflow import assigning, panel, stages
from tests.people import ELSEWHERE

NOTES = {"outcome": "approved", "rank": 1, "strengths": "Ethos", "minute": "Well led and near to families."}
PARENT = {"name": "Pat Carer", "role": "Parent carer forum", "voice": "head"}


def member(user, voice="sen"):
    return {"name": user.name, "role": "Member", "voice": voice, "user_id": user.id}


@pytest.fixture
def meeting(cases, db, people):
    """A meeting on one case; the chair, estates and a parent carer are present, and nobody is in conflict."""
    case, cleo = cases.at(Stage.PANEL), people.actor("cleo")
    made = panel.plan([case], date(2027, 3, 2), "Room 1", by=cleo)
    present = [member(people.cleo), member(people.pete, "estates"), PARENT]
    panel.take_register(made, present, seen=made.version, by=cleo)
    panel.declare_agenda(made.items, [], "", by=cleo)
    db.session.commit()
    return made


def test_only_the_chair_plans_and_only_cases_that_are_with_the_panel(cases, db, people):
    case = cases.at(Stage.CHECK)
    with pytest.raises(NotAllowed):
        panel.plan([case], date(2027, 3, 2), "", by=people.actor("olu"))
    with pytest.raises(WrongStage):
        panel.plan([case], date(2027, 3, 2), "", by=people.actor("cleo"))
    with pytest.raises(Invalid) as refused:
        panel.plan([], None, "", by=people.actor("cleo"))
    assert set(refused.value.errors) == {"held_on", "case"}


def test_agreed_score_counts_at_once_and_is_audited(meeting, db, people):
    item, cleo = meeting.items[0], people.actor("cleo")
    before = item.submission.score
    panel.save(item, {"agreed": {"C1": 0}}, seen=item.version, by=cleo)
    db.session.commit()
    given = review.scores_by_criterion(item.submission)["C1"]
    assert item.submission.score == pytest.approx(before - 20 * (sum(given) / len(given)) / 4, abs=0.1)
    assert review.result_of(item.submission).advice == "Decline"
    entry = db.session.query(AuditEntry).filter_by(action="agree_scores").one()
    assert entry.detail.content == {"agreed": {"C1": 0}}
    with pytest.raises(MovedOn):
        panel.save(item, NOTES, seen=item.version - 1, by=cleo)
    with pytest.raises(NotAllowed):
        panel.save(item, NOTES, seen=item.version, by=people.actor("olu"))


def test_recommendation_names_what_is_missing_then_goes_to_the_head(meeting, db, people):
    item, cleo = meeting.items[0], people.actor("cleo")
    with pytest.raises(Invalid) as refused:
        panel.recommend(item, seen=item.version, by=cleo)
    assert set(refused.value.errors) == {"rank", "outcome", "minute"}
    panel.save(item, NOTES, seen=item.version, by=cleo)
    panel.recommend(item, seen=item.version, by=cleo)
    db.session.commit()
    case, record = item.submission, review.records(item.submission)["panel"]
    assert case.stage is Stage.WITH_HEAD
    assert [m["name"] for m in record.answers["members"]] == ["Cleo Example", "Pete Example", "Pat Carer"]
    assert (record.answers["recommendation"], record.answers["met_on"]) == ("approved", "2027-03-02")
    with pytest.raises(WrongStage):
        panel.save(item, {}, seen=item.version, by=cleo)


def test_chair_without_a_quorum_is_refused_clearly(meeting, db, people):
    item, cleo = meeting.items[0], people.actor("cleo")
    panel.save(item, NOTES, seen=item.version, by=cleo)
    present = [member(people.cleo), member(people.dev), PARENT]
    panel.take_register(meeting, present, seen=meeting.version, by=cleo)
    with pytest.raises(Refused, match=r"no quorum for this case: 2 present count.*Dev Example must first say"):
        panel.recommend(item, seen=item.version, by=cleo)
    assigning.declare_conflict(item.submission, False, "", by=people.actor("dev"))
    with pytest.raises(Refused, match="at least one member who speaks for estates or finance"):
        panel.recommend(item, seen=item.version, by=cleo)
    assert item.submission.stage is Stage.PANEL


def test_member_in_conflict_does_not_count(meeting, db, people):
    item, cleo = meeting.items[0], people.actor("cleo")
    panel.save(item, NOTES, seen=item.version, by=cleo)
    panel.take_register(meeting, [*meeting.members, member(people.dev)], seen=meeting.version, by=cleo)
    items = queries.items(meeting, people.actor("dev"))
    panel.declare_agenda(items, [item.id], HANDLINGS[1][1], by=people.actor("dev"))
    assert [m["name"] for m in panel.counted(item)] == ["Cleo Example", "Pete Example", "Pat Carer"]
    assert queries.items(meeting, people.actor("dev")) == []
    assert queries.withheld(meeting, people.actor("dev")) == [item.submission.reference]


def test_chair_in_conflict_cannot_run_the_case(meeting, db, people):
    item, cleo = meeting.items[0], people.actor("cleo")
    with pytest.raises(Invalid):
        panel.declare_agenda(meeting.items, [item.id], "", by=cleo)
    panel.declare_agenda(meeting.items, [item.id], HANDLINGS[1][1], by=cleo)
    with pytest.raises(NotAllowed):
        panel.save(item, NOTES, seen=item.version, by=cleo)


def test_difference_is_settled_by_words_or_by_an_agreed_score(meeting, db, people):
    item, cleo = meeting.items[0], people.actor("cleo")
    score = review.own_scores(item.submission, people.priya.id)["C2"]
    score.value = 0
    db.session.commit()
    assert [case.id for case, _ in queries.differing(cleo)] == [item.submission_id]
    panel.save(item, NOTES, seen=item.version, by=cleo)
    with pytest.raises(Invalid, match="Inclusion record"):
        panel.recommend(item, seen=item.version, by=cleo)
    panel.save(item, {**NOTES, "agreed": {"C2": 3}}, seen=item.version, by=cleo)
    assert queries.differing(cleo) == []
    panel.recommend(item, seen=item.version, by=cleo)
    assert item.submission.stage is Stage.WITH_HEAD


def test_ranks_are_those_of_the_whole_round_whoever_reads(cases, db, people):
    first, second = cases.at(Stage.PANEL), cases.at(Stage.PANEL, urn=ELSEWHERE)
    first.score, second.score = 60.0, 70.0
    db.session.commit()
    made = panel.plan([first], date(2027, 3, 2), "", by=people.actor("cleo"))
    (line,) = queries.lines(queries.items(made, people.actor("priya")))
    assert (line.rank, line.band.area) == (2, "South")


def test_meeting_closes_once_and_takes_no_more(meeting, db, people):
    cleo = people.actor("cleo")
    panel.close(meeting, seen=meeting.version, by=cleo)
    db.session.commit()
    with pytest.raises(Refused, match="closed"):
        panel.take_register(meeting, [PARENT], seen=meeting.version, by=cleo)
    with pytest.raises(Refused):
        panel.save(meeting.items[0], NOTES, seen=meeting.items[0].version, by=cleo)
    again = panel.plan([meeting.items[0].submission], date(2027, 3, 9), "", by=cleo)
    assert db.session.query(PanelItem).count() == 2
    with pytest.raises(Refused, match="Say first who was present"):
        panel.close(again, seen=again.version, by=cleo)


def test_sent_back_by_the_head_the_case_can_be_discussed_again(meeting, db, people):
    item, cleo = meeting.items[0], people.actor("cleo")
    panel.save(item, NOTES, seen=item.version, by=cleo)
    panel.recommend(item, seen=item.version, by=cleo)
    stages.move(item.submission, "panel_again", by=people.actor("harriet"), record={"reason": "Travel."})
    with pytest.raises(Refused, match="recommendation is recorded"):
        panel.save(item, NOTES, seen=item.version, by=cleo)
    assert queries.for_the_panel(cleo) == []
    panel.close(meeting, seen=meeting.version, by=cleo)
    assert queries.for_the_panel(cleo) == [item.submission]
