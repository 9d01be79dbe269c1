"""Council figures: what a line of the council-data CSV must say, and what it becomes. A pupil count becomes a band."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eoi.rules.need import first_year, provenance
from eoi.rules.sheets import day, either, rows_of, whole
from eoi.rules.words import FEWER, LABELS, Need, long_date, money

HEADINGS = ("URN", "Kind", "Item", "Value", "Source", "As at", "Illustrative")


class Kind(StrEnum):
    """What the council holds about a school, so that the school is not asked (domain §7)."""

    EHC_PLANS = "ehc_plans"
    SEN_SUPPORT = "sen_support"
    ROLL = "roll"
    PAN = "pan"
    LAST_OFSTED = "last_ofsted"
    BUDGET = "budget"


KIND_LABELS = {
    Kind.EHC_PLANS: "Pupils with an EHC plan",
    Kind.SEN_SUPPORT: "Pupils on SEN support",
    Kind.ROLL: "Pupils on roll",
    Kind.PAN: "Published admission number",
    Kind.LAST_OFSTED: "Last Ofsted inspection",
    Kind.BUDGET: "Budget: surplus or deficit",
}
NEED_ITEMS = {need.value: LABELS[need] for need in Need} | {"other": "Other needs", "total": "All needs"}
YEAR_ITEMS = {"n": "Nursery", "r": "Reception"} | {str(n): f"Year {n}" for n in range(1, 14)}
BANDS = ("0", FEWER, "5 to 9", "10 or more")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure about one school, in the form it is stored in."""

    urn: int
    kind: Kind
    item: str
    value: str
    source: str
    as_at: date
    illustrative: bool

    @property
    def key(self) -> tuple[int, str, str]:
        return (self.urn, self.kind.value, self.item)


def read_figures(text: str, schools: Mapping[int, str]) -> list[tuple[int, Figure | str]]:
    """Every line of a council-data CSV with its number: the figure, or what is wrong with it. `schools`: URN to name.

    Raises BadFile where the file as a whole cannot be used.
    """
    return [(number, _figure(cells, schools)) for number, cells in rows_of(text, HEADINGS)]


def _figure(cells: Mapping[str, str], schools: Mapping[int, str]) -> Figure | str:
    urn, kind = whole(cells["URN"]), _kind(cells["Kind"])
    if urn is None or urn not in schools:
        return f"URN “{cells['URN']}” is not a school of the register"
    if kind is None:
        return f"Kind must be {either(list(KIND_LABELS))}, not “{cells['Kind']}”"
    item, value, known = _item(kind, cells["Item"]), _value(kind, cells["Value"]), provenance(cells)
    if item is None:
        return f"Item must be {either(_items(kind))} for “{KIND_LABELS[kind]}”, not “{cells['Item']}”"
    if value is None:
        return f"Value must be {_VALUES[kind]} for “{KIND_LABELS[kind]}”, not “{cells['Value']}”"
    if isinstance(known, str):
        return known
    return Figure(urn, kind, item, value, *known)


def _kind(typed: str) -> Kind | None:
    return next((k for k, label in KIND_LABELS.items() if typed.lower() in (k.value, label.lower())), None)


def _items(kind: Kind) -> list[str]:
    if kind in (Kind.EHC_PLANS, Kind.SEN_SUPPORT):
        return list(NEED_ITEMS)
    if kind in (Kind.ROLL, Kind.PAN):
        return [key.upper() for key in YEAR_ITEMS]
    return ["a financial year such as 2025-26"] if kind is Kind.BUDGET else ["left empty"]


def _item(kind: Kind, typed: str) -> str | None:
    if kind is Kind.BUDGET:
        year = first_year(typed)
        return f"{year}-{(year + 1) % 100:02}" if year else None
    if kind is Kind.LAST_OFSTED:
        return None if typed else ""
    known = NEED_ITEMS if kind in (Kind.EHC_PLANS, Kind.SEN_SUPPORT) else YEAR_ITEMS
    bare = typed.lower().removeprefix("year ")
    return next((key for key, label in known.items() if bare in (key, label.lower())), None)


_VALUES = {
    Kind.EHC_PLANS: "a number of pupils or a band (0, 1-4, 5-9, 10 or more)",
    Kind.SEN_SUPPORT: "a number of pupils or a band (0, 1-4, 5-9, 10 or more)",
    Kind.ROLL: "a whole number of pupils",
    Kind.PAN: "a whole number of places",
    Kind.LAST_OFSTED: "a date such as 12/03/2024",
    Kind.BUDGET: "pounds, with a minus for a deficit",
}


def _value(kind: Kind, typed: str) -> str | None:
    if kind in (Kind.EHC_PLANS, Kind.SEN_SUPPORT):
        return band(typed)
    if kind is Kind.LAST_OFSTED:
        inspected = day(typed)
        return inspected.isoformat() if inspected else None
    number = whole(typed.replace("£", ""))
    if kind is Kind.BUDGET:
        return None if number is None else str(number * 100)
    if number is None or not 0 <= number <= 1000:
        return FEWER if kind is Kind.ROLL and typed == FEWER else None
    return FEWER if kind is Kind.ROLL and 1 <= number <= 4 else str(number)


def band(typed: str) -> str | None:
    """The band of a number of pupils, or of a band as typed. A count is banded before it is stored (domain §7)."""
    bare = typed.lower().replace("–", "-").replace(" to ", "-").replace(" ", "")
    named = {"1-4": FEWER, "fewerthan5": FEWER, "5-9": "5 to 9", "10ormore": "10 or more", "10+": "10 or more"}
    number = whole(bare)
    if bare in named or number is None or number < 0:
        return named.get(bare)
    return BANDS[(number >= 1) + (number >= 5) + (number >= 10)]


def item_order(item: str) -> tuple[int, str]:
    """Sorts needs as words.py names them, year groups from nursery up, financial years in time."""
    order = (*NEED_ITEMS, *YEAR_ITEMS)
    return (order.index(item) if item in order else -1, item)


def item_label(kind: Kind, item: str) -> str:
    """Autism, Year 7, 2025-26; "" where the kind has no items."""
    return NEED_ITEMS.get(item) or YEAR_ITEMS.get(item) or item


def shown(kind: Kind, value: str) -> str:
    """A stored value as a person reads it."""
    if kind is Kind.LAST_OFSTED:
        return long_date(date.fromisoformat(value))
    if kind is Kind.BUDGET:
        return money(int(value))
    return value
