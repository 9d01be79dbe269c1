"""A draft: read on its page, written between the facts, looked at as PDF; nobody else's to read."""

import pytest
from sqlalchemy import text

from eoi.extensions import db as database
from eoi.outbound import files
from eoi.queries import review
from eoi.rules.assigning import HANDLINGS
from eoi.rules.stages import Stage
from eoi.workflow import assigning
from tests.outbound import reading
from tests.web.review.browsing import at, send

OWN = "We admired your garden.\n\nThank you for showing it to us."


@pytest.fixture
def submission(cases):
    return cases.at(Stage.DECLINED)


@pytest.fixture
def letter(submission):
    return review.letters(submission)[-1]


@pytest.fixture
def path(submission, letter):
    return at(submission, f"/letters/{letter.public_id}")


def test_draft_reads_as_it_would_go_out(as_, path):
    page = as_("olu").get(path).text
    assert "We have decided to decline it." in page
    assert '<h3 class="govuk-heading-s">1. Our decision</h3>' in page
    assert "The Head of SEN, or the person in a recorded delegation, issues letters." in page


@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.CONDITIONS, Stage.DEFERRED, Stage.INELIGIBLE])
def test_page_of_every_kind_is_whole(as_, cases, stage):
    submission = cases.at(stage)
    letter = review.letters(submission)[-1]
    harriet = as_("harriet")
    harriet.get(at(submission, f"/letters/{letter.public_id}"))
    harriet.get(at(submission, f"/letters/{letter.public_id}/issue"))


def test_own_paragraph_stands_between_the_facts(as_, db, path, letter):
    olu = as_("olu")
    answer = send(olu, path, {"version": str(letter.version), "paragraph": OWN})
    page = olu.follow(answer).text
    assert '<p class="govuk-body">Thank you for showing it to us.</p>' in page
    words = reading.text(olu.get(f"{path}/preview.pdf").data)
    assert words.index("Where it fell short") < words.index("We admired your garden") < words.index("What would help")


def test_markup_in_a_paragraph_is_text(as_, path, letter):
    olu = as_("olu")
    answer = send(olu, path, {"version": str(letter.version), "paragraph": "<script>alert(1)</script><h2>1</h2>"})
    page = olu.follow(answer).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;h2&gt;1&lt;/h2&gt;" in page


def test_long_paragraph_is_refused_and_kept(as_, path, letter):
    page = as_("olu").post(path, {"version": str(letter.version), "paragraph": "word " * 151}, status=200).text
    assert "Your own paragraph must be 150 words or fewer. You have 151 words" in page
    assert "word word" in page


def test_second_writer_gets_both_texts(as_, path, letter):
    seen = str(letter.version)
    send(as_("olu"), path, {"version": seen, "paragraph": "Olu’s words"})
    page = as_("oscar").post(path, {"version": seen, "paragraph": "Oscar’s words"}, status=409).text
    assert "Olu’s words" in page
    assert "Oscar’s words" in page


def test_preview_is_marked_and_not_kept(as_, app, path):
    answer = as_("olu").get(f"{path}/preview.pdf")
    assert "Draft, not issued" in reading.text(answer.data)
    assert answer.headers["Content-Disposition"] == 'inline; filename="EOI-2026-0001 letter L1 draft.pdf"'
    assert not files.open_store(app.config["FILES_URL"]).exists(files.key_of(answer.data))


@pytest.mark.parametrize(
    ("name", "status"), [("cleo", 403), ("aisha", 403), ("audrey", 403), ("alice", 403), ("sam", 403)]
)
def test_draft_is_read_by_its_writers_only(as_, path, name, status):
    person = as_(name)
    person.get(path, status=status)
    person.get(f"{path}/preview.pdf", status=status)
    person.post(path, {"version": "1", "paragraph": "Mine"}, status=403)


def test_somebody_in_conflict_does_not_see_the_case(as_, db, cases, people, submission, path):
    assigning.declare_conflict(submission, True, HANDLINGS[0][1], by=people.actor("oscar"))
    db.session.commit()
    as_("oscar").get(path, status=404)


def test_letter_of_another_case_is_not_found(as_, submission):
    as_("olu").get(at(submission, "/letters/nothing-of-this-name"), status=404)


@pytest.mark.parametrize("rest", ["", "/preview.pdf", "/issue"])
def test_reading_writes_nothing_but_the_access(as_, db, path, rest):
    as_("harriet").get("/account")  # her session's last use is noted, once in ten minutes
    before = rows()
    as_("harriet").get(path + rest)
    after = rows()
    assert {name for name in after if after[name] != before[name]} == {"access"}


def rows():
    """Each table's rows as text."""
    tables = database.metadata.sorted_tables
    return {t.name: str(database.session.execute(text(f'SELECT * FROM "{t.name}"')).all()) for t in tables}
