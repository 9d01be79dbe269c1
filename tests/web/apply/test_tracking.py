"""After it is sent: the school reads where it stands, and never more than it may know."""

import pytest

from eoi.extensions import db
from eoi.models import Access
from eoi.queries import drafts, review
from eoi.rules.stages import DECIDING, SILENT_UNTIL_LETTER, STAGES, Stage
from tests.people import HOPEFIELD, RIVERSIDE

AFTER = [stage for stage in Stage if stage is not Stage.DRAFT]
PROPOSED = (Stage.INELIGIBLE_PROPOSED, Stage.DECLINE_PROPOSED)


@pytest.fixture
def at(cases, enter):
    """`at(stage)`: the headteacher's browser at a case of this stage."""

    def walk(stage):
        urn = RIVERSIDE if stage is Stage.DFE else HOPEFIELD
        return enter("rita" if urn == RIVERSIDE else "alice", cases.at(stage, urn=urn))

    return walk


@pytest.mark.parametrize("stage", AFTER)
def test_tracker_shows_the_public_stage(at, stage):
    alice = at(stage)
    assert f'<h1 class="govuk-heading-l">{alice.submission.public_stage}</h1>' in alice.page()
    assert alice.submission.public_stage in alice.pages.get("/apply").text


def shape(alice):
    """The page without what differs from case to case."""
    page = alice.page().partition("<main")[2].partition("</main>")[0]
    return page.replace(alice.public_id, "")


@pytest.mark.parametrize("stage", sorted(SILENT_UNTIL_LETTER - {Stage.INELIGIBLE}))
def test_untold_outcome_reads_as_the_decision_being_made(at, db, stage):
    alice = at(stage)
    assert not alice.submission.letter_issued
    told = shape(alice)
    assert DECIDING in told
    db.session.rollback()
    for name in ("approved", "declined", "deferred", "conditions"):
        assert name not in told.lower()
    page = alice.send("withdraw", {"version": str(alice.submission.version), "reason": "We changed our minds."}, 409)
    assert "The decision is made and its letter is on the way" in page.text
    assert alice.submission.stage is stage


@pytest.mark.parametrize("stage", PROPOSED)
def test_proposal_reads_as_the_check(at, stage):
    alice = at(stage)
    page = alice.page()
    assert "Being checked" in page
    assert STAGES[stage].label not in page
    refused = alice.send("change", {"version": "1"})
    assert refused.location == alice.at()


def test_letter_is_listed_and_opened_once_issued(at, app):
    alice = at(Stage.PRE_STATUTORY)
    (letter,) = drafts.issued_letters(alice.submission)
    assert "approved to proceed, with conditions (PDF)" in alice.page()
    answer = alice.pages.get(alice.at(f"letters/{letter.public_id}"))
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert [row.what for row in db.session.query(Access)] == [alice.at(f"letters/{letter.public_id}")]


def test_letter_of_another_or_not_issued_is_no_page(at, enter):
    alice = at(Stage.APPROVED)
    (draft,) = review.letters(alice.submission)
    alice.page(f"letters/{draft.public_id}", 404)
    alice.page("letters/0000000000000000000000", 404)
    enter("sam", alice.submission).page(f"letters/{draft.public_id}", 404)


def test_reading_leaves_no_trace_of_a_school(at):
    alice = at(Stage.PANEL)
    for name in ("", "answers", "submitted", "withdraw"):
        alice.page(name)
    assert db.session.query(Access).count() == 0


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.VISIT, Stage.WITH_HEAD])
def test_withdrawing_needs_a_reason(at, stage):
    alice = at(stage)
    assert "Withdraw this expression of interest" in alice.page()
    assert "Enter why you withdraw" in alice.refused("withdraw", {"version": str(alice.submission.version)})
    form = {"version": str(alice.submission.version), "reason": "Our roll has grown."}
    alice.send("withdraw", form)
    page = alice.page()
    assert ">Withdrawn</h1>" in page
    assert "Our roll has grown." in page
    assert alice.send("withdraw", form).location == alice.at()


def test_editor_does_not_withdraw(at, enter):
    alice = at(Stage.CHECK)
    ed = enter("ed", alice.submission)
    assert "Withdraw this" not in ed.page()
    ed.send("withdraw", {"version": str(alice.submission.version), "reason": "x"}, 403)


def test_pages_of_a_draft_that_was_never_sent(enter, draft):
    alice = enter("alice", draft)
    for name in ("submitted", "change", "withdraw", "questions"):
        assert alice.pages.get(alice.at(name), status=302).location == alice.at()
    for name in ("answers", "copy.pdf"):
        alice.page(name, 404)


@pytest.mark.parametrize("name", ["", "answers", "copy.pdf", "submitted", "withdraw", "change", "questions", "tasks"])
def test_strangers_find_nothing(at, enter, name):
    enter("sam", at(Stage.CHECK).submission).page(name, 404)
