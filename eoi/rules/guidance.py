"""Thresholds and periods of law and guidance, each with its source and the day from which it holds.

What ships is a beginning: an officer adds a new figure with its day and source, and the older ones stay.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Key(StrEnum):
    """What a figure is about."""

    CONSULTATION = "consultation"
    PREPARE = "prepare"
    REPRESENTATIONS = "representations"
    DECIDE = "decide"
    DECISION_LIMIT = "decision_limit"
    REASONS = "reasons"
    DFE = "dfe"
    DEED = "deed"
    AGREEMENT = "agreement"
    BUILD_NONE = "build_none"
    BUILD_ADAPT = "build_adapt"
    BUILD_NEW = "build_new"
    RECRUIT = "recruit"
    REGISTER = "register"
    CABINET = "cabinet"
    SIGNIFICANT_PUPILS = "significant_pupils"
    SIGNIFICANT_SHARE = "significant_share"
    ENLARGE_PUPILS = "enlarge_pupils"
    ENLARGE_SHARE = "enlarge_share"
    ENLARGE_NUMBER = "enlarge_number"
    SPECIAL_SHARE = "special_share"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure says, and in what it is counted."""

    title: str
    unit: str


MEANINGS: dict[Key, Meaning] = {
    Key.CONSULTATION: Meaning("Consultation before a proposal", "school weeks"),
    Key.PREPARE: Meaning("From consultation to notice or application", "weeks"),
    Key.REPRESENTATIONS: Meaning("Representations after the notice", "weeks"),
    Key.DECIDE: Meaning("From representations to the decision, as planned", "weeks"),
    Key.DECISION_LIMIT: Meaning("Decision at the latest, then the Schools Adjudicator decides", "months"),
    Key.REASONS: Meaning("Publishing the decision with its reasons", "weeks"),
    Key.DFE: Meaning("Decision by the Department for Education", "weeks"),
    Key.DEED: Meaning("Deed of variation of the funding agreement", "weeks"),
    Key.AGREEMENT: Meaning("Agreement signed and sealed, or licence of the rooms", "weeks"),
    Key.BUILD_NONE: Meaning("Making existing rooms ready", "weeks"),
    Key.BUILD_ADAPT: Meaning("Adapting rooms", "weeks"),
    Key.BUILD_NEW: Meaning("Extending or new building", "weeks"),
    Key.RECRUIT: Meaning("Recruiting staff", "weeks"),
    Key.REGISTER: Meaning("Register entry before opening", "weeks"),
    Key.CABINET: Meaning("Capital above which the Cabinet Member is consulted", "pounds"),
    Key.SIGNIFICANT_PUPILS: Meaning("Academy: significant change of a provision’s number, from", "pupils"),
    Key.SIGNIFICANT_SHARE: Meaning("Academy: significant change of a provision’s number, from", "per cent"),
    Key.ENLARGE_PUPILS: Meaning("Maintained: enlargement is prescribed above", "pupils"),
    Key.ENLARGE_SHARE: Meaning("Maintained: and, with it, from", "per cent"),
    Key.ENLARGE_NUMBER: Meaning("Maintained: or, with it, from", "pupils in all"),
    Key.SPECIAL_SHARE: Meaning("Maintained special school: more pupils are prescribed from", "per cent"),
}

REGULATIONS = "SI 2013/3110, School Organisation (Prescribed Alterations) Regulations 2013"
DFE_2024 = "DfE, Making significant changes to an open academy, April 2024"
ASSUMED = "Planning assumption, illustrative: to be confirmed by the council"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure from its day on."""

    key: Key
    value: int
    from_on: date
    source: str


_2014, _2024, _2026 = date(2014, 1, 28), date(2024, 4, 1), date(2026, 9, 1)
SHIPPED: tuple[Figure, ...] = (
    Figure(Key.CONSULTATION, 4, _2014, "DfE guidance for maintained schools: expected, not prescribed"),
    Figure(Key.PREPARE, 6, _2026, ASSUMED),
    Figure(Key.REPRESENTATIONS, 4, _2014, f"{REGULATIONS}, Schedule 3"),
    Figure(Key.DECIDE, 6, _2026, ASSUMED),
    Figure(Key.DECISION_LIMIT, 2, _2014, f"Education and Inspections Act 2006; {REGULATIONS}"),
    Figure(Key.REASONS, 1, _2014, REGULATIONS),
    Figure(Key.DFE, 12, _2026, ASSUMED),
    Figure(Key.DEED, 8, _2026, ASSUMED),
    Figure(Key.AGREEMENT, 6, _2026, ASSUMED),
    Figure(Key.BUILD_NONE, 4, _2026, ASSUMED),
    Figure(Key.BUILD_ADAPT, 16, _2026, ASSUMED),
    Figure(Key.BUILD_NEW, 52, _2026, ASSUMED),
    Figure(Key.RECRUIT, 16, _2026, ASSUMED),
    Figure(Key.REGISTER, 2, _2026, ASSUMED),
    Figure(Key.CABINET, 1_000_000, date(2025, 12, 4), "Kent decision 25/00085, 4 December 2025"),
    Figure(Key.SIGNIFICANT_PUPILS, 20, _2024, DFE_2024),
    Figure(Key.SIGNIFICANT_SHARE, 20, _2024, DFE_2024),
    Figure(Key.ENLARGE_PUPILS, 30, _2014, f"{REGULATIONS}, Schedule 2 paragraph 1"),
    Figure(Key.ENLARGE_SHARE, 25, _2014, f"{REGULATIONS}, Schedule 2 paragraph 1"),
    Figure(Key.ENLARGE_NUMBER, 200, _2014, f"{REGULATIONS}, Schedule 2 paragraph 1"),
    Figure(Key.SPECIAL_SHARE, 10, _2014, f"{REGULATIONS}, Schedule 2: to be confirmed by the council’s lawyers"),
)


def in_force(added: Iterable[Figure], on: date) -> Mapping[Key, Figure]:
    """The figure of each key that holds on this day: the newest that has begun, of two of one day the added one.

    Before any has begun, the first that will.
    """
    found: dict[Key, Figure] = {}
    for figure in sorted((*SHIPPED, *added), key=lambda one: one.from_on):
        if figure.from_on <= on or figure.key not in found:
            found[figure.key] = figure
    return found


def refusal(key: Key | None, value: int | None, from_on: date | None, source: str) -> dict[str, str]:
    """What is wrong with a figure that somebody adds, by field."""
    errors = {}
    if key is None:
        errors["key"] = "Choose what the figure is about"
    if value is None or not 0 < value <= 100_000_000:
        errors["value"] = "Enter the figure, a whole number above 0"
    if from_on is None:
        errors["from_on"] = "Enter the date from which it holds"
    if not source:
        errors["source"] = "Enter the source: the law, guidance or decision"
    return errors
