"""Rank within the same path, need, phase and area (domain §9), and the areas of the council."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eoi.rules.words import Need, Path, Phase

Areas = Sequence[tuple[str, Sequence[str]]]  # the name of each area, and its districts


@dataclass(frozen=True, slots=True)
class Band:
    """What is compared with each other."""

    path: Path
    need: Need
    phase: Phase
    area: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A case in its band, with its weighted total where it has one."""

    id: int
    band: Band
    total: float | None


def area_of(district: str, areas: Areas) -> str:
    """The council's area that the district is in; the district itself where no area names it."""
    return next((name for name, districts in areas if district in districts), district)


def ranks(standings: Iterable[Standing]) -> Mapping[int, int]:
    """Case -> its rank in its band, 1 the strongest; equal totals share a rank. A case without a total has none."""
    bands: dict[Band, list[Standing]] = defaultdict(list)
    for one in standings:
        if one.total is not None:
            bands[one.band].append(one)
    return {
        one.id: 1 + sum((other.total or 0) > (one.total or 0) for other in band)
        for band in bands.values()
        for one in band
    }
