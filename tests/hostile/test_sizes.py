"""Too much text, and files that lie about what they are."""

import io
import zipfile

import pytest

from eoi.models import Document
from tests.pages import look_at
from tests.web.entering import enter

EXE = b"MZ" + b"\x00" * 500
POLYGLOT = b"<html><script>alert(1)</script></html>"


def zipped(name, content):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return kept.getvalue()


def test_ten_megabytes_of_text_are_refused_with_advice(client, world):
    enter(client, world.people.alice)
    before = world.digest()
    answer = client.post(
        f"/apply/{world.public['draft']}/summary",
        data={"summary_100": "x" * 10_000_000},
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 413
    look_at(answer.text, "/apply", client.application)
    assert world.digest() == before
    assert world.crashes == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", EXE),
        ("plan.pdf", POLYGLOT),
        ("plan.pdf", b""),
        ("plan.png", b"\x89PNG\r\n\x1a\n"),
        ("plan.docx", zipped("evil.txt", b"0")),
        ("plan.docx", zipped("word/document.xml", b"0" * 200_000_000)),
        ("plan.xlsx", zipped("xl/vbaProject.bin", b"0")),
        ("plan.exe", EXE),
        ("plan", b"%PDF-1.4"),
        ("x" * 300 + ".pdf", b"not a pdf"),
        ("a\r\nb\u202efdp.exe", EXE),
        ("../../../etc/passwd", b"root"),
        ("plan.pdf", b"%PDF-1.4\n" + b"0" * 11_000_000),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_files_that_lie_are_refused_with_the_reason(client, world, db, name, content):
    enter(client, world.people.alice)
    files = db.session.query(Document).count()
    db.session.rollback()
    path = f"/apply/{world.public['draft']}/rooms"
    form = {"version": "0", "no_pupil_data": "y", "floor_plan": (io.BytesIO(content), name), "upload": "floor_plan"}
    answer = client.post(path, data=form, content_type="multipart/form-data", headers={"Accept": "text/html"})
    assert answer.status_code in (200, 302, 409, 413, 422)
    if answer.status_code != 302:
        look_at(answer.text, path, client.application)
    assert db.session.query(Document).count() == files
    assert world.crashes == []
