"""Who must stand behind an expression of interest, and what each declares (domain §7, section 10).

The headteacher's declaration submits. The lead records who agreed: name, role, date of the minute.
"""

from dataclasses import dataclass

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
