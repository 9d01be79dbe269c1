"""Who must stand behind an expression of interest, and what each declares (domain §7, section 10).

The headteacher's declaration submits. The others confirm by a link in the 10 working days after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eoi.rules.facts import SchoolFacts
from eoi.rules.words import Path

HEADTEACHER = (
    "What is written here is true as far as I know. It holds no pupil data. I understand that an expression of "
    "interest is not a commitment, by the school or by the council, and that it can be withdrawn until the decision."
)
CHAIR = "The governing body knows of this expression of interest and supports it in principle."
TRUST = "The trust knows of this expression of interest and supports it in principle."
TRUSTEES = "The trustees know of this expression of interest and support it in principle."
PARTNER = "The special school knows of this expression of interest and agrees in principle to be its partner."

HEAD = "headteacher"
CONFIRMED_WITHIN = 10  # working days
REMIND_BEFORE = (5, 1)  # working days before a link ends
#: The questions of the form that ask for a declarer's name and address already.
NAMED = {
    "chair": ("chair_name", "chair_email"),
    "trust": ("trust_ceo_name", "trust_ceo_email"),
    "trustees": ("chair_name", "chair_email"),
}
#: What nobody changes under a signature: another path or need, other places or rooms are another offer.
BINDING = {"path": "the path", "need": "the need", "places": "the places", "rooms": "the rooms"}


@dataclass(frozen=True, slots=True)
class Declarer:
    """One role that declares. `follows` may be confirmed after submission, within 10 working days."""

    key: str
    role: str
    statement: str
    follows: bool = True


def declarers(school: SchoolFacts, path: Path, partner_agreed: bool) -> tuple[Declarer, ...]:
    """Who declares for this school and path, the headteacher first."""
    found = [Declarer("headteacher", "Headteacher", HEADTEACHER, follows=False)]
    if school.is_academy:
        found.append(Declarer("trust", "Trust chief executive or accounting officer", TRUST))
        found.append(Declarer("trustees", "Chair of trustees", TRUSTEES))
    else:
        found.append(Declarer("chair", "Chair of governors", CHAIR))
    if path is Path.SATELLITE and partner_agreed:
        found.append(Declarer("partner_head", "Headteacher of the special school", PARTNER))
        found.append(Declarer("partner_chair", "Chair of governors of the special school", PARTNER))
    return tuple(found)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What of two frozen contents voids a signature: "the places", "the rooms"; nothing where it may stand."""
    was, now = _binding(before), _binding(after)
    return [words for key, words in BINDING.items() if was.get(key) != now.get(key)]


def answers_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a frozen content holds, by question key."""
    return {q["key"]: q["value"] for section in content["sections"] for q in section["questions"]}


def _binding(content: Mapping[str, Any]) -> dict[str, Any]:
    return answers_in(content) | {key: content["offer"][key]["key"] for key in ("path", "need")}
