"""The road by path and type of the school that changes."""

import pytest

from eoi.rules.statutory import COUNCIL, DEPARTMENT, Route, route_of, statutory_route
from eoi.rules.words import Path


@pytest.mark.parametrize(
    ("path", "academy", "route"),
    [
        (Path.SRP, False, Route.PROPOSAL),
        (Path.SRP, True, Route.SIGNIFICANT_CHANGE),
        (Path.SATELLITE, False, Route.SPECIAL_PROPOSAL),
        (Path.SATELLITE, True, Route.SPECIAL_CHANGE),
        (Path.SATELLITE, None, Route.NOT_KNOWN),
    ],
)
def test_route_follows_the_school_that_changes(path: Path, academy: bool | None, route: Route) -> None:
    assert route_of(path, academy) is route
    assert statutory_route(path, academy, "Alice's school", "Fernhill").route is route


def test_maintained_route_has_notice_four_weeks_and_two_months() -> None:
    road = statutory_route(Path.SRP, False, "Alice's school")
    assert [step.name for step in road.steps] == [
        "Consultation",
        "Notice",
        "4 weeks’ representations",
        "Decision within 2 months",
        "Reasons",
    ]
    assert road.decided_by == COUNCIL


def test_academy_route_ends_with_deed_and_register() -> None:
    road = statutory_route(Path.SRP, True, "Alice's school")
    assert [step.name for step in road.steps][-2:] == ["Deed of variation", "Register entry"]
    assert road.decided_by == DEPARTMENT


def test_satellite_names_the_special_school_and_asks_a_hosting_trust_about_its_land() -> None:
    road = statutory_route(Path.SATELLITE, False, "Alice's school", "Fernhill", host_is_academy=True)
    assert road.who_changes.startswith("The change is made to Fernhill")
    assert [step.name for step in road.steps][-2:] == ["Land consent", "Agreement for the rooms"]
    assert all(step.source for step in road.steps)


def test_short_route_is_one_line() -> None:
    assert statutory_route(Path.SRP, True, "Alice's school").short == (
        "Significant change by the academy trust, consultation, application to the DfE, decision by the DfE, "
        "deed of variation, register entry"
    )
