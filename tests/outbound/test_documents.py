import io
import struct
import zipfile
import zlib

import pikepdf
import pytest

from eoi.outbound.documents import LARGEST, FileKind, check
from eoi.rules.errors import BadFile


def pdf(password="", change=None):
    made = pikepdf.new()
    made.add_blank_page()
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="owner", user=password) if password else False)
    return out.getvalue()


def office(main="word/document.xml", extra=(), types=b"<Types/>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("[Content_Types].xml", types), (main, b"<w:document/>" * 50), *extra):
            archive.writestr(name, content)
    return out.getvalue()


def png(width=2, height=2, after=b""):
    def chunk(name, body):
        return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
    return b"\x89PNG\r\n\x1a\n" + header + rows + chunk(b"IEND", b"") + after


def jpg(width=16, height=16, end=b"\xff\xd9"):
    frame = b"\xff\xc0" + struct.pack("!HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack("!HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"picture"
    return b"\xff\xd8\xff\xe0" + struct.pack("!H", 16) + b"JFIF\0" + b"\0" * 9 + frame + scan + end


def attach(made):
    made.attachments["notes.txt"] = pikepdf.AttachedFileSpec(made, b"notes")


def run_script(made):
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("minute.pdf", pdf(), FileKind.PDF),
        ("Minute.PDF", pdf(), FileKind.PDF),
        ("letter.docx", office(), FileKind.DOCX),
        ("budget.xlsx", office("xl/workbook.xml"), FileKind.XLSX),
        ("plan.jpg", jpg(), FileKind.JPG),
        ("plan.jpeg", jpg(end=b"\xff\xd9 the camera's own"), FileKind.JPG),
        ("plan.png", png(), FileKind.PNG),
    ],
)
def test_check_takes_a_sound_file(name, content, kind):
    assert check(name, content) is kind


RELATION = b'<Relationship Type="http://x/relationships/attachedTemplate" Target="http://x/t" TargetMode="External"/>'

REFUSED = {
    "no ending": ("minute", pdf(), "must be a PDF, DOCX, XLSX, JPG or PNG"),
    "a page": ("minute.html", b"<html>", "must be a PDF, DOCX, XLSX, JPG or PNG"),
    "two endings": ("minute.pdf.exe", pdf(), "must be a PDF, DOCX, XLSX, JPG or PNG"),
    "empty": ("minute.pdf", b"", "empty"),
    "too big": ("minute.pdf", b"%PDF-" + b" " * LARGEST, "smaller than 10 MB"),
    "a page named pdf": ("minute.pdf", b"<html><script>%PDF-", "is not a PDF"),
    "a picture named pdf": ("minute.pdf", png(), "looks like a PNG"),
    "a pdf named jpg": ("minute.jpg", pdf(), "looks like a PDF"),
    "a cut pdf": ("minute.pdf", pdf()[:-200], "damaged or cut off"),
    "a hollow pdf": ("minute.pdf", b"%PDF-1.7\nnothing\n%%EOF", "damaged or cut off"),
    "a locked pdf": ("minute.pdf", pdf(password="secret"), "protected with a password"),
    "a pdf with files": ("minute.pdf", pdf(change=attach), "other files attached"),
    "a pdf with a script": ("minute.pdf", pdf(change=run_script), "contains a script"),
    "a cut docx": ("letter.docx", office()[:-30], "damaged or cut off"),
    "any zip": ("letter.docx", office(main="readme.txt"), "zip archive, not a DOCX"),
    "a sheet named docx": ("letter.docx", office("xl/workbook.xml"), "the file is a XLSX"),
    "an old or locked file": (
        "letter.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "password or is in an old",
    ),
    "macros": ("letter.docx", office(extra=[("word/vbaProject.bin", b"x")]), "contains macros"),
    "macros by type": ("budget.xlsx", office("xl/workbook.xml", types=b"x.macroEnabled.x"), "contains macros"),
    "a program": ("letter.docx", office(extra=[("word/embeddings/setup.exe", b"MZ")]), "other files inside"),
    "a fetched template": ("letter.docx", office(extra=[("word/_rels/x.rels", RELATION)]), "fetches parts"),
    "a bomb": ("letter.docx", office(extra=[("word/media/a.xml", b"\0" * 30_000_000)]), "far more than its size"),
    "a cut png": ("plan.png", png()[:-6], "damaged or cut off"),
    "a png with more": ("plan.png", png(after=b"<script>"), "damaged or cut off"),
    "a flipped png": ("plan.png", png().replace(b"IDAT", b"IDAX"), "damaged or cut off"),
    "a huge png": ("plan.png", png(60_000, 60_000), "too large to open"),
    "a cut jpg": ("plan.jpg", jpg(end=b""), "damaged or cut off"),
    "a huge jpg": ("plan.jpg", jpg(60_000, 60_000), "too large to open"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_check_refuses_in_plain_words(case):
    name, content, words = REFUSED[case]
    with pytest.raises(BadFile, match=words) as refusal:
        check(name, content)
    assert "\n" not in refusal.value.message


def test_check_believes_no_stated_size():
    """A part that unpacks to more than it says is damaged, and is never unpacked whole."""
    whole = bytearray(office(extra=[("word/media/a.xml", b"\0" * 500_000)]))
    stated = struct.pack("<I", 500_000)
    while (at := whole.find(stated)) >= 0:
        whole[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(BadFile, match="damaged"):
        check("letter.docx", bytes(whole))


def test_check_looks_at_each_cut_of_a_file_without_failing():
    for name, content in (("a.pdf", pdf()), ("a.docx", office()), ("a.png", png()), ("a.jpg", jpg())):
        for length in range(1, len(content), 7):
            with pytest.raises(BadFile):
                check(name, content[:length])
