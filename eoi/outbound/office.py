"""DOCX and XLSX files: zips with a known inside."""

import io
import re
import zipfile
import zlib

MOST_PARTS = 5_000
MOST_UNPACKED = 100 * 1024 * 1024  # bytes; a 10 MB plan with photographs unpacks to about 12 MB
MOST_SWELLING = 200  # times; ordinary sheets swell 10 to 30 times

_MACROS = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|/dialogsheets/|/customui/|/oleobject[^/]*\.bin$", re.I
)
_PROGRAMS = re.compile(r"\.(exe|dll|js|vbs|bat|cmd|ps1|hta|lnk|scr|jar|docm|xlsm|zip)$", re.I)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_FETCHED = re.compile(rb"attachedTemplate|oleObject|/frame|subDocument", re.I)


def check_office(content: bytes, main_part: str) -> str:
    """Why this DOCX or XLSX cannot be taken: "damaged", a sentence for the person, or "" when it can."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            return (
                _swells(parts, len(content))
                or _is_something_else(names, main_part)
                or _is_locked(parts)
                or _carries_programs(names)
                or _reads_badly(archive, parts)
            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError):
        return "damaged"


def _swells(parts: list[zipfile.ZipInfo], size: int) -> str:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > 1_000_000 + size * MOST_SWELLING:
        return "The file unpacks to far more than its size. Save it as a PDF and upload that"
    return ""


def _is_something_else(names: set[str], main_part: str) -> str:
    if len(names) and "[Content_Types].xml" in names and main_part in names:
        return ""
    wanted = "DOCX" if main_part.startswith("word/") else "XLSX"
    other = "XLSX" if wanted == "DOCX" else "DOCX"
    if f"{'xl/workbook' if other == 'XLSX' else 'word/document'}.xml" in names:
        return f"The name says {wanted} but the file is a {other}. Give it the right ending"
    return f"The file is a zip archive, not a {wanted}"


def _is_locked(parts: list[zipfile.ZipInfo]) -> str:
    return "The file is protected with a password. Save it without one" if any(p.flag_bits & 1 for p in parts) else ""


def _carries_programs(names: set[str]) -> str:
    if any(_MACROS.search("/" + name) for name in names):
        return "The file contains macros or embedded objects. Save it without them, or as a PDF"
    if any(_PROGRAMS.search(name) for name in names):
        return "The file has other files inside it. Save it without them, or as a PDF"
    return ""


def _reads_badly(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> str:
    """Unpack every part once, which proves its length and checksum, and look at where it links to."""
    for part in parts:
        text = _read(archive, part)
        if part.filename == "[Content_Types].xml" and b"macroEnabled" in text:
            return "The file contains macros. Save it without them, or as a PDF"
        if part.filename.endswith(".rels") and any(map(_fetches, _RELATION.findall(text))):
            return "The file fetches parts of itself from elsewhere. Save it as a PDF and upload that"
    return ""


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """In small bites: read whole, a part whose stated size is a lie would fill the memory before its checksum fails."""
    with archive.open(part) as unpacked:
        return b"".join(iter(lambda: unpacked.read(65_536), b""))


def _fetches(relation: bytes) -> bool:
    return b'"External"' in relation and bool(_FETCHED.search(relation))
