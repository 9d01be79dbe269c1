"""What of a case a public authority may withhold (Freedom of Information Act 2000): proposals, which officers decide.

An item is one answer, record or letter of a case. Names of junior staff, addresses and telephone numbers inside an
item are proposed piece by piece; an item as a whole is proposed where its school marked it, or the case is undecided.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from eoi.rules.redacting import EMAIL, PHONE

WORKING_DAYS = 20  # section 10(1)


class Exemption(StrEnum):
    """The sections of the Act that an officer may name."""

    PUBLICATION = "s22"
    CONDUCT = "s36"
    PERSONAL = "s40"
    CONFIDENCE = "s41"
    COMMERCIAL = "s43"


LABELS = {
    Exemption.PUBLICATION: "Section 22: to be published later",
    Exemption.CONDUCT: "Section 36: prejudice to the conduct of public affairs",
    Exemption.PERSONAL: "Section 40(2): personal data of somebody else",
    Exemption.CONFIDENCE: "Section 41: given in confidence",
    Exemption.COMMERCIAL: "Section 43(2): commercial interests",
}
#: Of these the public interest has to be weighed before anything is withheld (section 2).
QUALIFIED = frozenset({Exemption.PUBLICATION, Exemption.CONDUCT, Exemption.COMMERCIAL})

#: What a school may mark as sensitive, and the sections of the form that it means.
MARKED = {
    "offer": frozenset({"summary", "offer", "growth"}),
    "partner": frozenset({"partner", "existing", "hosting"}),
    "people": frozenset({"leadership", "staff"}),
    "building": frozenset({"rooms", "site", "building"}),
    "money": frozenset({"cost", "money", "held_budget"}),
}
DELIBERATION = frozenset({"scores", "sift", "assessed", "panel"})  # advice that comes before a decision


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the council holds of a case. `key` is stable: "answer places", "record panel", "score C1 7"."""

    key: str
    group: str
    label: str
    text: str
    section: str = ""  # of the form, or "scores", or the kind of a record
    person: bool = False  # the whole of it is somebody's name or how to reach them


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whether to withhold an item as a whole, under which section, and why."""

    withheld: bool
    exemption: Exemption | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an item's text, and the section under which it is proposed to go, if any."""

    text: str
    exemption: Exemption | None = None


def proposal(item: Item, *, marked: Collection[str], why: str, decided: bool) -> Proposal:
    """What the rules propose for this item. `marked` are the school's own marks, `decided` whether a letter told it."""
    if item.person:
        return Proposal(True, Exemption.PERSONAL, "Personal data of somebody who is not a senior officer")
    if item.section in DELIBERATION and not decided:
        return Proposal(True, Exemption.CONDUCT, "Advice before a decision; it may be published after it (section 22)")
    if any(item.section in MARKED.get(mark, ()) for mark in marked):
        reason = f"The school marked this as sensitive: {why}" if why else "The school marked this as sensitive"
        return Proposal(True, Exemption.COMMERCIAL, f"{reason}. Weigh the public interest, and section 41")
    return Proposal(False)


def pieces(text: str, names: Collection[str]) -> tuple[Piece, ...]:
    """The text cut where it names one of these people, or gives an address or a telephone number."""
    patterns = [EMAIL.pattern, PHONE.pattern]
    people = sorted({name for name in names if len(name.strip()) > 2}, key=len, reverse=True)
    if people:
        patterns.append(r"(?<!\w)(?:" + "|".join(map(re.escape, people)) + r")(?!\w)")
    cut, at = [], 0
    for found in re.finditer("|".join(patterns), text):
        if found.start() > at:
            cut.append(Piece(text[at : found.start()]))
        cut.append(Piece(found.group(), Exemption.PERSONAL))
        at = found.end()
    if at < len(text) or not cut:
        cut.append(Piece(text[at:]))
    return tuple(cut)
