"""The plan of dates: twelve examples worked by hand, counted back week by week on paper from today, 24 November 2026.

The usual figures: 20 school days of consultation, 6 weeks to prepare, 4 of representations, 6 to decide; the DfE 12,
the deed 8; the agreement 6; recruiting 16 weeks and building 4, 16 or 52, both done a week before opening.
"""

from datetime import date

import pytest
from holidays.countries.united_kingdom import UnitedKingdom

from eoi.rules import closures, guidance
from eoi.rules.guidance import Figure, Key
from eoi.rules.milestones import Calendar, Mark, behind, census_after, months_after, plan
from eoi.rules.statutory import Route

TODAY = date(2026, 11, 24)
USUAL = closures.spans([], date(2025, 9, 1), date(2030, 1, 1))
FIGURES = guidance.in_force([], TODAY)
EXTRA = (date(2027, 11, 15), date(2027, 11, 19))


def worked(route, opening, building, extra=()):
    calendar = Calendar(UnitedKingdom(subdiv="ENG"), (*USUAL, *extra))
    return plan(route, date.fromisoformat(opening), TODAY, building=building, figures=FIGURES, calendar=calendar)


def proposal(starts, ends, notice, represented, decision, agreement):
    marks = ("consultation_starts", "consultation_ends", "notice", "representations_end", "decision", "agreement")
    return dict(zip(marks, (starts, ends, notice, represented, decision, agreement), strict=True))


def change(starts, ends, application, dfe_decision, deed, agreement):
    marks = ("consultation_starts", "consultation_ends", "application", "dfe_decision", "deed", "agreement")
    return dict(zip(marks, (starts, ends, application, dfe_decision, deed, agreement), strict=True))


R = Route
# Route, opening, building, days worked by hand, earliest opening where it cannot be kept.
BY_HAND = [
    # A maintained school, rooms there: agreement 16 weeks before 25 August, counted back from Fridays to Fridays.
    (R.PROPOSAL, "2028-09-01", "existing", proposal(
        "2027-11-08", "2027-12-03", "2028-01-14", "2028-02-11", "2028-03-24", "2028-05-05"), None),
    # New building: 52 weeks before 25 August 2028. 26 March 2027 is Good Friday, so consultation ends on the 25th.
    (R.PROPOSAL, "2028-09-01", "new", proposal(
        "2027-02-26", "2027-03-25", "2027-05-07", "2027-06-04", "2027-07-16", "2027-08-27"), None),
    # A year earlier it would have had to begin on 5 November 2026, 19 days ago.
    (R.PROPOSAL, "2027-09-01", "existing", proposal(
        "2026-11-05", "2026-12-02", "2027-01-13", "2027-02-10", "2027-03-24", "2027-05-05"), "2028-01-01"),
    # January: a week before is Christmas Day, so work ends on 22 December, and 16 weeks of it begin on 1 September.
    (R.PROPOSAL, "2029-01-01", "adapt", proposal(
        "2028-03-06", "2028-03-31", "2028-05-12", "2028-06-09", "2028-07-21", "2028-09-01"), None),
    # An academy: consultation in September reaches back over the summer to 21 July.
    (R.SIGNIFICANT_CHANGE, "2028-09-01", "existing", change(
        "2027-07-21", "2027-09-24", "2027-11-05", "2028-01-28", "2028-03-24", "2028-05-05"), None),
    (R.SIGNIFICANT_CHANGE, "2027-09-01", "existing", change(
        "2026-07-20", "2026-09-23", "2026-11-04", "2027-01-27", "2027-03-24", "2027-05-05"), "2028-01-01"),
    # A satellite of a maintained special school: the notice would fall in August and moves to the last school day; two
    # months after 19 August end on 19 October, so the decision cannot wait until the 22nd.
    (R.SPECIAL_PROPOSAL, "2028-04-01", "existing", proposal(
        "2027-05-07", "2027-06-10", "2027-07-22", "2027-08-19", "2027-10-19", "2027-12-03"), None),
    (R.SPECIAL_PROPOSAL, "2027-04-01", "existing", proposal(
        "2026-05-07", "2026-06-10", "2026-07-22", "2026-08-19", "2026-10-19", "2026-12-03"), "2028-01-01"),
    # A satellite of a special academy, with a new building.
    (R.SPECIAL_CHANGE, "2028-09-01", "new", change(
        "2026-12-07", "2027-01-15", "2027-02-26", "2027-05-21", "2027-07-16", "2027-08-27"), None),
    (R.SPECIAL_CHANGE, "2028-01-01", "new", change(
        "2026-04-16", "2026-05-14", "2026-06-25", "2026-09-17", "2026-11-12", "2026-12-24"), "2028-09-01"),
]  # fmt: skip


