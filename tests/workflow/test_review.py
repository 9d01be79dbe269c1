"""Assigning, declaring, scoring, confirming proposals, conditions: each refuses by name and leaves its trace."""

from datetime import timedelta

import pytest

from eoi.extensions import today
from eoi.models import AuditEntry, Decision
from eoi.models.outgoing import Outgoing
from eoi.models.review import Score
from eoi.queries import review, submissions
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.stages import Stage
from eoi.workflow import assigning, clarifying, deciding, delivery, scoring, stages
from eoi.workflow.scoring import Mark

EQUALITY = "No group is affected more than others."


def all_marks(submission, value=3, comment="Seen."):
    return {c.key: Mark(value, comment) for c in submission.round.criteria}


def declare(submission, by, conflicted=False):
    assigning.declare_conflict(submission, conflicted, "", by=by)


def test_assigning_refuses_who_cannot_do_it(cases, people):
    submission = cases.at(Stage.CHECK)
    olu, seen = people.actor("olu"), submission.version
    with pytest.raises(Refused, match="Choose a SEN officer"):
        assigning.give_officer(submission, people.priya, seen=seen, by=olu)
    with pytest.raises(Refused, match="people who score"):
        assigning.assign_scorers(submission, [people.alice], seen=seen, by=olu)
    with pytest.raises(NotAllowed):
        assigning.assign_scorers(submission, [people.priya], seen=seen, by=people.actor("cleo"))
    with pytest.raises(MovedOn):
        assigning.give_officer(submission, people.oscar, seen=seen + 1, by=olu)


def test_conflict_takes_every_right_away_and_sets_scores_aside(cases, db, people):
    submission = cases.at(Stage.PANEL)
    score, priya = submission.score, people.actor("priya")
    assert submissions.find(submission.reference, priya)
    declare(submission, priya, conflicted=True)
    db.session.commit()
    assert submissions.find(submission.reference, priya) is None
    assert review.locked_scorers(submission) == 2
    assert submission.score is not None
    assert score is not None
    with pytest.raises(NotAllowed):
        declare(submission, priya)


def test_scoring_asks_for_the_declaration_and_every_mark(cases, db, people):
    submission = cases.at(Stage.ASSESSMENT)
    priya = people.actor("priya")
    scoring.save(submission, {"C1": Mark(4, "Clear need.")}, by=priya)
    with pytest.raises(Invalid) as refused:
        scoring.lock(submission, by=priya)
    assert set(refused.value.errors) == {"C2", "C3", "C4", "C5", "C6", "C7"}
    scoring.save(submission, all_marks(submission, comment=""), by=priya)
    with pytest.raises(Invalid) as refused:
        scoring.lock(submission, by=priya)
    assert "C1-comment" in refused.value.errors
    scoring.save(submission, all_marks(submission), by=priya)
    with pytest.raises(Refused, match="conflict of interest"):
        scoring.lock(submission, by=priya)
    declare(submission, priya)
    scoring.lock(submission, by=priya)
    db.session.commit()
    assert submission.score == 75.0
    with pytest.raises(Refused, match="locked your scores"):
        scoring.save(submission, all_marks(submission, 0), by=priya)


@pytest.mark.parametrize(("key", "value"), [("C1", 5), ("C1", -1), ("C9", 3)])
def test_scoring_refuses_what_the_rubric_does_not_know(cases, db, people, key, value):
    submission = cases.at(Stage.ASSESSMENT)
    with pytest.raises(Invalid):
        scoring.save(submission, {key: Mark(value, "")}, by=people.actor("priya"))
    assert db.session.query(Score).count() == 0


def test_scoring_belongs_to_the_assigned_during_the_assessment(cases, people):
    submission = cases.at(Stage.CHECK)
    for name in ("priya", "olu", "sam"):
        with pytest.raises(NotAllowed):
            scoring.save(submission, all_marks(submission), by=people.actor(name))


