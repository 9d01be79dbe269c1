"""Reading a register extract line by line: 62 MB and more, never held in memory.

The DfE writes cp1252; people save it again as UTF-8, with or without its mark. A file that was cut short, or that is
in another encoding, is refused before its first line is used.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from eoi.rules.errors import BadFile

CHUNK = 1 << 20
# Bytes that cp1252 leaves undefined, and "Ã", "Â" before a sign: UTF-8 taken for cp1252.
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
DOUBLE = re.compile(rb"[\xc2\xc3][\x80-\xbf]")

Progress = Callable[[int], None]


class Extract:
    """One file: its header, then its lines. `read` says how many of its `size` bytes have been used."""

    def __init__(self, path: Path) -> None:
        """Check the whole file once. Raises BadFile: not there, not text, another encoding, cut short, no header."""
        if not path.is_file():
            raise BadFile(f"There is no file {path}.")
        self.path = path
        self.size = path.stat().st_size
        self.encoding = _encoding(path)
        self.header = next((cells for _, cells in self._lines(None)), [])

    def lines(self, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
        """Each line after the header with its number; `progress` is told how many more bytes were read.

        A line may have too many or too few values: that is the caller's to reject. Raises BadFile where a quote is
        never closed or the last line has too few values.
        """
        body = self._lines(progress)
        next(body, None)
        for number, cells in body:
            self._last = (number, len(cells))
            yield number, cells
        number, width = getattr(self, "_last", (0, len(self.header)))
        if width < len(self.header):
            raise BadFile(f"Line {number}, the last, is cut short: it has {width} values of {len(self.header)}.")

    def _lines(self, progress: Progress | None) -> Iterator[tuple[int, list[str]]]:
        with self.path.open("rb") as raw:
            reader = csv.reader(_decoded(raw, self.encoding, progress), strict=True)
            try:
                for cells in reader:
                    if cells:
                        yield reader.line_num, cells
            except csv.Error as error:
                raise BadFile(f"Line {reader.line_num} cannot be read: {error}. The file may be cut short.") from error


def _encoding(path: Path) -> str:
    """utf-8-sig or cp1252, by reading all of it. Raises BadFile."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, doubled, undefined, last = True, False, False, b""
    with path.open("rb") as raw:
        while chunk := raw.read(CHUNK):
            if (not last and chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"PK")) or b"\0" in chunk:
                raise BadFile("The file is not a CSV in cp1252 or UTF-8. Unpack it, or save it as CSV.")
            is_utf8 = is_utf8 and _decodes(utf8, chunk)
            doubled = doubled or bool(DOUBLE.search(chunk))
            undefined = undefined or bool(UNDEFINED.search(chunk))
            last = chunk[-1:]
    if not last:
        raise BadFile("The file is empty.")
    if last not in (b"\n", b"\r"):
        raise BadFile("The last line does not end: the file was cut short. Download it again.")
    if is_utf8 and _decodes(utf8, b"", final=True):
        return "utf-8-sig"
    if doubled or undefined:
        raise BadFile("The file is in the wrong encoding: it is neither all UTF-8 nor all cp1252.")
    return "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(raw: BinaryIO, encoding: str, progress: Progress | None) -> Iterator[str]:
    """The file's lines as text, telling `progress` about every megabyte or so."""
    behind = 0
    for line in codecs.getreader(encoding)(raw):
        behind += len(line)
        if progress and behind >= CHUNK // 4:
            progress(behind)
            behind = 0
        yield line
    if progress:
        progress(behind)
