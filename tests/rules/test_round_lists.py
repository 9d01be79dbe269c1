"""Criteria and closure weeks as they are typed."""

from datetime import date

import pytest

from eoi.rules.round_lists import closures, criteria, typed_closures, typed_criteria
from eoi.rules.scoring import RUBRIC

ROW = {"key": "C1", "title": "Need", "weight": "100", "guidance": ""}
WEEK = {"first": {"day": "21", "month": "12", "year": "2026"}, "last": {"day": "1", "month": "jan", "year": "2027"}}


def test_standard_criteria_come_back_as_they_were():
    assert criteria(typed_criteria(RUBRIC)) == (RUBRIC, {})


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([{**ROW, "weight": "many"}], ["rubric-0-weight"]),
        ([{**ROW, "weight": "0"}], ["rubric-0-weight"]),
        ([{**ROW, "title": " "}], ["rubric-0-title"]),
        ([{**ROW, "key": "X"}], ["rubric-0-key"]),
        ([ROW, {**ROW, "title": "Again"}], ["rubric"]),
        ([{}, ROW, {"key": ""}], []),
    ],
)
def test_criteria_say_what_to_mend(rows, errors):
    assert list(criteria(rows)[1]) == errors


def test_row_with_a_mistake_is_named_by_its_number():
    _, errors = criteria([ROW, {"key": "C2", "title": "Space", "weight": ""}])
    assert errors == {"rubric-1-weight": "Row 2: enter the weight"}


def test_closures_are_read_and_shown():
    spans, errors = closures([WEEK, {"first": {}, "last": {}}])
    assert (spans, errors) == (((date(2026, 12, 21), date(2027, 1, 1)),), {})
    assert closures(typed_closures(spans)) == (spans, {})


def test_closure_with_one_day_missing_is_named():
    assert closures([{"first": WEEK["first"], "last": {}}])[1] == {"closures-0-last": "Row 1: enter the last day"}


def test_closure_with_an_impossible_day_is_refused():
    assert list(closures([{**WEEK, "first": {"day": "32", "month": "1", "year": "2027"}}])[1]) == [
        "closures-0-first-day"
    ]