def test_scoring_ends_with_the_panel(cases, people):
    submission = cases.at(Stage.WITH_HEAD)
    with pytest.raises(WrongStage):
        scoring.save(submission, all_marks(submission), by=people.actor("priya"))


def test_abstaining_needs_a_reason_and_a_score_elsewhere(cases, db, people):
    submission = cases.at(Stage.ASSESSMENT)
    priya, away = people.actor("priya"), Mark(None, "Finance is not my field.", abstained=True)
    declare(submission, priya)
    scoring.save(submission, {c.key: away for c in submission.round.criteria}, by=priya)
    with pytest.raises(Invalid, match="at least one criterion"):
        scoring.lock(submission, by=priya)
    scoring.save(submission, {**all_marks(submission), "C7": Mark(None, "", abstained=True)}, by=priya)
    with pytest.raises(Invalid, match="comment on value"):
        scoring.lock(submission, by=priya)
    with pytest.raises(Invalid, match="or abstain"):
        scoring.save(submission, {"C1": Mark(3, "Seen.", abstained=True)}, by=priya)
    scoring.save(submission, {"C7": away}, by=priya)
    scoring.lock(submission, by=priya)
    assert submission.score is None
    assert review.scores_by_criterion(submission).get("C7") is None


def test_case_does_not_go_on_while_nobody_scored_a_criterion(cases, db, people):
    submission = cases.at(Stage.ASSESSMENT)
    for name in ("priya", "pete", "pam"):
        by = people.actor(name)
        declare(submission, by)
        marks = {**all_marks(submission), "C7": Mark(None, "No figures.", abstained=True)}
        scoring.save(submission, marks, by=by)
        scoring.lock(submission, by=by)
    with pytest.raises(Refused, match="abstained on Value and viability"):
        stages.move(submission, "visit", by=people.actor("olu"), record={"summary": "Fine."})


def test_chair_alone_reopens_scores_with_a_reason(cases, db, people):
    submission = cases.at(Stage.PANEL)
    cleo, before = people.actor("cleo"), submission.score
    for by, reason, error in (("olu", "Late facts.", NotAllowed), ("cleo", " ", Invalid)):
        with pytest.raises(error):
            scoring.reopen(submission, people.priya, reason, seen=submission.version, by=people.actor(by))
    with pytest.raises(MovedOn):
        scoring.reopen(submission, people.priya, "Late facts.", seen=submission.version - 1, by=cleo)
    scoring.reopen(submission, people.priya, "Late facts.", seen=submission.version, by=cleo)
    db.session.commit()
    assert review.locked_scorers(submission) == 2
    with pytest.raises(Refused, match="not locked"):
        scoring.reopen(submission, people.priya, "Late facts.", seen=submission.version, by=cleo)
    assert db.session.query(Outgoing).filter_by(kind="mail").order_by(Outgoing.id.desc()).first().payload["to"] == (
        people.priya.email
    )
    with pytest.raises(Refused, match="2 of 3 scorers"):
        stages.move(submission, "recommend", by=cleo, record={"members": []})
    scoring.lock(submission, by=people.actor("priya"))
    assert submission.score == before
    kept = [e.detail.content["marks"] for e in db.session.query(AuditEntry).filter_by(action="lock_scores")]
    assert len(kept) == 4
    assert set(kept[0]) == {"C1", "C2", "C3", "C4", "C5", "C6", "C7"}


def test_one_assessor_is_enough_while_one_case_is_in_the_round(cases, db, people):
    cases.round.one_assessor = True
    submission, olu = cases.at(Stage.ASSESSMENT), people.actor("olu")
    priya = people.actor("priya")
    declare(submission, priya)
    scoring.save(submission, all_marks(submission), by=priya)
    scoring.lock(submission, by=priya)
    stages.move(submission, "skip_visit", by=olu, record={"reason": "Known rooms."})
    db.session.commit()
    cases.road(urn=900004).to(Stage.SUBMITTED)
    with pytest.raises(Refused, match="A panel has to meet"):
        stages.move(submission, "skip_panel", by=olu, record={"reason": "One case."})
    db.session.rollback()
    stages.move(submission, "skip_panel", by=olu, record={"reason": "One case."})
    assert submission.stage is Stage.WITH_HEAD


