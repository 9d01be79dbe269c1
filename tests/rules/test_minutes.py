"""What the panel says: its questions, its agreed scores, and the record that comes of it."""

from eoi.rules import answers, minutes
from eoi.rules.records import RECORDS
from eoi.rules.scoring import RUBRIC, result
from tests.rules.schools import SRP, TODAY

CONDITION = {"text": "Agree the rooms.", "evidence": "Signed plan", "owner": "Headteacher", "due": "2027-06-30"}


def test_agreed_score_takes_the_place_of_the_mean_and_settles_the_spread():
    given = {c.key: [2, 2, 2] for c in RUBRIC} | {"C1": [1, 4, 4]}
    before = result(RUBRIC, given)
    assert (before.total, [row.criterion.key for row in before.spreads]) == (55.0, ["C1"])
    after = result(RUBRIC, given, minutes.agreed({"agreed": {"C1": 4, "C2": None}}))
    assert (after.total, after.spreads, after.criteria[0].mean) == (60.0, (), 4)
    assert after.criteria[0].spread


def test_only_what_the_recommendation_needs_must_be_said():
    section = minutes.section(RUBRIC)
    assert set(answers.wrong(section, {}, SRP, TODAY)) == {"rank", "outcome", "minute"}
    deferred = {"rank": 1, "outcome": "deferred", "minute": "Waits for capital."}
    assert set(answers.wrong(section, deferred, SRP, TODAY)) == {"defer_reason", "review_on"}
    declined = {**deferred, "outcome": "declined"}
    assert set(answers.wrong(section, declined, SRP, TODAY)) == {"reasons", "would_help"}


def test_notes_become_the_record_of_the_move():
    notes = {"outcome": "approved_with_conditions", "conditions": [CONDITION], "rank": 2, "minute": "Well led.",
             "strengths": "Ethos"}  # fmt: skip
    members = [{"name": "Cleo", "role": "Panel chair", "voice": "sen", "user_id": 7}]
    made = minutes.record(notes, "2027-03-02", members)
    assert made["conditions"] == "1. Agree the rooms. Evidence: Signed plan. Owner: Headteacher. Due: 30 June 2027."
    assert made["members"] == [{"name": "Cleo", "role": "Panel chair", "voice": "sen"}]
    assert set(made) <= {q.key for q in RECORDS["panel"].questions}
