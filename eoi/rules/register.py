"""The register of schools: which columns of an extract are read, what a line must say, what it would change.

Takes the DfE's full extract (GIAS, `edubasealldataYYYYMMDD.csv`, 140 columns) and the Kent sample that ships with the
service, whose own columns begin with `x_`. The Ofsted grade is not read.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from sys import intern

from eoi.rules.errors import BadFile
from eoi.rules.grid import latitude_longitude
from eoi.rules.sheets import Rejected, dated

OPEN_STATUSES = ("Open", "Open, but proposed to close")
STATUSES = (*OPEN_STATUSES, "Closed", "Proposed to open")
MAINSTREAM_GROUPS = ("Local authority maintained schools", "Academies", "Free Schools")
MAINSTREAM_PHASES = ("Primary", "Secondary", "All-through", "Middle deemed primary", "Middle deemed secondary")
NOTHING = ("Not applicable", "Not recorded", "Unknown", "Does not apply")

Value = str | int | float | date | None
Row = tuple[Value, ...]


class Wrong(ValueError):
    """A value that the register cannot hold, and why."""


@dataclass(frozen=True, slots=True)
class Column:
    """One value of a school: its name here, its heading in the extract, and how its text is read."""

    name: str
    heading: str
    read: Callable[[str], Value]
    sample: bool = True  # also in the Kent sample


def text(limit: int, *, required: bool = False, blanks: tuple[str, ...] = ()) -> Callable[[str], Value]:
    """Reads text on one line; any of `blanks` means that nothing is known."""

    def read(cell: str) -> Value:
        words = " ".join(cell.split())
        if len(words) > limit:
            raise Wrong(f"is longer than {limit} characters")
        if required and not words:
            raise Wrong("is empty")
        return "" if words in blanks else intern(words)

    return read


def whole(low: int, high: int) -> Callable[[str], Value]:
    """Reads a whole number within bounds; the register's 0 and an empty cell mean that nothing is known."""

    def read(cell: str) -> Value:
        number = _number(cell)
        if number is None:
            return None
        if number != int(number) or not low <= number <= high:
            raise Wrong(f"must be a whole number from {low:,} to {high:,}, not “{cell}”")
        return int(number)

    return read


def _number(cell: str) -> float | None:
    if not re.fullmatch(r"\d{0,9}(\.\d{1,4})?", cell.strip()):
        raise Wrong(f"must be a number, not “{cell}”")
    return float(cell) if cell.strip() and float(cell) else None


def decimal(cell: str) -> Value:
    """Reads the roll: full-time equivalent, may hold halves."""
    number = _number(cell)
    if number is not None and number > 20_000:
        raise Wrong(f"must be 20,000 or less, not “{cell}”")
    return number


def degrees(cell: str) -> Value:
    """Reads a latitude or a longitude."""
    try:
        return float(cell) if cell.strip() else None
    except ValueError:
        raise Wrong(f"must be degrees, not “{cell}”") from None


def day(cell: str) -> Value:
    """Reads dd-mm-yyyy."""
    if not cell.strip():
        return None
    try:
        return dated(cell.strip(), "%d-%m-%Y")
    except ValueError:
        raise Wrong(f"must be a date dd-mm-yyyy, not “{cell}”") from None


def urn(cell: str) -> Value:
    """Reads the unique reference number, five to seven digits."""
    if not re.fullmatch(r"[1-9][0-9]{4,6}", cell.strip()):
        raise Wrong(f"must be a number of six digits, not “{cell}”")
    return int(cell)


def status(cell: str) -> Value:
    """Reads one of the register's four statuses."""
    if cell.strip() not in STATUSES:
        raise Wrong(f"must be {', '.join(STATUSES[:-1])} or {STATUSES[-1]}, not “{cell}”")
    return intern(cell.strip())


def postcode(cell: str) -> Value:
    """Reads a postcode into capitals with one space."""
    bare = "".join(cell.split()).upper()
    if len(bare) > 8:
        raise Wrong(f"must be a postcode, not “{cell}”")
    return f"{bare[:-3]} {bare[-3:]}" if len(bare) > 4 else bare