def test_confirming_takes_all_or_none(cases, db, people):
    roads = [cases.road(), cases.road(urn=900004)]
    for road in roads:
        road.to(Stage.SUBMITTED)
    roads[0].to(Stage.INELIGIBLE_PROPOSED)
    roads[1].to(Stage.CHECK)
    db.session.commit()
    pairs = [(road.submission, road.submission.version) for road in roads]
    harriet = people.actor("harriet")
    with pytest.raises(WrongStage):
        deciding.confirm_sift(pairs, EQUALITY, by=harriet)
    db.session.rollback()
    assert roads[0].submission.stage is Stage.INELIGIBLE_PROPOSED
    with pytest.raises(NotAllowed):
        deciding.confirm_sift(pairs[:1], EQUALITY, by=people.actor("olu"))
    with pytest.raises(Invalid) as refused:
        deciding.confirm_sift([], " ", by=harriet)
    assert set(refused.value.errors) == {"cases", "equality"}
    deciding.confirm_sift(pairs[:1], EQUALITY, by=harriet)
    db.session.commit()
    decision = db.session.query(Decision).one()
    assert (decision.not_shortlisted, decision.equality) == (True, EQUALITY)
    assert roads[0].submission.stage is Stage.INELIGIBLE


def test_condition_is_met_once_with_its_evidence(cases, db, people):
    submission = cases.at(Stage.PRE_STATUTORY)
    condition, aisha = review.conditions(submission)[0], people.actor("aisha")
    for day, note, field in (
        (None, "Seen", "met_on"),
        (today() + timedelta(1), "Seen", "met_on"),
        (today(), " ", "note"),
    ):
        with pytest.raises(Invalid) as refused:
            delivery.meet_condition(submission, condition, day, note, seen=submission.version, by=aisha)
        assert set(refused.value.errors) == {field}
    with pytest.raises(NotAllowed):
        delivery.meet_condition(
            submission, condition, today(), "Seen", seen=submission.version, by=people.actor("harriet")
        )
    delivery.meet_condition(submission, condition, today(), "Seen", seen=submission.version, by=aisha)
    db.session.commit()
    assert condition.met_on == today()
    with pytest.raises(Refused, match="recorded as met"):
        delivery.extend_condition(
            submission, condition, today() + timedelta(400), "Late", seen=submission.version, by=aisha
        )


def test_condition_gets_more_time_only_later_and_with_a_reason(cases, db, people):
    submission = cases.at(Stage.PRE_STATUTORY)
    condition, aisha = review.conditions(submission)[0], people.actor("aisha")
    due = condition.due_on
    with pytest.raises(Invalid) as refused:
        delivery.extend_condition(submission, condition, due, "", seen=submission.version, by=aisha)
    assert set(refused.value.errors) == {"due_on", "reason"}
    later = due + timedelta(30)
    delivery.extend_condition(submission, condition, later, "The builders", seen=submission.version, by=aisha)
    db.session.commit()
    entry = db.session.query(AuditEntry).filter_by(action="extend_condition").one()
    assert entry.detail.content["to"] == later.isoformat()
    assert condition.due_on == later


def test_more_time_for_the_school_is_given_while_it_is_asked(cases, db, people):
    submission = cases.at(Stage.RETURNED)
    question, olu = review.clarifications(submission)[0], people.actor("olu")
    later = question.due_on + timedelta(7)
    with pytest.raises(MovedOn):
        clarifying.extend(question, later, "Half-term", seen=submission.version - 1, by=olu)
    with pytest.raises(Invalid):
        clarifying.extend(question, None, "", seen=submission.version, by=olu)
    clarifying.extend(question, later, "Half-term", seen=submission.version, by=olu)
    db.session.commit()
    assert submission.due_on == later
    with pytest.raises(Refused, match="once"):
        clarifying.extend(question, later + timedelta(7), "Again", seen=submission.version, by=olu)
