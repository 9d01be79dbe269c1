"""The decision page: who opens it, what each outcome needs, the check before it is recorded, two at once."""

import pytest

from eoi.extensions import today
from eoi.queries import review
from eoi.rules.stages import Stage
from eoi.rules.words import Outcome, Path
from eoi.workflow import delegations
from tests.web.review.browsing import send

REASON = "The district’s places are met by provision that opens next year."
EVERY = {
    "strengths": "Your inclusion record is strong.\nYour rooms are ready.",
    "equality": "Pupils with disabilities gain places near home.",
    "departure": "The visit outweighs the scores.",
    "needed": "Your reply that you wish to proceed",
    "needed_by-day": "1", "needed_by-month": "6", "needed_by-year": "2027",
    "conditions-0-text": "Appoint a teacher in charge", "conditions-0-evidence": "Letter of appointment",
    "conditions-0-owner": "Headteacher", "conditions-0-due-day": "30", "conditions-0-due-month": "6",
    "conditions-0-due-year": "2027",
    "reasons-C1": REASON, "would_help": "Show where pupils go on to",
    "defer_reason": "Capital is not settled yet.",
    "review_on-day": "1", "review_on-month": "9", "review_on-year": "2027",
}  # fmt: skip
STAGE = {
    Outcome.APPROVED: Stage.APPROVED,
    Outcome.CONDITIONS: Stage.CONDITIONS,
    Outcome.DECLINED: Stage.DECLINED,
    Outcome.DEFERRED: Stage.DEFERRED,
}


@pytest.fixture
def submission(cases):
    return cases.at(Stage.WITH_HEAD)


@pytest.fixture
def path(submission):
    return f"/review/submissions/{submission.reference}/decision"


def typed(submission, outcome, **changes):
    return {"version": str(submission.version), "outcome": outcome.value, **EVERY, **changes}


def test_page_shows_advice_and_panel(as_, submission, path):
    page = as_("harriet").get(path).text
    assert "What the panel recommends" in page
    assert "of 100.</strong>" in page
    assert "No figure is held for this district, need and phase." in page


@pytest.mark.parametrize("outcome", list(Outcome))
def test_outcome_is_checked_then_recorded(as_, db, submission, path, outcome):
    harriet = as_("harriet")
    data = typed(submission, outcome)
    check = harriet.post(path, {**data, "step": "check"}, status=200).text
    assert "Check what will be recorded" in check
    assert "Pupils with disabilities gain places near home." in check
    db.session.expire_all()
    assert submission.stage is Stage.WITH_HEAD
    answer = send(harriet, path, {**data, "step": "record"})
    db.session.expire_all()
    assert submission.stage is STAGE[outcome]
    assert submission.public_stage == "Decision being made"
    letter = review.letters(submission)[-1]
    assert answer.location.endswith(f"/letters/{letter.public_id}")
    assert harriet.follow(answer).status_code == 200


@pytest.mark.parametrize("path_", list(Path))
def test_only_what_belongs_to_the_outcome_is_recorded(as_, db, cases, path_):
    submission = cases.at(Stage.WITH_HEAD, path=path_)
    url = f"/review/submissions/{submission.reference}/decision"
    send(as_("harriet"), url, {**typed(submission, Outcome.DECLINED), "step": "record"})
    decision = review.decision(submission)
    assert [(r.criterion, r.text) for r in decision.reasons] == [("C1", REASON)]
    assert (decision.conditions, decision.review_on) == ([], None)


@pytest.mark.parametrize(
    ("outcome", "field", "message"),
    [
        (Outcome.APPROVED, "strengths", "Enter at least one strength"),
        (Outcome.APPROVED, "needed_by-year", "The reply date must include a year"),
        (Outcome.APPROVED, "equality", "Enter what you considered for people with protected characteristics"),
        (Outcome.CONDITIONS, "conditions-0-evidence", "Row 1: enter the evidence"),
        (Outcome.DECLINED, "reasons-C1", "Enter a reason for each criterion that was not met"),
        (Outcome.DECLINED, "would_help", "Enter what would help a future expression of interest"),
        (Outcome.DEFERRED, "defer_reason", "Enter why you defer it"),
    ],
)
def test_missing_part_is_asked_for_and_all_else_kept(as_, db, submission, path, outcome, field, message):
    page = as_("harriet").post(path, typed(submission, outcome, **{field: ""}, step="record"), status=200)
    assert message in page.text
    kept = "Show where pupils go on to" if field != "would_help" else REASON
    assert kept in page.text
    db.session.expire_all()
    assert submission.stage is Stage.WITH_HEAD


def test_departure_from_the_advice_needs_its_reason(as_, submission, path):
    page = as_("harriet").post(path, typed(submission, Outcome.DECLINED, departure=""), status=200).text
    assert "Enter why you depart from what the scores and the panel advise" in page


def test_review_date_lies_within_a_year(as_, submission, path):
    late = typed(submission, Outcome.DEFERRED, **{"review_on-year": "2029"})
    assert "Enter a review date within the next 12 months" in as_("harriet").post(path, late, status=200).text


def test_row_can_be_added_without_script(as_, submission, path):
    data = typed(submission, Outcome.CONDITIONS, **{"add-row": "conditions"})
    assert 'name="conditions-1-text"' in as_("harriet").post(path, data, status=200).text


def test_change_goes_back_with_everything_typed(as_, submission, path):
    page = as_("harriet").post(path, typed(submission, Outcome.DECLINED, step="change"), status=200).text
    assert REASON in page
    assert "Capital is not settled yet." in page


def test_second_of_two_gets_both_texts(as_, submission, path):
    harriet, mine = as_("harriet"), typed(submission, Outcome.DECLINED)
    send(harriet, path, {**typed(submission, Outcome.APPROVED), "step": "record"})
    page = harriet.post(path, {**mine, "step": "record"}, status=409).text
    assert "Somebody else changed this first" in page
    assert "Approve to proceed" in page
    assert REASON in page
    assert len(review.letters(submission)) == 1


def test_page_is_gone_once_decided(as_, cases):
    submission = cases.at(Stage.APPROVED)
    as_("harriet").get(f"/review/submissions/{submission.reference}/decision", status=409)


@pytest.mark.parametrize("name", ["olu", "cleo", "priya", "aisha", "dev", "audrey", "alice", "sam"])
def test_nobody_else_decides(as_, submission, path, name):
    person = as_(name)
    person.get(path, status=403)
    person.post(path, typed(submission, Outcome.APPROVED, step="record"), status=403)


def test_recorded_delegate_decides_and_is_named(as_, people, db, submission, path):
    delegations.delegate(
        people.dev, starts_on=today(), ends_on=today(), submission_id=None, reason="Harriet is away.",
        by=people.actor("harriet"),
    )  # fmt: skip
    db.session.commit()
    send(as_("dev"), path, typed(submission, Outcome.APPROVED, step="record"))
    assert review.decision(submission).delegated


def test_satellite_without_partner_is_not_approved(as_, db, cases):
    road = cases.road(path=Path.SATELLITE)
    road.partner = None
    submission = road.to(Stage.WITH_HEAD)
    db.session.commit()
    url = f"/review/submissions/{submission.reference}/decision"
    page = as_("harriet").post(url, typed(submission, Outcome.APPROVED), status=200).text
    assert "No partner special school is recorded" in page
