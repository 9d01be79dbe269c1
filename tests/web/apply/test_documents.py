"""Files: checked before they are kept, listed, downloaded by those who may, removed."""

import io

import pytest

from eoi.extensions import db
from eoi.outbound.pdf import render_pdf
from eoi.queries import drafts
from eoi.workflow.drafting import MOST_BYTES


@pytest.fixture(scope="module")
def pdf():
    return render_pdf('<html lang="en-GB"><title>Plan</title><p>The plan')


def upload(alice, content, name="plan.pdf", status=302, tick=True, **more):
    row = drafts.section_rows(alice.submission).get("rooms")
    form = {"version": str(row.version if row else 0), "floor_plan": (io.BytesIO(content), name), **more}
    return alice.send("rooms", form | ({"floor_plan-no-pupil-data": "y"} if tick else {}), status)


def test_upload_is_listed_and_downloaded(alice, draft, pdf):
    assert upload(alice, pdf, then="upload").location == alice.at("rooms")
    (document,) = drafts.documents(draft)
    assert (document.name, document.content_type, document.no_pupil_data) == ("plan.pdf", "application/pdf", True)
    page = alice.page("rooms")
    assert "plan.pdf</a>" in page
    answer = alice.pages.get(alice.at(f"documents/{document.public_id}"))
    assert answer.data == pdf
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "plan.pdf" in alice.page("check")


def test_upload_keeps_the_answers_beside_it(alice, draft, pdf):
    upload(alice, pdf, route="adapt")
    assert drafts.answers(draft)["route"] == "adapt"


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"not a pdf", "plan.pdf", "The name ends in .pdf but the file is not a PDF"),
        (b"", "plan.pdf", "The file is empty"),
        (b"MZ", "plan.exe", "The file must be a PDF, DOCX, XLSX, JPG or PNG"),
        (b"%PDF-1.7\n<script>", "plan.pdf", "damaged or cut off"),
    ],
)
def test_file_that_lies_is_refused_and_the_rest_kept(alice, draft, content, name, message):
    page = upload(alice, content, name, 422, route="adapt").text
    assert message in page
    assert 'href="#floor_plan"' in page
    assert drafts.documents(draft) == []
    assert drafts.answers(draft)["route"] == "adapt"


def test_file_without_its_tick_is_refused(alice, draft, pdf):
    assert "Confirm that the file holds no pupil data" in upload(alice, pdf, status=422, tick=False).text
    assert drafts.documents(draft) == []


def test_files_together_have_a_limit(alice, draft, pdf):
    upload(alice, pdf)
    drafts.documents(draft)[0].size = MOST_BYTES
    db.session.commit()
    assert "All files together must be smaller than 20 MB" in upload(alice, pdf, status=422).text


def test_file_is_not_kept_where_the_scanner_is_away(alice, app, draft, pdf):
    app.config["CLAMD_URL"] = "unix:/nowhere"
    assert "The virus check does not answer" in upload(alice, pdf, status=422).text
    assert drafts.documents(draft) == []


def test_odd_names_are_harmless(alice, draft, pdf):
    upload(alice, pdf, "..\\..\\Plan “éè”; x=y\u202e.pdf")
    (document,) = drafts.documents(draft)
    assert "/" not in document.name
    assert "\n" not in document.name
    alice.page("rooms")
    alice.pages.get(alice.at(f"documents/{document.public_id}"))


def test_removing_asks_first(alice, draft, pdf):
    upload(alice, pdf)
    (document,) = drafts.documents(draft)
    there = f"documents/{document.public_id}/remove"
    assert "Remove this file?" in alice.page(there)
    assert alice.send(there, {}).location == alice.at("rooms")
    assert drafts.documents(draft) == []
    alice.page(f"documents/{document.public_id}", 404)
    alice.send(there, {}, 404)


def test_strangers_download_nothing(alice, enter, draft, pdf):
    upload(alice, pdf)
    (document,) = drafts.documents(draft)
    for name in ("sam", "olu", "priya"):
        enter(name, draft).page(f"documents/{document.public_id}", 403 if name == "priya" else 404)
    enter("alice", draft).page("documents/0000000000000000000000", 404)