@pytest.mark.parametrize(("route", "opening", "building", "days", "earliest"), BY_HAND)
def test_plan_is_the_one_worked_by_hand(route, opening, building, days, earliest):
    made = worked(route, opening, building)
    assert {mark: made.on(Mark(mark)).isoformat() for mark in days} == days
    assert made.feasible is (earliest is None)
    assert made.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert made.why.startswith("Feasible" if earliest is None else "Not feasible")


def test_satellite_without_a_special_school_has_no_plan():
    made = worked(R.NOT_KNOWN, "2028-09-01", "existing")
    assert (made.steps, made.feasible) == ((), False)
    assert "special school is not agreed" in made.why


def test_holiday_that_was_entered_moves_the_consultation():
    """The week of 15 November does not count, so the 20 school days before 3 December begin on 1 November."""
    assert worked(R.PROPOSAL, "2028-09-01", "existing", (EXTRA,)).on(Mark.CONSULTATION_STARTS) == date(2027, 11, 1)


def test_infeasible_plan_says_why_and_what_can_be_kept():
    assert worked(R.PROPOSAL, "2027-09-01", "existing").why == (
        "Not feasible: consultation starts by 5 November 2026, and that day has passed. "
        "The earliest opening that can be kept is 1 January 2028."
    )


def test_the_other_days_follow_the_opening():
    made = worked(R.PROPOSAL, "2028-09-01", "adapt")
    days = {step.mark: step.on for step in made.steps}
    assert days[Mark.BUILDING_STARTS] == days[Mark.RECRUITMENT] == date(2028, 5, 5)
    assert days[Mark.BUILDING_ENDS] == days[Mark.STAFF] == date(2028, 8, 25)
    assert days[Mark.REGISTER] == date(2028, 8, 18)
    assert days[Mark.CENSUS] == date(2028, 10, 5)
    assert [step.on for step in made.steps] == sorted(step.on for step in made.steps)


def test_census_and_months():
    assert census_after(date(2027, 1, 22)) == date(2027, 5, 20)
    assert census_after(date(2027, 10, 8)) == date(2028, 1, 20)
    assert months_after(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert [behind(days) for days in (0, 14, -3, 1)] == ["as planned", "2 weeks late", "3 days early", "1 day late"]


def test_figure_holds_from_its_day_and_older_ones_stay():
    added = [Figure(Key.DFE, 20, date(2027, 1, 1), "DfE"), Figure(Key.DFE, 16, date(2026, 10, 1), "DfE")]
    assert [guidance.in_force(added, day)[Key.DFE].value for day in (TODAY, date(2027, 1, 1))] == [16, 20]
    assert guidance.in_force([], TODAY)[Key.DFE].value == 12
    assert set(FIGURES) == set(Key) == set(guidance.MEANINGS)
    assert set(guidance.refusal(None, 0, None, "")) == {"key", "value", "from_on", "source"}


def test_entered_holidays_take_the_place_of_the_usual_ones_of_that_year():
    half_term = (date(2027, 10, 18), date(2027, 10, 22))
    found = closures.spans([half_term], date(2026, 9, 1), date(2028, 8, 1))
    assert [span for span in found if span[0] >= date(2027, 9, 1)] == [half_term]
    assert (date(2026, 12, 20), date(2027, 1, 2)) in found
