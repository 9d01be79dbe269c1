"""The officers' summary as PDF: of one case and of those ticked, with the right name, for those who may read it."""

import io
import zipfile

import pytest
from sqlalchemy import select

from eoi.models import Access
from eoi.rules.stages import Stage
from tests.outbound import reading
from tests.people import RIVERSIDE
from tests.web.review.browsing import at

SELECTION = "/review/submissions/summaries"


def get(person, path, status=200):
    return person.get(path, status=status, check=False)


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.DETAIL, Stage.PANEL, Stage.CONDITIONS, Stage.OPEN])
def test_summary_prints_at_any_stage(as_, cases, tmp_path, stage):
    submission = cases.at(stage)
    answer = get(as_("olu"), at(submission, "/summary.pdf"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{submission.reference} summary.pdf"'
    assert reading.pages(answer.data) == 2
    assert reading.errors(answer.data, tmp_path) == []
    words = reading.text(answer.data)
    assert "OFFICIAL" in words
    assert ("Weighted total" in words) is (stage in (Stage.PANEL, Stage.CONDITIONS, Stage.OPEN))


def test_answers_follow_at_choice(as_, cases):
    submission = cases.at(Stage.CHECK)
    words = reading.text(get(as_("olu"), at(submission, "/summary.pdf?answers=1")).data)
    assert "The school’s answers" in words


def test_scorer_prints_no_scores(as_, cases):
    submission = cases.at(Stage.WITH_HEAD)
    words = reading.text(get(as_("priya"), at(submission, "/summary.pdf")).data)
    assert "Weighted total" not in words
    assert "Recommendation" not in words


@pytest.mark.parametrize(("name", "status"), [("alice", 403), ("sam", 403), ("ada", 403), ("audrey", 200)])
def test_summary_is_for_readers_of_the_case(as_, cases, name, status):
    submission = cases.at(Stage.CHECK)
    get(as_(name), at(submission, "/summary.pdf"), status)


def test_ticked_cases_are_one_document_with_bookmarks(as_, db, cases):
    one, two = cases.at(Stage.CHECK), cases.at(Stage.PANEL, urn=RIVERSIDE)
    answer = get(as_("olu"), f"{SELECTION}?case={two.reference}&case={one.reference}")
    titles = reading.bookmarks(answer.data)
    assert titles.index("Hopefield Primary School") < titles.index("Riverside Academy")
    opened = db.session.scalars(select(Access.submission_id).where(Access.what == SELECTION)).all()
    assert sorted(opened) == sorted([one.id, two.id])


def test_ticked_cases_come_as_a_zip(as_, cases):
    one, two = cases.at(Stage.CHECK), cases.at(Stage.PANEL, urn=RIVERSIDE)
    answer = get(as_("olu"), f"{SELECTION}?case={one.reference}&case={two.reference}&format=zip")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Summaries 202')
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == [f"{c.reference} summary.pdf" for c in (one, two)]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())


def test_nothing_ticked_and_too_much_are_refused_kindly(as_, cases):
    olu = as_("olu")
    assert "Tick at least one submission first." in get(olu, SELECTION, 422).text
    many = "&".join(f"case=EOI-2026-{n:04}" for n in range(26))
    assert "Tick at most 25 at a time." in get(olu, f"{SELECTION}?{many}", 422).text


def test_case_that_is_not_there_is_not_found(as_, cases):
    one = cases.at(Stage.CHECK)
    get(as_("olu"), f"{SELECTION}?case={one.reference}&case=EOI-2026-9999", 404)


def test_selection_is_for_those_who_export(as_, cases):
    one = cases.at(Stage.ASSESSMENT)
    get(as_("priya"), f"{SELECTION}?case={one.reference}", 403)
