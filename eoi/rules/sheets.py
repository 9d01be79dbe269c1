"""Small tables that officers upload as CSV: read forgivingly, refuse clearly, keep the line numbers of the file."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from time import strptime
from typing import Generic, Protocol, TypeVar

from eoi.rules.errors import BadFile
from eoi.rules.parsing import clean

DATE_SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y")
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was left out, with the number it has in the file and what to mend."""

    line: int
    message: str


class Keyed(Protocol):
    """Anything that replaces the row with the same key."""

    @property
    def key(self) -> tuple[int | str, ...]: ...


Row = TypeVar("Row", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Preview(Generic[Row]):
    """What an upload would do. `changed` holds pairs: the row that stands, the row that replaces it."""

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    unchanged: list[Row] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def changes(self) -> int:
        return len(self.added) + len(self.changed)

    def wanted(self) -> list[Row]:
        """The rows to write: those that are new and those that replace others."""
        return self.added + [new for _, new in self.changed]

    def digest(self) -> str:
        """A name for exactly these changes, so that what is applied is what was seen."""
        return sha256(repr((self.added, self.changed, self.rejected)).encode()).hexdigest()


def text_of(content: bytes) -> str:
    """The text of an uploaded file: UTF-8 with or without its mark, or what Excel on Windows writes (cp1252).

    Raises BadFile for anything that is not text.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:2] == b"PK" or b"\0" in content:
        raise BadFile("The file is not a CSV or XLSX. In Excel, choose “Save as”, then “CSV UTF-8”.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise BadFile("The file's letters cannot be read. Save it as “CSV UTF-8” and try again.") from None


def rows_of(text: str, headings: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line that holds something: its number in the file, and its values by heading, stripped.

    Headings may come in any order and case; commas, semicolons and tabs all separate. Raises BadFile where headings
    are missing or repeated, a quote is never closed, or there are more than 50,000 lines.
    """
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter, strict=True)
    skipped = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        places = _places(next(reader, []), headings)
        for count, cells in enumerate(reader):
            if count >= MOST_ROWS:
                raise BadFile(f"The file has more than {MOST_ROWS:,} lines. Split it and upload each part.")
            if any(cell.strip() for cell in cells):
                yield (
                    reader.line_num + skipped,
                    {name: clean(cells[at]) if at < len(cells) else "" for name, at in places.items()},
                )
    except csv.Error as error:
        raise BadFile(f"Line {reader.line_num + skipped} cannot be read: {error}.") from error


def _places(header: list[str], headings: Sequence[str]) -> dict[str, int]:
    found = [" ".join(cell.split()).lower() for cell in header]
    repeated = [name for name in headings if found.count(name.lower()) > 1]
    if repeated:
        raise BadFile(f"The first line names a column twice: {', '.join(repeated)}.")
    missing = [name for name in headings if name.lower() not in found]
    if missing:
        raise BadFile(f"The first line must name these columns, and does not: {', '.join(missing)}.")
    return {name: found.index(name.lower()) for name in headings}


def preview(read: Iterable[tuple[int, Row | str]], standing: Mapping[tuple[int | str, ...], Row]) -> Preview[Row]:
    """Compare what was read with what stands, key by key. A key given twice is rejected the second time."""
    result: Preview[Row] = Preview()
    first_seen: dict[tuple[int | str, ...], int] = {}
    for number, row in read:
        if isinstance(row, str):
            result.rejected.append(Rejected(number, row))
        elif row.key in first_seen:
            result.rejected.append(Rejected(number, f"This repeats line {first_seen[row.key]}"))
        else:
            first_seen[row.key] = number
            _place(result, row, standing.get(row.key))
    return result


def _place(result: Preview[Row], row: Row, stands: Row | None) -> None:
    if stands is None:
        result.added.append(row)
    elif stands == row:
        result.unchanged.append(row)
    else:
        result.changed.append((stands, row))


def day(typed: str) -> date | None:
    """The date of 2026-03-31, 31/03/2026, 31-03-2026 or 31 March 2026; None for anything else."""
    for shape in DATE_SHAPES:
        try:
            return dated(typed, shape)
        except ValueError:
            continue
    return None


def dated(typed: str, shape: str) -> date:
    """The date that `typed` gives in one shape of `strptime`. Raises ValueError."""
    parsed = strptime(typed, shape)
    return date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday)


def yes(typed: str) -> bool | None:
    """Whether it says yes; None where it says neither yes nor no."""
    return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(typed.lower())


def whole(typed: str) -> int | None:
    """A whole number of plain digits, with or without thousands commas and a minus; None for anything else."""
    bare = typed.replace(",", "").removeprefix("-")
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 12:
        return None
    return -int(bare) if typed.startswith("-") else int(bare)


def either(things: list[str]) -> str:
    return " or ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)