def website(cell: str) -> Value:
    """Reads an address for a link: always http or https, or nothing."""
    bare = "".join(cell.split())
    if bare and not re.match(r"https?://", bare, re.IGNORECASE):
        bare = "" if ":" in bare.split("/")[0] else f"http://{bare}"
    return bare if len(bare) <= 300 and "." in bare else ""


def companies_number(cell: str) -> Value:
    """Reads a Companies House number: eight characters, or nothing."""
    return cell.strip().upper() if re.fullmatch(r"[A-Za-z0-9]{8}", cell.strip()) else ""


COLUMNS = (
    Column("urn", "URN", urn),
    Column("name", "EstablishmentName", text(200, required=True)),
    Column("la_code", "LA (code)", text(3, required=True)),
    Column("la_name", "LA (name)", text(100)),
    Column("establishment_number", "EstablishmentNumber", text(4)),
    Column("type_name", "TypeOfEstablishment (name)", text(100)),
    Column("type_group", "EstablishmentTypeGroup (name)", text(100)),
    Column("status", "EstablishmentStatus (name)", status),
    Column("phase", "PhaseOfEducation (name)", text(40)),
    Column("low_age", "StatutoryLowAge", whole(0, 99)),
    Column("high_age", "StatutoryHighAge", whole(0, 99)),
    Column("gender", "Gender (name)", text(20)),
    Column("religious_character", "ReligiousCharacter (name)", text(100)),
    Column("diocese", "Diocese (name)", text(100, blanks=NOTHING), sample=False),
    Column("admissions_policy", "AdmissionsPolicy (name)", text(40, blanks=NOTHING)),
    Column("capacity", "SchoolCapacity", whole(0, 20_000)),
    Column("roll", "NumberOfPupils", decimal),
    Column("street", "Street", text(200)),
    Column("locality", "Locality", text(200)),
    Column("address3", "Address3", text(200)),
    Column("town", "Town", text(100)),
    Column("county", "County (name)", text(100, blanks=NOTHING)),
    Column("postcode", "Postcode", postcode),
    Column("website", "SchoolWebsite", website),
    Column("telephone", "TelephoneNum", text(30)),
    Column("district_code", "DistrictAdministrative (code)", text(9)),
    Column("district_name", "DistrictAdministrative (name)", text(100)),
    Column("easting", "Easting", whole(0, 700_000)),
    Column("northing", "Northing", whole(0, 1_300_000)),
    Column("trust_name", "Trusts (name)", text(200), sample=False),
    Column("trust_companies_number", "CHNumber", companies_number, sample=False),
    Column("head_title", "HeadPreferredJobTitle", text(100, blanks=NOTHING), sample=False),
    Column("open_date", "OpenDate", day, sample=False),
    Column("close_date", "CloseDate", day, sample=False),
    Column("provision_type", "TypeOfResourcedProvision (name)", text(100, blanks=NOTHING), sample=False),
    Column("resourced_roll", "ResourcedProvisionOnRoll", whole(0, 2_000), sample=False),
    Column("resourced_capacity", "ResourcedProvisionCapacity", whole(0, 2_000), sample=False),
    Column("sen_unit_roll", "SenUnitOnRoll", whole(0, 2_000), sample=False),
    Column("sen_unit_capacity", "SenUnitCapacity", whole(0, 2_000), sample=False),
)
HEAD = ("HeadTitle (name)", "HeadFirstName", "HeadLastName")  # one name here, three headings in the full extract
DEGREES = ("x_Latitude", "x_Longitude")  # of the sample; the full extract gives the grid reference only
NAMES = (*(column.name for column in COLUMNS), "head_name", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands in the lines of one file."""

    width: int
    is_sample: bool
    places: tuple[tuple[Column, int], ...]
    head: tuple[int, ...]
    degrees: tuple[int, ...]
    la_code: int
    urn: int

    def of_council(self, cells: Sequence[str], la_code: str) -> bool:
        return cells[self.la_code].strip() == la_code


def layout(header: Sequence[str]) -> Layout:
    """Find the columns in the first line. Raises BadFile where one is missing or named twice."""
    is_sample = "x_sources" in header
    columns = tuple(c for c in COLUMNS if c.sample or not is_sample)
    wanted = [c.heading for c in columns] + list(DEGREES if is_sample else HEAD)
    missing = [heading for heading in wanted if heading not in header]
    if missing:
        raise BadFile(f"The file lacks {len(missing)} of the columns that are read: {', '.join(missing)}.")
    repeated = [heading for heading in wanted if header.count(heading) > 1]
    if repeated:
        raise BadFile(f"The file names a column twice: {', '.join(repeated)}.")
    return Layout(
        width=len(header),
        is_sample=is_sample,
        places=tuple((c, header.index(c.heading)) for c in columns),
        head=() if is_sample else tuple(header.index(h) for h in HEAD),
        degrees=tuple(header.index(h) for h in DEGREES) if is_sample else (),
        la_code=header.index("LA (code)"),
        urn=header.index("URN"),
    )


def parse(cells: Sequence[str], of: Layout) -> Row:
    """The values of one line, in the order of NAMES; None or "" where the file does not hold them.

    Raises Wrong with the first thing that is wrong, by its heading.
    """
    values: dict[str, Value] = {}
    for column, at in of.places:
        try:
            values[column.name] = column.read(cells[at])
        except Wrong as wrong:
            raise Wrong(f"{column.heading} {wrong}") from None
    head = [" ".join(cells[at].split()) for at in of.head]
    values["head_name"] = " ".join(part for part in head if part and part not in NOTHING)[:200]
    values["latitude"], values["longitude"] = _position(cells, of, values)
    return tuple(values.get(name, "" if name in _TEXTS else None) for name in NAMES)


def _position(cells: Sequence[str], of: Layout, values: Mapping[str, Value]) -> tuple[Value, Value]:
    if of.degrees:
        return degrees(cells[of.degrees[0]]), degrees(cells[of.degrees[1]])
    easting, northing = values["easting"], values["northing"]
    if isinstance(easting, int) and isinstance(northing, int):
        return latitude_longitude(easting, northing)
    return None, None


_TEXTS = frozenset(("diocese", "trust_name", "trust_companies_number", "head_title", "provision_type"))


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs: its heading in the extract, what stood and what replaces it."""

    heading: str
    old: Value
    new: Value

    def __str__(self) -> str:
        return f"{self.heading}: {_said(self.old)} → {_said(self.new)}"


def _said(value: Value) -> str:
    return "(empty)" if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)


