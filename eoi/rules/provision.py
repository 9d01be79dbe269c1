"""Provision at schools: what it is for, what a line of a table of provision must say, how an entry changes in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from eoi.rules.need import member
from eoi.rules.sheets import day, either, rows_of, whole, yes
from eoi.rules.words import LABELS, Designation, Path, Phase, State, long_date

HEADINGS = (
    "URN", "Path", "Need", "Phase", "Places", "Special school URN", "State", "Source", "As at", "Note", "Illustrative",
)  # fmt: skip
#: The columns of the list that ships with the product, as published sources gave it.
KNOWN = (
    "kind", "host_URN", "need", "phase", "places_or_capacity", "special_school_URN", "as_at", "status", "source",
)  # fmt: skip
MOST_PLACES = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A provision as a table has it. `partner_urn` is the special school of a satellite."""

    urn: int
    path: Path
    need: Designation
    phase: Phase
    places: int | None
    partner_urn: int | None
    state: State
    source: str
    as_at: date | None
    note: str
    illustrative: bool

    @property
    def key(self) -> tuple[int, str, str, str]:
        return (self.urn, self.path.value, self.need.value, self.phase.value)


def read_rows(text: str, schools: Mapping[int, str]) -> list[tuple[int, Row | str]]:
    """Every line of a CSV of provision with its number: the provision, or what is wrong. `schools`: URN to name.

    Takes the columns of the template, and those of the list that ships with the product. Raises BadFile.
    """
    first = text.lstrip("\ufeff").lstrip().partition("\n")[0].lower()
    if "host_urn" in first:
        return [(number, _known(cells, schools)) for number, cells in rows_of(text, KNOWN)]
    return [(number, _row(cells, schools)) for number, cells in rows_of(text, HEADINGS)]


def _row(cells: Mapping[str, str], schools: Mapping[int, str]) -> Row | str:
    urn, partner = whole(cells["URN"]), whole(cells["Special school URN"])
    path, need, phase = (member(kind, cells[name]) for kind, name in _CLOSED)
    places, state = whole(cells["Places"]), member(State, cells["State"])
    as_at, illustrative = day(cells["As at"]), yes(cells["Illustrative"])
    if urn is None or urn not in schools:
        return f"URN “{cells['URN']}” is not one of the council's schools in the register"
    if cells["Special school URN"] and partner not in schools:
        return f"Special school URN “{cells['Special school URN']}” is not in the register"
    for found, (kind, name) in zip((path, need, phase, state), (*_CLOSED, (State, "State")), strict=True):
        if found is None:
            return f"{name} must be {either([LABELS[one] for one in kind])}, not “{cells[name]}”"
    if cells["Places"] and (places is None or not 1 <= places <= MOST_PLACES):
        return f"Places must be a whole number from 1 to {MOST_PLACES}, or empty, not “{cells['Places']}”"
    if not cells["Source"] or len(cells["Source"]) > 300:
        return "Source must say where this is known from, in 300 characters or fewer"
    if cells["As at"] and as_at is None:
        return f"As at must be a date such as 31/03/2026, or empty, not “{cells['As at']}”"
    if len(cells["Note"]) > 300:
        return "Note must be 300 characters or fewer"
    if illustrative is None:
        return f"Illustrative must be yes or no, not “{cells['Illustrative']}”"
    return Row(urn, path, need, phase, places, partner, state, cells["Source"], as_at, cells["Note"], illustrative)  # type: ignore[arg-type]


_CLOSED: tuple[tuple[Any, str], ...] = ((Path, "Path"), (Designation, "Need"), (Phase, "Phase"))


def _known(cells: Mapping[str, str], schools: Mapping[int, str]) -> Row | str:
    """A line of the shipped list. What is not a plain number of places is kept in the note, never guessed."""
    urn, partner = whole(cells["host_URN"]), whole(cells["special_school_URN"])
    if urn is None or urn not in schools:
        return f"URN “{cells['host_URN']}” is not one of the council's schools in the register"
    places = whole(cells["places_or_capacity"])
    told = [cells["status"], "" if places else cells["places_or_capacity"]]
    return Row(
        urn,
        Path.SATELLITE if cells["kind"].lower() == "satellite" else Path.SRP,
        _designation(cells["need"]),
        Phase.SECONDARY if cells["phase"].lower() == "secondary" else Phase.PRIMARY,
        places,
        partner if partner in schools else None,
        _state(cells["status"]),
        cells["source"][:300],
        _about_when(cells["as_at"]),
        "; ".join(one for one in told if one and one != "existing")[:300],
        False,
    )


def _designation(typed: str) -> Designation:
    """The last need that is named: "SEMH then ASD" has become autism, "Nursery/PSCN" is for complex needs."""
    codes = {one.value for one in Designation}
    named = [one for one in re.findall(r"[a-z]+", typed.lower()) if one in codes]
    return Designation(named[0] if "/" in typed and named else named[-1] if named else "oth")


def _state(status: str) -> State:
    for start, state in (("existing", State.EXISTING), ("approved", State.AGREED)):
        if status.lower().startswith(start):
            return state
    return State.PLANNED


def _about_when(typed: str) -> date | None:
    """The first day of 2019-09 or of 2020; None for "undated"."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?", typed)
    return date(int(found[1]), int(found[2] or 1), 1) if found else None


#: What an entry says, and how a family reads it.
TOLD = {
    "need": "Need", "phase": "Phase", "places": "Places", "low_age": "From age", "high_age": "To age",
    "partner": "Special school", "opened_on": "Opening date", "about": "About the provision", "state": "State",
    "published": "In the Local Offer",
}  # fmt: skip


def in_words(name: str, value: object) -> str:
    """A value of an entry as it is read."""
    if value is None or value == "":
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_date(value)
    return LABELS[value] if isinstance(value, StrEnum) else str(value)


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """What differs, one sentence a fact, in the order of `TOLD`: "Places: 12, before 8." No long text."""
    said = []
    for name, title in TOLD.items():
        old, new = before.get(name), after.get(name)
        if old == new or (not old and not new):
            continue
        if name == "about":
            said.append(f"{title}: new text.")
        else:
            said.append(f"{title}: {in_words(name, new)}, before {in_words(name, old)}.")
    return " ".join(said)
