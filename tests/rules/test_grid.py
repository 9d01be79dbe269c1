"""Grid references become the latitude and longitude of maps."""

import pytest

from eoi.rules.grid import latitude_longitude


@pytest.mark.parametrize(
    ("easting", "northing", "place"),
    [
        (651409, 313177, (52.65798, 1.71605)),  # the Ordnance Survey's own example, Caister water tower
        (551223, 172486, (51.4312, 0.17399)),  # a school of the sample
        (400000, 100000, (50.7997, -2.0014)),
    ],
)
def test_latitude_longitude_agrees_with_published_points(easting, northing, place):
    assert latitude_longitude(easting, northing) == pytest.approx(place, abs=0.0005)
