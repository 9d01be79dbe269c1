"""What a school's own answers come to, beside what the council knows. Information for school and officers: no block.

Every fact names where its figures come from. How much area a place needs is for BB104 (`BULLETIN`) and the council's
surveyor to say: the range is the round's, and where the round has none, none is invented here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from eoi.rules.facts import AreaRange, SchoolFacts
from eoi.rules.words import count_of, listed, long_date, money

BULLETIN = "Building Bulletin 104, edition of 11 February 2026"
NEAR = 10_000  # metres: other provision that families may choose instead
NAMED = 3  # of the nearest
#: The most that each band of building work comes to, in pence (question `capital_band`).
BAND_TOPS = {"under_50k": 50_000_00, "under_250k": 250_000_00, "under_1m": 1_000_000_00}
SECTIONS = frozenset({"offer", "rooms", "cost", "growth"})  # of the form, that have facts
YEARS_TO_FILL = 4  # question `build_up`: places in each of the first four years


@dataclass(frozen=True, slots=True)
class Sought:
    """Places sought in the school's district for this need and phase, as a need line has them."""

    district: str
    places: int
    year: str
    source: str
    as_at: date
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Nearby:
    """A special school or one with resourced provision, and how far away it is in metres, as the crow flies."""

    name: str
    distance: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing worth knowing: which section of the form it is about, what it says, and its source."""

    section: str
    title: str
    text: str
    source: str


def facts(
    answers: Mapping[str, Any],
    school: SchoolFacts,
    sought: Sequence[Sought],
    near: Sequence[Nearby],
    area: AreaRange | None = None,
) -> list[Fact]:
    """All that can be said now, in the order of the form. Answers that are missing leave their facts out."""
    places = answers.get("places") if isinstance(answers.get("places"), int) else None
    found = [
        _room_in_school(places, school),
        _need(places, sought),
        _other_provision(near, school),
        _area(places, answers.get("rooms"), area),
        _capital(places, answers.get("capital_band")),
        _full_by(answers.get("opening"), answers.get("build_up")),
    ]
    return [fact for fact in found if fact]


def _room_in_school(places: int | None, school: SchoolFacts) -> Fact | None:
    if school.capacity is None or school.roll is None:
        return None
    free = school.capacity - school.roll
    text = f"The school has {school.roll:,g} pupils on roll and room for {school.capacity:,}: "
    text += f"{free:,g} places free" if free >= 0 else f"{-free:,g} more than its capacity"
    if places and places > free:
        text += f". {count_of(places, 'place')} are more than that: think of the rooms that pupils use now"
    since = f", as at {long_date(school.as_at)}" if school.as_at else ""
    return Fact("offer", "Room in the school", text + ".", f"The register of schools{since}")


def _need(places: int | None, sought: Sequence[Sought]) -> Fact | None:
    if not sought:
        return None
    line = sought[0]
    text = f"{count_of(line.places, 'place')} sought in {line.district} from {line.year}"
    if places:
        text += f". The offer is {places}" + (": more than are sought" if places > line.places else "")
    source = f"{line.source}, as at {long_date(line.as_at)}" + (". Illustrative figure" if line.illustrative else "")
    return Fact("offer", "Need in the district", text + ".", source)


def _other_provision(near: Sequence[Nearby], school: SchoolFacts) -> Fact | None:
    if not near:
        return None
    closest = sorted(near, key=lambda one: one.distance)
    names = [f"{one.name} ({one.distance / 1000:.1f} km)" for one in closest[:NAMED]]
    more = f", and {len(closest) - NAMED} more" if len(closest) > NAMED else ""
    schools = "special school or school" if len(closest) == 1 else "special schools or schools"
    text = f"{len(closest)} {schools} with resourced provision within 10 km: "
    text += f"{listed(names)}{more}."
    since = f", as at {long_date(school.as_at)}" if school.as_at else ""
    return Fact("offer", "Other provision nearby", text, f"The register of schools{since}")


def _area(places: int | None, rooms: Any, planned: AreaRange | None) -> Fact | None:
    """The rooms' area for each place, against the range that the round plans with."""
    named = [room.get("area") for room in rooms or () if isinstance(room, Mapping)]
    areas = [area for area in named if isinstance(area, int | float)]
    if not places or not areas:
        return None
    each = sum(areas) / places
    text = f"{count_of(len(areas), 'room')}, {sum(areas):,g} m² together: {each:.1f} m² for each of {places}."
    if planned is None:
        to_come = f"The answers. A range is to be confirmed by the council, from {BULLETIN}"
        return Fact("rooms", "Area", f"{text} The council has not set a range for this round.", to_come)
    where = "below" if each < planned.low else "above" if each > planned.high else "within"
    text += f" That is {where} the range that the council plans with: {planned.low:g} to {planned.high:g} m² a place."
    return Fact("rooms", "Area", text, f"The answers. Range: {planned.source}. See also {BULLETIN}")


def _capital(places: int | None, band: Any) -> Fact | None:
    if not places or band not in BAND_TOPS:
        return None
    text = f"Up to {money(BAND_TOPS[band] // places)} of building work a place."
    return Fact("cost", "Building work a place", text, "The answers")


def _full_by(opening: Any, build_up: Any) -> Fact | None:
    """The school year in which the last step of the build-up is reached."""
    if not isinstance(opening, str) or not isinstance(build_up, Mapping):
        return None
    first = date.fromisoformat(opening)
    years = [build_up.get(f"year_{number}") for number in range(1, YEARS_TO_FILL + 1)]
    steps = [step for step in years if isinstance(step, int)]
    if len(steps) < YEARS_TO_FILL:
        return None
    full = f"{first:%B} {first.year + steps.index(steps[-1])}"
    text = f"Opening in {first:%B %Y}, all {count_of(steps[-1], 'place')} are there from {full}."
    return Fact("growth", "When it is full", text, "The answers")
