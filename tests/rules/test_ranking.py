"""Rank within the same path, need, phase and area."""

import pytest

from eoi.rules.ranking import Band, Standing, area_of, ranks
from eoi.rules.words import Need, Path, Phase

AREAS = (("East", ("Canterbury", "Thanet")), ("South", ("Dover",)))
EAST = Band(Path.SRP, Need.ASD, Phase.PRIMARY, "East")
SOUTH = Band(Path.SRP, Need.ASD, Phase.PRIMARY, "South")


@pytest.mark.parametrize(("district", "area"), [("Thanet", "East"), ("Dover", "South"), ("Medway", "Medway")])
def test_district_lies_in_its_area_or_stands_for_itself(district, area):
    assert area_of(district, AREAS) == area


def test_rank_is_within_the_band_and_equal_totals_share_it():
    standings = [
        Standing(1, EAST, 62.5), Standing(2, EAST, 81.3), Standing(3, EAST, 62.5), Standing(4, EAST, 50.0),
        Standing(5, SOUTH, 40.0), Standing(6, EAST, None),
    ]  # fmt: skip
    assert ranks(standings) == {2: 1, 1: 2, 3: 2, 4: 4, 5: 1}
