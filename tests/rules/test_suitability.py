"""What answers come to, beside what is known. Information, with its source."""

from datetime import date

import pytest

from eoi.rules import suitability
from eoi.rules.facts import AreaRange, SchoolFacts
from eoi.rules.suitability import Nearby, Sought
from eoi.rules.words import Path

SCHOOL = SchoolFacts(
    900001, "Hopefield Primary School", "Community school", "Local authority maintained schools", "Primary",
    capacity=420, roll=376.5, as_at=date(2026, 9, 1),
)  # fmt: skip
ROOMS = [{"name": "Willow", "area": 56}, {"name": "Hazel", "area": 19}, {"name": "Shed"}]
SOUGHT = Sought("Ashford", 30, "2027 to 2028", "Commissioning Plan", date(2026, 3, 31), True)


def told(answers, school=SCHOOL, sought=(), near=()):
    return {fact.title: fact.text for fact in suitability.facts(answers, school, sought, near)}


def test_nothing_answered_tells_only_what_the_register_knows():
    assert told({}) == {"Room in the school": "The school has 376.5 pupils on roll and room for 420: 43.5 places free."}
    assert told({}, SchoolFacts(1, "", "", "", "")) == {}


def test_full_school_is_told_and_more_places_than_are_free():
    full = SchoolFacts(1, "", "", "", "", capacity=200, roll=210)
    assert told({"places": 8}, full)["Room in the school"] == (
        "The school has 210 pupils on roll and room for 200: 10 more than its capacity. "
        "8 places are more than that: think of the rooms that pupils use now."
    )


def test_need_says_what_is_sought_and_where_the_figure_is_from():
    (fact,) = [f for f in suitability.facts({"places": 40}, SCHOOL, [SOUGHT], ()) if f.title == "Need in the district"]
    assert fact.text == "30 places sought in Ashford from 2027 to 2028. The offer is 40: more than are sought."
    assert fact.source == "Commissioning Plan, as at 31 March 2026. Illustrative figure"


@pytest.mark.parametrize(("low", "high", "where"), [(5.5, 8, "below"), (5, 5, "within"), (2, 4.9, "above")])
def test_area_is_held_against_the_range_of_the_round(low, high, where):
    planned = AreaRange(Path.SRP, low, high, "Surveyor, 1 May 2026")
    (fact,) = suitability.facts({"places": 15, "rooms": ROOMS}, SchoolFacts(1, "", "", "", ""), (), (), planned)
    assert f"That is {where} the range that the council plans with: {low:g} to {high:g} m² a place." in fact.text
    assert fact.source == (
        "The answers. Range: Surveyor, 1 May 2026. See also Building Bulletin 104, edition of 11 February 2026"
    )


def test_without_a_range_none_is_invented():
    (fact,) = suitability.facts({"places": 15, "rooms": ROOMS}, SchoolFacts(1, "", "", "", ""), (), ())
    assert "to be confirmed by the council" in fact.source


def test_nearest_provision_is_named_first():
    near = [Nearby(f"School {n}", 1000.0 * n) for n in (4, 2, 1, 3)]
    assert told({}, near=near)["Other provision nearby"] == (
        "4 special schools or schools with resourced provision within 10 km: School 1 (1.0 km), School 2 (2.0 km) and "
        "School 3 (3.0 km), and 1 more."
    )


def test_rooms_cost_and_build_up_are_summed():
    build_up = {"year_1": 4, "year_2": 8, "year_3": 15, "year_4": 15}
    answers = {
        "places": 15,
        "rooms": ROOMS,
        "capital_band": "under_250k",
        "opening": "2028-09-01",
        "build_up": build_up,
    }
    found = told(answers)
    assert found["Area"] == (
        "2 rooms, 75 m² together: 5.0 m² for each of 15. The council has not set a range for this round."
    )
    assert found["Building work a place"] == "Up to £16,666.66 of building work a place."
    assert found["When it is full"] == "Opening in September 2028, all 15 places are there from September 2030."


def test_answers_of_other_shapes_leave_their_facts_out():
    odd = {
        "places": "twelve",
        "rooms": "x",
        "capital_band": "unknown",
        "opening": None,
        "build_up": {"year_1": "fewer"},
    }
    assert set(told(odd)) == {"Room in the school"}
