"""Every page of the review: whole, in at most ten queries, open to those whose role reads it and to nobody else."""

import pytest

from eoi.models import Access
from eoi.queries import review
from eoi.rules.stages import Stage
from eoi.rules.words import Path
from tests.people import AT_SCHOOL, RIVERSIDE, STAFF
from tests.web.review.browsing import at

TABS = ("", "/answers", "/answers?open=all", "/review", "/outcome", "/timeline")
READERS = ("olu", "aisha", "cleo", "harriet", "dev", "audrey")
WALKED = [stage for stage in Stage if stage is not Stage.DRAFT]


@pytest.mark.parametrize("stage", WALKED)
@pytest.mark.parametrize("path", Path)
def test_case_pages_are_whole_at_every_stage(cases, as_, stage, path):
    submission = cases.at(stage, urn=RIVERSIDE) if stage is Stage.DFE else cases.at(stage, path=path)
    for tab in TABS:
        page = as_("olu").get(at(submission, tab))
        assert len(page.data) < 60_000, tab
        assert submission.reference in page.text


@pytest.mark.parametrize("name", [*STAFF, *AT_SCHOOL])
def test_case_opens_to_those_who_read_cases(cases, as_, name):
    submission = cases.at(Stage.CHECK)
    unassigned, no_review = ("priya", "pete", "pam"), ("ada", *AT_SCHOOL)
    expected = 404 if name in unassigned else 403 if name in no_review else 200
    for tab in TABS:
        as_(name).get(at(submission, tab), status=expected)
    assert (expected == 200) is (name in READERS or name == "oscar")


@pytest.mark.parametrize("name", [*STAFF, *AT_SCHOOL])
def test_dashboard_list_and_drafts_open_to_the_review(cases, as_, name):
    cases.at(Stage.PANEL)
    cases.road(urn=900004)
    expected = 403 if name in ("ada", *AT_SCHOOL) else 200
    for path in ("/review", "/review/submissions", "/review/drafts"):
        as_(name).get(path, status=expected)


def test_signed_out_person_is_sent_to_sign_in(cases, client):
    submission = cases.at(Stage.CHECK)
    for path in ("/review", "/review/submissions", at(submission), "/panel", "/review/proposals"):
        assert client.get(path, headers={"Accept": "text/html"}).location.startswith("/sign-in")


def test_draft_is_known_to_exist_and_never_opened(cases, db, as_):
    draft = cases.road().submission
    db.session.commit()
    page = as_("olu").get("/review/drafts").text
    assert "Hopefield Primary School" in page
    assert "1 draft" in page
    as_("olu").get(f"/review/submissions/{draft.public_id}", status=404)
    assert "1</span>" in as_("harriet").get("/review").text


def test_document_is_downloaded_and_noted(cases, db, as_):
    submission = cases.at(Stage.ASSESSMENT)
    page = as_("olu").get(at(submission, "/answers")).text
    address = page.split(f"{at(submission)}/documents/")[1].split('"')[0]
    answer = as_("olu").get(f"{at(submission)}/documents/{address}", check=False)
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    noted = db.session.query(Access).filter(Access.what.contains("/documents/")).one()
    assert noted.submission_id == submission.id
    as_("olu").get(at(submission, "/documents/another"), status=404)
    as_("sam").get(f"{at(submission)}/documents/{address}", status=403)


def test_answer_changed_on_request_shows_before_and_after(cases, db, as_):
    submission = cases.at(Stage.RETURNED)
    question = review.clarifications(submission)[0]
    question.before, question.after = {"need_case": "Old words"}, {"need_case": "New words"}
    question.answered_at, question.reply = cases.clock(), "We mended it."
    db.session.commit()
    answers = as_("olu").get(at(submission, "/answers?open=all")).text
    assert "New words" in answers
    assert "Before: Old words" in answers
    assert "We mended it." in as_("olu").get(at(submission, "/review")).text


def test_timeline_tells_moves_and_reasons_and_hides_conflicts(cases, as_):
    submission = cases.at(Stage.WITH_HEAD)
    page = as_("harriet").get(at(submission, "/timeline")).text
    for words in ("Submitted", "Shortlisted, detail asked", "Recommended by the panel", "Scorers assigned"):
        assert words in page
    assert "Conflict of interest declaration made" in page
    declared = page.split("Conflict of interest declaration made")[1][:200]
    assert "Example" not in declared
