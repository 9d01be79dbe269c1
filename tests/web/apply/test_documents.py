"""Files: checked before they are kept, listed, downloaded by those who may, removed."""

import io
import os
import re
import resource
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from eoi.extensions import db
from eoi.outbound.pdf import render_pdf
from eoi.queries import drafts
from eoi.rules.scanning import Verdict
from eoi.rules.stages import Stage
from eoi.workflow.drafting import MOST_BYTES
from tests.outbound.test_documents import jpg, office, png

#: The half of a file that found room is closed only when it is forgotten, in the test after.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def pdf():
    return render_pdf('<html lang="en-GB"><title>Plan</title><p>The plan')


@contextmanager
def no_file_above(size):
    """A real limit of the system on this process, as a full disk is met: no file may grow beyond so many bytes."""
    db.session.rollback()
    db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    db.session.rollback()
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


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
    assert "Confirm that the files hold no pupil data" in upload(alice, pdf, status=422, tick=False).text
    assert drafts.documents(draft) == []


def test_files_together_have_a_limit(alice, draft, pdf):
    upload(alice, pdf)
    drafts.documents(draft)[0].size = MOST_BYTES
    db.session.commit()
    assert "All files together must be smaller than 20 MB" in upload(alice, pdf, status=422).text


def test_file_is_held_where_the_scanner_is_away(alice, app, enter, draft, pdf):
    app.config["CLAMD_URL"] = "unix:/nowhere"
    assert upload(alice, pdf, then="upload").location == alice.at("rooms")
    (document,) = drafts.documents(draft)
    assert document.is_held
    page = alice.page("rooms")
    assert "Held, not yet scanned" in page
    assert document.public_id + "?show" not in page
    assert "plan.pdf (held, not yet scanned)" in alice.page("check")
    for address in (f"documents/{document.public_id}", f"documents/{document.public_id}?show=yes"):
        assert "held until it is scanned" in alice.page(address, 409)


def test_a_held_file_is_not_opened_by_officers_either(app, cases, people, enter, db):
    submission = cases.at(Stage.ASSESSMENT)
    document = drafts.documents(submission)[0]
    document.scanned = Verdict.HELD
    db.session.commit()
    olu = enter("olu").pages
    page = olu.get(f"/review/submissions/{submission.reference}/answers").text
    assert "held until it is scanned" in page
    assert f"documents/{document.public_id}" not in page
    olu.get(f"/review/submissions/{submission.reference}/documents/{document.public_id}", status=409)
    copy = enter("alice", submission).page("answers")
    assert f"{document.name} (held, not yet scanned)" in copy
    document.scanned, document.removed_at = Verdict.INFECTED, document.added_at
    db.session.commit()
    assert "it had a virus" in olu.get(f"/review/submissions/{submission.reference}/answers").text
    olu.get(f"/review/submissions/{submission.reference}/documents/{document.public_id}", status=404)


def test_a_file_that_had_a_virus_is_told_of_until_another_comes(alice, draft, pdf):
    upload(alice, pdf)
    (document,) = drafts.documents(draft)
    document.scanned, document.removed_at = Verdict.INFECTED, document.added_at
    db.session.commit()
    assert "plan.pdf had a virus" in alice.page("rooms")
    upload(alice, pdf)
    assert "had a virus" not in alice.page("rooms")


def test_odd_names_are_harmless(alice, draft, pdf):
    upload(alice, pdf, "..\\..\\Plan “éè”; x=y\u202e.pdf")
    (document,) = drafts.documents(draft)
    assert "/" not in document.name
    assert "\n" not in document.name
    alice.page("rooms")
    alice.pages.get(alice.at(f"documents/{document.public_id}"))


def test_several_at_once_and_what_is_wrong_with_which(alice, draft, pdf):
    row = {"version": "0", "then": "upload", "floor_plan-no-pupil-data": "y"}
    several = [(io.BytesIO(pdf), "ground.pdf"), (io.BytesIO(b"MZ"), "setup.exe"), (io.BytesIO(b""), "empty.pdf")]
    page = alice.send("rooms", row | {"floor_plan": several}, 422).text
    assert "setup.exe: The file must be a PDF, DOCX, XLSX, JPG or PNG. empty.pdf: The file is empty" in page
    assert [one.name for one in drafts.documents(draft)] == ["ground.pdf"]
    assert re.search(r'type="file"[^>]* multiple', page)


