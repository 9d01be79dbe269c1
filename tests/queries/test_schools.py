"""Schools are found as people type them."""

import pytest
from sqlalchemy import event

from eoi.queries import schools
from eoi.workflow import register


@pytest.fixture
def kent(db):
    """The sample of the register."""
    register.load_sample("886")
    db.session.commit()


def names(q: str, **options) -> list[str]:
    return [school.name for school in schools.find(q, **options)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("118246", "Maypole Primary School"),
        ("886/2066", "Maypole Primary School"),
        ("maypole", "Maypole Primary School"),
        ("MAYPOLE dartford", "Maypole Primary School"),
        ("da2 7uz", "Maypole Primary School"),
        ("DA27UZ", "Maypole Primary School"),
        ("mayploe", "Maypole Primary School"),
        ("st marys cofe", "St Mary's Church of England Voluntary Aided Primary School"),
        ("Saint Mary’s Church of Eng", "St Mary's Church of England Voluntary Aided Primary School"),
        ("st john rc gravesend", "St John's Catholic Comprehensive"),
        ("holmesdale", "The Holmesdale School"),
        ("garlnige", "Garlinge Primary School and Nursery"),
        ("faversham gram", "Queen Elizabeth's Grammar School"),
    ],
)
def test_find_is_forgiving(kent, typed, found):
    assert found in names(typed)


def test_find_puts_names_that_begin_so_first(kent):
    assert names("dartford")[0].startswith("Dartford")
    assert len(names("dartford")) == 10
    assert len(names("dartford", limit=3)) == 3


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'; drop table school", "the", "x" * 5000, "\x00", "zzzz"])
def test_find_takes_anything_and_finds_nothing(kent, typed):
    assert names(typed) == []


def test_find_leaves_out_what_cannot_host(kent):
    assert names("five acre wood") == ["Five Acre Wood School"]
    assert names("five acre wood", mainstream_only=True) == []


def test_find_leaves_out_closed_schools(db, kent):
    schools.get(118246).status = "Closed"
    db.session.commit()
    assert names("maypole") == []


def test_provision_near_is_special_schools_and_resourced_schools_within_reach(db, kent):
    (here,) = schools.find("five acre wood")
    near = schools.provision_near(here, 10_000)
    assert near
    assert all(0 < one.distance <= 10_000 for one in near)
    assert here.name not in {one.name for one in near}
    neighbour = schools.get(schools.find("maidstone primary", 1)[0].urn)
    neighbour.easting, neighbour.northing, neighbour.resourced_capacity = here.easting, here.northing + 500, 12
    db.session.flush()
    assert (neighbour.name, 500.0) in {(one.name, one.distance) for one in schools.provision_near(here, 10_000)}
    here.easting = None
    assert schools.provision_near(here, 10_000) == []


def test_districts_are_named_by_code(kent):
    found = schools.districts("886")
    assert len(found) == 12
    assert found["E07000105"] == "Ashford"


def test_find_asks_the_database_once(db, kent):
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    names("st marys cofe")
    assert len(asked) == 1
