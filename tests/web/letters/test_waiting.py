"""The list of letters that wait: the decisions that hold, the first due first, of the cases that the person sees."""

import pytest

from eoi.queries import review
from eoi.rules.stages import Stage
from eoi.workflow import stages
from tests.people import HOPEFIELD, RIVERSIDE
from tests.web.review.browsing import at, send


def test_draft_waits_until_it_is_issued(as_, db, cases):
    submission = cases.at(Stage.APPROVED)
    letter = review.letters(submission)[-1]
    harriet, path = as_("harriet"), at(submission, f"/letters/{letter.public_id}")
    assert path in harriet.get("/letters").text
    send(harriet, f"{path}/issue", {"version": str(letter.version)})
    page = harriet.get("/letters").text
    assert "No letter waits" in page
    assert path in page.partition("Issued last")[2]


def test_first_due_comes_first(as_, db, cases):
    roads = [cases.road(urn=HOPEFIELD), cases.road(urn=RIVERSIDE)]
    for stage in (Stage.SUBMITTED, Stage.APPROVED):
        late, later = [road.to(stage) for road in roads]
    db.session.commit()
    page = as_("olu").get("/letters").text
    assert late.due_on < later.due_on
    assert page.index(late.reference) < page.index(later.reference)
    assert "Overdue" in page


def test_draft_of_a_decision_put_back_does_not_wait(as_, db, cases, people):
    submission = cases.at(Stage.APPROVED)
    stages.move(submission, "reopen", by=people.actor("harriet"), to=Stage.WITH_HEAD, detail={"reason": "Wrong case"})
    db.session.commit()
    assert "No letter waits" in as_("harriet").get("/letters").text


@pytest.mark.parametrize("name", ["cleo", "priya", "aisha", "dev", "audrey", "alice"])
def test_list_is_for_those_who_write_or_issue(as_, cases, name):
    as_(name).get("/letters", status=403)
