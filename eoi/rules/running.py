"""Places running against the places sought, as cases are approved one after the other."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offered:
    """A case in the order of its rank: which need line it is for, its places, and whether they would be taken."""

    id: int
    line: Hashable
    places: int
    taken: bool


def running(offers: Iterable[Offered]) -> Mapping[int, int]:
    """Case -> how many places of its need line are taken by the cases up to it, itself included."""
    sums: dict[Hashable, int] = {}
    found = {}
    for one in offers:
        sums[one.line] = sums.get(one.line, 0) + (one.places if one.taken else 0)
        found[one.id] = sums[one.line]
    return found
