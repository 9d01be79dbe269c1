"""Need lines: places the council looks for. What a line of the CSV must say, and what it becomes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from eoi.rules.sheets import day, either, rows_of, whole, yes
from eoi.rules.words import LABELS, Need, Path, Phase

HEADINGS = ("Year", "District", "Need", "Phase", "Path", "Places sought", "Source", "As at", "Illustrative")
MOST = 2_000  # places in one line


@dataclass(frozen=True, slots=True)
class Line:
    """Places sought in one district, for one school year, need, phase and path."""

    year: int
    district_code: str
    district_name: str
    need: Need
    phase: Phase
    path: Path
    places: int
    source: str
    as_at: date
    illustrative: bool

    @property
    def key(self) -> tuple[int, str, str, str, str]:
        return (self.year, self.district_code, self.need.value, self.phase.value, self.path.value)


def read_lines(text: str, districts: Mapping[str, str]) -> list[tuple[int, Line | str]]:
    """Every line of a need CSV with its number: the need line, or what is wrong with it. `districts`: code to name.

    Raises BadFile where the file as a whole cannot be used.
    """
    return [(number, _line(cells, districts)) for number, cells in rows_of(text, HEADINGS)]


def _line(cells: Mapping[str, str], districts: Mapping[str, str]) -> Line | str:
    year, district = first_year(cells["Year"]), _district(cells["District"], districts)
    need, phase, path = member(Need, cells["Need"]), member(Phase, cells["Phase"]), member(Path, cells["Path"])
    places, known = whole(cells["Places sought"]), provenance(cells)
    if year is None:
        return f"Year must be a school year such as 2027 or 2027-28, not “{cells['Year']}”"
    if district is None:
        return f"District “{cells['District']}” is not one of the council's: {', '.join(sorted(districts.values()))}"
    if need is None:
        return f"Need must be {_choices(Need)}, not “{cells['Need']}”"
    if phase is None:
        return f"Phase must be {_choices(Phase)}, not “{cells['Phase']}”"
    if path is None:
        return f"Path must be {_choices(Path)}, not “{cells['Path']}”"
    if refused := places_refusal(places, cells["Places sought"]):
        return refused
    if isinstance(known, str):
        return known
    return Line(year, district, districts[district], need, phase, path, places or 0, *known)


def places_refusal(places: int | None, typed: str = "") -> str:
    """Why so many places cannot be sought; "" where they can."""
    if places is not None and places < 0:
        return f"Places sought cannot be negative, as {places} is. Where there are places enough, enter 0"
    if places is None or places > MOST:
        return f"Places sought must be a whole number from 0 to {MOST:,}, not “{typed}”"
    return ""


def provenance(cells: Mapping[str, str]) -> tuple[str, date, bool] | str:
    """The source, the day it was true and whether it is illustrative, or what is wrong with them."""
    as_at, illustrative = day(cells["As at"]), yes(cells["Illustrative"])
    if not cells["Source"]:
        return "Source is empty: say where the figure comes from"
    if len(cells["Source"]) > 200:
        return "Source must be 200 characters or fewer"
    if as_at is None:
        return f"As at must be a date such as 31/03/2026, not “{cells['As at']}”"
    if illustrative is None:
        return f"Illustrative must be yes or no, not “{cells['Illustrative']}”"
    return cells["Source"], as_at, illustrative


def first_year(typed: str) -> int | None:
    """The first calendar year of 2027, 2027-28, 2027/28 or 2027 to 2028; None for anything else."""
    match = re.fullmatch(r"(20\d\d)(?:\s*(?:-|–|/|to)\s*(?:20)?(\d\d))?", typed)
    if not match or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
        return None
    return int(match[1])


def _district(typed: str, districts: Mapping[str, str]) -> str | None:
    if typed.upper() in districts:
        return typed.upper()
    return next((code for code, name in districts.items() if _same(name, typed)), None)


def _same(one: str, other: str) -> bool:
    return one.lower().replace("&", "and").split() == other.lower().replace("&", "and").split()


Member = TypeVar("Member", bound=StrEnum)


def member(members: type[Member], typed: str) -> Member | None:
    """The member of a closed set that is meant, by its code or its label; None for anything else."""
    return next((m for m in members if typed.lower() in (m.value, LABELS[m].lower())), None)


def _choices(members: type[StrEnum]) -> str:
    return either([LABELS[m] for m in members])


def school_year(year: int) -> str:
    """2027 to 2028: the school year that begins in September of this year."""
    return f"{year} to {year + 1}"
