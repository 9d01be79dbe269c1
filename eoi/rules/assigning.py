"""Who may score what: ties that are known of a person, and scorers shared out by the work they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

#: How a conflict of interest is handled. A closed list: there is no room for a word about anybody's family.
HANDLINGS = (
    ("replaced", "Another person takes my place"),
    ("leaves", "I leave the room while this case is discussed"),
    ("delegated", "Somebody else decides, by a recorded delegation"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the service holds of a person that may tie them to a school: its accounts and addresses, nothing else."""

    email: str
    schools: Mapping[int, str] = field(default_factory=dict)  # URN -> name, of the schools they have an account at
    trusts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Around:
    """Who is around a case: the host, the partner and linked schools with their trusts, and addresses it gives."""

    urns: frozenset[int]
    trusts: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


def ties(person: Known, case: Around) -> tuple[str, ...]:
    """What suggests a conflict of interest, in words. The person says whether it is one."""
    found = [f"account at {name}" for urn, name in sorted(person.schools.items()) if urn in case.urns]
    if not found:
        found += [f"account at a school of {trust}" for trust in sorted(person.trusts & case.trusts) if trust]
    if person.email.lower() in case.emails:
        found.append("named in the expression of interest")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A case that has too few scorers. `barred` are those who score it already, have a conflict or a known tie."""

    id: int
    needed: int
    due_on: date | None
    barred: frozenset[int]


def shared_out(cases: Sequence[Lacking], load: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Case -> the scorers it gets: whoever has least to score, the most urgent case first.

    `load` is how many open cases each scorer has. A case may get fewer than it needs, where nobody is left.
    """
    open_, given = dict(load), {}
    for case in sorted(cases, key=lambda c: (c.due_on is None, c.due_on or date.max, c.id)):
        free = sorted((number, who) for who, number in open_.items() if who not in case.barred)
        chosen = tuple(who for _, who in free[: case.needed])
        for who in chosen:
            open_[who] += 1
        given[case.id] = chosen
    return given