def test_a_script_that_uploads_is_told_what_was_refused(alice, draft, pdf):
    several = [(io.BytesIO(pdf), "ground.pdf"), (io.BytesIO(b"MZ"), "setup.exe")]
    form = {"version": "0", "then": "upload", "floor_plan-no-pupil-data": "y", "floor_plan": several}
    headers = {"Accept": "application/json"}
    answer = alice.pages.post(alice.at("rooms"), form, status=200, check=False, headers=headers)
    assert answer.json["refused"] == {"floor_plan": "setup.exe: The file must be a PDF, DOCX, XLSX, JPG or PNG"}
    assert answer.json["version"] == 1
    assert len(drafts.documents(draft)) == 1


def test_a_name_that_tells_of_a_pupil_is_refused(alice, draft, pdf):
    assert "Give it another name" in upload(alice, pdf, "Jacob EHCP.pdf", 422).text
    assert drafts.documents(draft) == []


def test_a_newer_version_takes_the_place_and_the_one_before_is_listed(alice, draft, pdf):
    upload(alice, pdf)
    (first,) = drafts.documents(draft)
    there = f"documents/{first.public_id}/replace"
    assert "Send a newer version" in alice.page(there)
    assert "Choose the new version" in alice.send(there, {"floor_plan-no-pupil-data": "y"}, 422).text
    newer = {"floor_plan-no-pupil-data": "y", "file": (io.BytesIO(pdf + b"\n"), "plan-2.pdf")}
    assert alice.send(there, newer).location == alice.at("rooms")
    (second,) = drafts.documents(draft)
    assert (second.name, second.replaces_id, first.removed_at is None) == ("plan-2.pdf", first.id, False)
    assert "version 2" in alice.page("rooms")
    listed = alice.page(f"documents/{second.public_id}/replace")
    assert listed.index("plan-2.pdf") < listed.index("plan.pdf")
    assert "Alice Example" in listed
    alice.page(there, 404)


def test_a_pdf_and_a_picture_are_shown_where_they_lie_still(alice, draft, pdf):
    upload(alice, pdf)
    upload(alice, png(), "plan.png")
    upload(alice, office(), "plan.docx")
    policies = {}
    for one in drafts.documents(draft):
        answer = alice.pages.get(alice.at(f"documents/{one.public_id}?show=yes"))
        kind, policy = answer.headers["Content-Disposition"].split(";")[0], answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        policies[one.name] = (kind, "sandbox" in policy)
    assert policies == {
        "plan.pdf": ("inline", False), "plan.png": ("inline", True), "plan.docx": ("attachment", True)
    }  # fmt: skip


def test_a_full_disk_loses_nothing_and_says_so(alice, app, draft, tmp_path):
    """A real limit of the system: no file may grow beyond it."""
    app.config["FILES_URL"] = f"file://{tmp_path / 'files'}"
    content = jpg(end=b"\xff\xd9" + os.urandom(400_000))
    with no_file_above(300_000):
        page = upload(alice, content, "plan.jpg", 422, route="adapt").text
    assert "We have no room for the file now" in page
    assert drafts.documents(draft) == []
    assert drafts.answers(draft)["route"] == "adapt"
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert upload(alice, png(), "plan.png").location


def test_no_room_to_take_a_file_in_says_so(alice, draft):
    content = jpg(end=b"\xff\xd9" + os.urandom(2_000_000))
    form = {"version": "0", "floor_plan": FileStorage(io.BytesIO(content), "plan.jpg")}
    sent, _, boundary = stream_encode_multipart(form, use_tempfile=False)
    kind = f"multipart/form-data; boundary={boundary}"
    with no_file_above(300_000):
        page = alice.pages.post(alice.at("rooms"), sent.read(), status=503, check=False, content_type=kind).text
    assert "Nothing of this page was saved" in page
    assert drafts.documents(draft) == []


def test_a_full_database_gives_back_what_was_typed(alice, app, draft):
    """The rest of the disk is gone: the page says so and holds the text."""
    alice.page("need")
    words = "We have room for a base of twelve, beside the library. " * 15
    with no_file_above(4096):
        page = alice.send("need", {"version": "0", "need_case": words}, 503).text
    assert "Nothing of this page was saved" in page
    assert words.strip()[-60:] in page
    assert drafts.section_rows(draft) == {}
    alice.send("need", {"version": "0", "need_case": words})


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
