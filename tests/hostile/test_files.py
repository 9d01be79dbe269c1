"""Too much text, and files that lie about what they are: the reason in plain words, and nothing is kept."""

import io
import zipfile

import pytest
from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Document
from tests.pages import look_at
from tests.web.entering import enter

HTML = {"Accept": "text/html"}
PDF_START, PDF_END = b"%PDF-1.4\n", b"\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55"


def zipped(*parts: tuple[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return kept.getvalue()


KINDS = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = (("[Content_Types].xml", KINDS), ("word/document.xml", b"<document/>"))
NOT_TAKEN, DAMAGED = "The file must be a PDF, DOCX, XLSX, JPG or PNG", "damaged or cut off"
NO_PDF, EMPTY = "The name ends in .pdf but the file is not a PDF", "The file is empty"
LIES = {
    "program named pdf": ("plan.pdf", b"MZ" + b"\x00" * 500, NO_PDF),
    "page named pdf": ("plan.pdf", b"<html><script>alert(1)</script></html>", NO_PDF),
    "page that starts as a pdf": ("plan.pdf", PDF_START + b"<script>alert(1)</script>" + PDF_END, DAMAGED),
    "pdf named docx": ("plan.docx", PDF_START, "the file looks like a PDF"),
    "empty": ("plan.pdf", b"", EMPTY),
    "cut off picture": ("plan.png", PNG, DAMAGED),
    "program with a second ending": ("plan.pdf.exe", b"MZ", NOT_TAKEN),
    "no ending": ("plan", PDF_START, NOT_TAKEN),
    "any zip named docx": ("plan.docx", zipped(("evil.txt", b"0")), "The file is a zip archive, not a DOCX"),
    "macros named docx": ("plan.docx", zipped(*WORD, ("word/vbaProject.bin", b"0")), "macros"),
    "bomb": ("plan.docx", zipped(*WORD, ("word/media/a.xml", b"0" * 150_000_000)), "far more than its size"),
    "path": ("../../../etc/passwd", b"root:x", NOT_TAKEN),
    "name turned round": ("a\u202efdp.exe", b"MZ", NOT_TAKEN),
    "line in the name": ("a%0D%0Ab.exe", b"MZ", NOT_TAKEN),
    "long name": ("x" * 300 + ".pdf", b"not a pdf", NO_PDF),
    "11 MB": ("plan.pdf", PDF_START + b"0" * 11_000_000, "The file must be smaller than 10 MB"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_files_that_lie_are_refused_with_the_reason(world, lie):
    name, content, message = LIES[lie]
    client = world.app.test_client()
    enter(client, world.users["alice"])
    path = f"/apply/{world.made.public['draft']}/rooms"
    before = db.session.scalars(select(Document.id)).all()
    form = {
        "version": version(client, path), "floor_plan-no-pupil-data": "y", "floor_plan": (io.BytesIO(content), name),
    }  # fmt: skip
    answer = client.post(path, data=form, content_type="multipart/form-data", headers=HTML)
    assert answer.status_code == 422
    look_at(answer.text, path, world.app)
    assert "There is a problem" in answer.text
    assert 'href="#floor_plan"' in answer.text
    assert message in answer.text
    assert db.session.scalars(select(Document.id)).all() == before
    assert world.crashes == []


def version(client, path):
    page = client.get(path, headers=HTML).text
    return page.partition('name="version" value="')[2].partition('"')[0]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_ten_megabytes_of_text_are_refused_with_advice(world, kind):
    client = world.app.test_client()
    enter(client, world.users["alice"])
    before = world.digest()
    path = f"/apply/{world.made.public['draft']}/summary"
    answer = client.post(path, data={"summary_100": "x" * 10_000_000}, content_type=kind, headers=HTML)
    assert answer.status_code == 413
    look_at(answer.text, path, world.app)
    assert "Nothing was saved. Go back" in answer.text
    assert world.changed(before) == []
    assert world.crashes == []


def test_too_much_is_refused_before_it_is_read(world):
    """Who says that a gigabyte follows is answered without waiting for it."""
    client = world.app.test_client()
    enter(client, world.users["alice"])
    read = Unread()
    path = f"/apply/{world.made.public['draft']}/summary"
    answer = client.post(path, input_stream=read, content_type="multipart/form-data; boundary=x", headers=HTML)
    assert answer.status_code == 413
    assert read.taken == 0


class Unread(io.RawIOBase):
    """A body of a gigabyte that counts what is taken of it."""

    taken, at = 0, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = 10**9 if whence == 2 else offset
        return self.at

    def readinto(self, buffer: bytearray) -> int:
        self.taken += len(buffer)
        return len(buffer)
