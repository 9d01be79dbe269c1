"""An entry of the Local Offer as families and machines read it: words, GeoJSON, and Open Referral UK 3.0.

Nothing of it names a person: families reach the school and the council's team.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eoi.rules.words import Designation, Path, Phase, label

COLUMNS = (
    "Reference", "School", "URN", "Need", "Phase", "Path", "Special school", "Places", "From age", "To age", "District",
    "Address", "Postcode", "Opening date", "Website", "Telephone", "Latitude", "Longitude", "Changed", "Page", "Note",
)  # fmt: skip
ACCESS = (
    "Places are named in a child’s EHC plan. You cannot apply to the school directly.",
    "If your child has an EHC plan, tell your EHC plan coordinator that you are interested, at any time or at the "
    "annual review. The council asks the school whether it can meet your child’s needs.",
    "If your child has no EHC plan, speak to the school’s SENCO. You can also ask the council for an EHC needs "
    "assessment yourself.",
)
EARTH = 6371.0  # kilometres


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision that families may ask for. `opened_on` None: open, and no day is known."""

    public_id: str
    school: str
    urn: int
    need: Designation
    phase: Phase
    path: Path
    partner: str
    places: int | None
    low_age: int | None
    high_age: int | None
    district: str
    address: tuple[str, ...]  # lines, the postcode last
    town: str
    postcode: str
    website: str
    telephone: str
    latitude: float | None
    longitude: float | None
    opened_on: date | None
    about: str
    source: str
    as_at: date | None
    illustrative: bool
    changed_at: datetime

    @property
    def ages(self) -> str:
        """4 to 11."""
        if self.low_age is None or self.high_age is None:
            return "not known"
        return f"{self.low_age} to {self.high_age}"

    @property
    def title(self) -> str:
        return f"{label(self.need)} at {self.school}"

    @property
    def description(self) -> str:
        """In two or three sentences, for a machine that shows one text."""
        of = f" of {self.partner}" if self.partner else ""
        what = "A satellite" + of if self.path is Path.SATELLITE else "A resourced provision"
        said = f"{what} at {self.school} for {label(self.need).lower()}, {label(self.phase).lower()}."
        return " ".join(part for part in (said, self.about, ACCESS[0]) if part)

    @property
    def uuid(self) -> UUID:
        """Open Referral's identifier: the same for ever."""
        return uuid5(NAMESPACE_URL, f"provision:{self.public_id}")


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places (latitude, longitude) are from each other, as the crow flies."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    return 2 * EARTH * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


def nearest(entries: Sequence[Entry], place: tuple[float, float]) -> list[tuple[Entry, float | None]]:
    """The entries with their distance in kilometres, the nearest first; those without a place last."""
    measured = [
        (
            one,
            None if one.latitude is None or one.longitude is None else kilometres(place, (one.latitude, one.longitude)),
        )
        for one in entries
    ]
    return sorted(measured, key=lambda pair: (pair[1] is None, pair[1] or 0, pair[0].school))


def _away(one: Entry, place: tuple[float, float]) -> float | None:
    if one.latitude is None or one.longitude is None:
        return None
    return kilometres(place, (one.latitude, one.longitude))


def row(one: Entry, page: str) -> tuple[Any, ...]:
    """The cells of `COLUMNS`."""
    return (
        one.public_id, one.school, one.urn, label(one.need), label(one.phase), label(one.path), one.partner, one.places,
        one.low_age, one.high_age, one.district, ", ".join(one.address), one.postcode,
        one.opened_on.isoformat() if one.opened_on else None, one.website, one.telephone, one.latitude, one.longitude,
        one.changed_at.date().isoformat(), page, "Illustrative" if one.illustrative else "",
    )  # fmt: skip


def geojson(entries: Sequence[Entry], pages: Mapping[str, str]) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946). An entry whose place is not known has a geometry of null."""
    features = []
    for one in entries:
        known = one.latitude is not None and one.longitude is not None
        told = dict(zip(COLUMNS, row(one, pages[one.public_id]), strict=True))
        features.append(
            {
                "type": "Feature",
                "id": one.public_id,
                "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]} if known else None,
                "properties": {name.lower().replace(" ", "_"): value for name, value in told.items()},
            }
        )
    return {"type": "FeatureCollection", "features": features}


@dataclass(frozen=True, slots=True)
class Council:
    """Who publishes."""

    name: str
    email: str
    site: str

    @property
    def organization(self) -> dict[str, Any]:
        made = uuid5(NAMESPACE_URL, f"council:{self.name}")
        words = "Children’s services authority, which publishes the Local Offer"
        return {"id": str(made), "name": self.name, "description": words, "email": self.email, "website": self.site}


def service(one: Entry, council: Council, page: str, whole: bool = False) -> dict[str, Any]:
    """A service of Open Referral UK 3.0; `whole` with its place, area, contact and taxonomy."""
    body = council.organization
    found: dict[str, Any] = {
        "id": str(one.uuid),
        "organization_id": body["id"],
        "name": one.title,
        "description": one.description,
        "url": page,
        "email": council.email,
        "status": "active",
        "fees": "Free. Places are paid for by the council through the EHC plan.",
        "last_modified": one.changed_at.isoformat(timespec="seconds"),
        "organization": body,
    }
    if one.low_age is not None and one.high_age is not None:
        found |= {"minimum_age": one.low_age, "maximum_age": one.high_age}
    if one.illustrative:
        found["alert"] = "Illustrative: made for demonstration"
    return found | _details(one) if whole else found


def _details(one: Entry) -> dict[str, Any]:
    def made(what: str) -> str:
        return str(uuid5(one.uuid, what))

    place: dict[str, Any] = {"id": made("location"), "location_type": "physical", "name": one.school}
    if one.latitude is not None and one.longitude is not None:
        place |= {"latitude": one.latitude, "longitude": one.longitude}
    if one.address:
        street = {"address_1": one.address[0], "city": one.town, "state_province": "", "postal_code": one.postcode}
        place["addresses"] = [{"id": made("address"), **street, "country": "GB", "address_type": "physical"}]
    terms = [("need", label(one.need)), ("phase", label(one.phase)), ("path", label(one.path))]
    contact = {"id": made("contact"), "service_id": str(one.uuid), "name": one.school, "title": "School office"}
    at = {"id": made("at"), "service_id": str(one.uuid), "location_id": place["id"], "location": place}
    area = {"id": made("area"), "service_id": str(one.uuid), "name": one.district}
    return {
        "service_at_locations": [at],
        "service_areas": [area],
        "contacts": [contact],
        "attributes": [
            {
                "id": made(kind),
                "link_id": str(one.uuid),
                "taxonomy_term_id": str(uuid5(NAMESPACE_URL, f"{kind}:{words}")),
                "link_type": kind,
                "taxonomy_term": {
                    "id": str(uuid5(NAMESPACE_URL, f"{kind}:{words}")), "name": words,
                    "description": f"{kind.capitalize()} of a provision",
                },
            }
            for kind, words in terms
        ],
    }  # fmt: skip


def paged(contents: Sequence[dict[str, Any]], number: int, size: int) -> dict[str, Any]:
    """A page of the feed, as Open Referral UK wraps it."""
    pages = max(1, -(-len(contents) // size))
    shown = list(contents[(number - 1) * size : number * size])
    return {
        "total_items": len(contents), "total_pages": pages, "page_number": number, "size": len(shown),
        "first_page": number == 1, "last_page": number >= pages, "empty": not shown, "contents": shown,
    }  # fmt: skip