_HEADINGS = {c.name: c.heading for c in COLUMNS}
_HEADINGS |= {"head_name": "Head", "latitude": "Latitude", "longitude": "Longitude"}


def differences(old: Mapping[str, Value], new: Mapping[str, Value]) -> tuple[Change, ...]:
    """Value by value, in the order of NAMES, what a line would change."""
    return tuple(Change(_HEADINGS[n], old[n], new[n]) for n in NAMES if old[n] != new[n])


@dataclass(slots=True)
class Report:
    """What an import did, school by school: (URN, name) pairs, changes value by value, and the lines left out."""

    read: int = 0  # lines of the file
    council: int = 0  # of them the council's
    added: list[tuple[int, str]] = field(default_factory=list)
    changed: list[tuple[int, str, tuple[Change, ...]]] = field(default_factory=list)
    unchanged: int = 0
    closed: list[tuple[int, str]] = field(default_factory=list)  # kept, because something refers to it
    removed: list[tuple[int, str]] = field(default_factory=list)  # closed, and nothing refers to it
    rejected: list[Rejected] = field(default_factory=list)
    absence_known: bool = True  # False: a rejected line hides its URN, so no school was taken to be gone

    def summary(self) -> str:
        """One line for the audit and the terminal."""
        return (
            f"{self.council:,} lines: {len(self.added):,} added, {len(self.changed):,} changed, "
            f"{self.unchanged:,} unchanged, {len(self.closed) + len(self.removed):,} closed, "
            f"{len(self.rejected):,} rejected"
        )
