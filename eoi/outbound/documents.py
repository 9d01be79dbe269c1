"""Whether an uploaded file is what it says, and safe to hand on.

Own checks, because the general ones let too much through: any zip passes as a DOCX, any HTML with the right first
bytes as a PDF. `scan` looks for viruses; this looks at the shape.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from eoi.outbound.office import MOST_UNPACKED, check_office
from eoi.rules.errors import BadFile
from eoi.rules.words import listed

LARGEST = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 100_000_000  # an A1 plan at 300 dpi has 70 million


class FileKind(StrEnum):
    """The files that are taken; the value is the media type they are served with."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    JPG = "image/jpeg"
    PNG = "image/png"


#: What a browser shows without running or fetching anything.
SHOWN = (FileKind.PDF, FileKind.JPG, FileKind.PNG)
ENDINGS = {f".{kind.name.lower()}": kind for kind in FileKind} | {".jpeg": FileKind.JPG}

_SIGNATURES = {
    FileKind.PDF: b"%PDF-",
    FileKind.DOCX: b"PK\x03\x04",
    FileKind.XLSX: b"PK\x03\x04",
    FileKind.JPG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also the wrapper of a DOCX or XLSX with a password


def check(name: str, content: bytes) -> FileKind:
    """What the file is, by its name's ending and its content together.

    Raises BadFile, with the reason in plain words, for a file that is too big, empty, cut off, not what its name says,
    protected with a password, carrying macros or scripts, or swelling when it is opened.
    """
    kind = ENDINGS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise BadFile("The file must be a PDF, DOCX, XLSX, JPG or PNG")
    if not content:
        raise BadFile("The file is empty")
    if len(content) > LARGEST:
        raise BadFile("The file must be smaller than 10 MB")
    if not content.startswith(_SIGNATURES[kind]):
        raise BadFile(_mislabelled(name, kind, content))
    try:
        _CHECKS[kind](content)
    except Damaged as damage:
        raise BadFile("The file is damaged or cut off. Save it again and upload the new copy") from damage
    return kind


class Damaged(Exception):
    """The content does not hold together."""


def _mislabelled(name: str, kind: FileKind, content: bytes) -> str:
    if kind in (FileKind.DOCX, FileKind.XLSX) and content.startswith(_OLD_OFFICE):
        return f"The file has a password or is in an old format. Save it without a password as {kind.name}"
    ending = PurePath(name).suffix.lower()
    really = sorted({other.name for other, start in _SIGNATURES.items() if content.startswith(start)} - {kind.name})
    if really:
        return f"The name ends in {ending} but the file looks like a {listed(really).replace(' and ', ' or ')}"
    return f"The name ends in {ending} but the file is not a {kind.name}"


def _check_pdf(content: bytes) -> None:
    import pikepdf  # slow to load: half a second

    pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_UNPACKED)
    if b"%%EOF" not in content[-2048:]:
        raise Damaged("no end")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise Damaged("no pages")
            if "/EmbeddedFiles" in pdf.Root.get("/Names", {}):
                raise BadFile("The PDF has other files attached inside it. Upload them one by one instead")
            if any(_runs(part) for thing in pdf.objects for part in _within(thing)):
                raise BadFile("The PDF contains a script. Print it to a new PDF and upload that")
    except pikepdf.PasswordError as locked:
        raise BadFile("The PDF is protected with a password. Save it without one") from locked
    except pikepdf.PdfError as broken:
        raise Damaged(str(broken)) from broken


def _within(thing: Any) -> Iterator[Any]:
    """The dictionaries of one object of the PDF: itself and those written inside it."""
    import pikepdf  # as above

    waiting = [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            waiting += [inner for _, inner in part.items() if not getattr(inner, "is_indirect", False)]
        elif isinstance(part, pikepdf.Array):
            waiting += [inner for inner in part if not getattr(inner, "is_indirect", False)]


def _runs(part: Any) -> bool:
    """Whether a dictionary of the PDF is an action that runs something."""
    return "/JS" in part or str(part.get("/S", "")) in ("/JavaScript", "/Launch")


def _check_png(content: bytes) -> None:
    """Walk the chunks: each with the right checksum, a header first, the end last and nothing after it."""
    at, first = 8, True
    while True:
        head = content[at : at + 8]
        if len(head) < 8:
            raise Damaged("no end")
        length, name = struct.unpack("!I4s", head)
        body, checksum = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(checksum) < 4 or struct.unpack("!I", checksum)[0] != zlib.crc32(name + body):
            raise Damaged("checksum")
        if first != (name == b"IHDR"):
            raise Damaged("header")
        if first:
            _check_size(*struct.unpack("!II", body[:8]))
        at, first = at + 12 + length, False
        if name == b"IEND":
            break
    if at != len(content):
        raise Damaged("something after the end")


def _check_jpg(content: bytes) -> None:
    """Walk the segments up to the picture, which must have a size and an end. Cameras add their own after the end."""
    at, sized = 2, False
    while True:
        if len(content) < at + 4 or content[at] != 0xFF:
            raise Damaged("segment")
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        length = struct.unpack("!H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            if len(content) < at + 9:
                raise Damaged("frame")
            height, width = struct.unpack("!HH", content[at + 5 : at + 9])
            _check_size(width, height)
            sized = True
        at += 2 + length
        if marker == 0xDA:
            break
    if not sized or content.find(b"\xff\xd9", at) < 0:
        raise Damaged("no end")


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Damaged("no size")
    if width * height > MOST_PIXELS:
        raise BadFile("The picture is too large to open safely. Save it with fewer pixels")


def _check_office(main_part: str, content: bytes) -> None:
    if reason := check_office(content, main_part):
        raise BadFile(reason) if reason != "damaged" else Damaged(main_part)


_CHECKS = {
    FileKind.PDF: _check_pdf,
    FileKind.DOCX: lambda content: _check_office("word/document.xml", content),
    FileKind.XLSX: lambda content: _check_office("xl/workbook.xml", content),
    FileKind.JPG: _check_jpg,
    FileKind.PNG: _check_png,
}
