"""The schedule: the day on which each kind of case goes (domain paper, §11)."""

from dataclasses import replace
from datetime import date

import pytest

from eoi.rules.retention import SCHEDULE, CaseDates, Kept, account_due, after, due
from eoi.rules.stages import STAGES, Stage

CLOSED, ENDED, LETTER = date(2026, 12, 18), date(2027, 3, 1), date(2027, 3, 3)
CASE = CaseDates(Stage.DRAFT, CLOSED, date(2026, 12, 1), ENDED)


@pytest.mark.parametrize(
    ("changes", "on", "kept"),
    [
        ({}, date(2027, 3, 18), Kept.DRAFT),
        ({"round_closed_on": None}, date(2027, 12, 1), Kept.OPEN_DRAFT),
        ({"stage": Stage.WITHDRAWN}, date(2028, 3, 1), Kept.WITHDRAWN),
        ({"stage": Stage.INELIGIBLE, "letter_on": LETTER}, date(2028, 3, 3), Kept.INELIGIBLE),
        ({"stage": Stage.DECLINED, "letter_on": LETTER}, date(2033, 3, 3), Kept.DECLINED),
        ({"stage": Stage.LAPSED, "letter_on": LETTER}, date(2033, 3, 3), Kept.LETTER),
        ({"stage": Stage.NOT_ESTABLISHED}, date(2033, 3, 1), Kept.ENDED),
        ({"stage": Stage.OPEN, "provision_ended_on": date(2030, 8, 31)}, date(2042, 8, 31), Kept.DEED),
        (
            {"stage": Stage.OPEN, "provision_ended_on": date(2030, 8, 31), "by_deed": False},
            date(2036, 8, 31),
            Kept.OPENED,
        ),
    ],
)
def test_case_goes_on_its_day(changes, on, kept):
    found = due(replace(CASE, **changes))
    assert (found.on, found.kept) == (on, kept)


def test_case_without_an_end_has_no_day():
    running = {stage for stage in Stage if due(replace(CASE, stage=stage)) is None}
    assert running >= {stage for stage in Stage if not STAGES[stage].ended} - {Stage.DRAFT}
    assert running >= {Stage.DEFERRED, Stage.DECLINED, Stage.OPEN}  # unresolved, its letter not issued, not closed


def test_letters_stay_six_years_where_the_rest_goes_after_one():
    told = replace(CASE, stage=Stage.INELIGIBLE, letter_on=LETTER)
    assert due(told).letters_stay
    emptied = due(replace(told, emptied=True))
    assert (emptied.on, emptied.kept, emptied.letters_stay) == (date(2033, 3, 3), Kept.LETTER, False)
    assert not due(replace(told, stage=Stage.WITHDRAWN, letter_on=None)).letters_stay


def test_draft_is_warned_of_at_sixty_days_and_late_warning_gives_a_fortnight():
    draft = due(CASE)
    assert (draft.warn_on - CLOSED).days == 60
    assert draft.erase_on(draft.warn_on) == draft.on
    assert draft.erase_on(date(2027, 6, 1)) == date(2027, 6, 15)


def test_account_goes_after_twelve_months():
    assert account_due(date(2026, 2, 28)).on == date(2027, 2, 28)


@pytest.mark.parametrize(("months", "on"), [(1, date(2027, 2, 28)), (12, date(2028, 1, 31)), (13, date(2028, 2, 29))])
def test_month_that_is_too_short_ends_on_its_last_day(months, on):
    assert after(date(2027, 1, 31), months) == on


def test_every_line_says_how_long():
    assert [line.period for line in SCHEDULE.values()] == [
        "90 days", "12 months", "60 days", "12 months", "12 months", "6 years", "6 years", "6 years", "12 years",
        "6 years", "12 months", "90 days", "3 years", "12 months",
    ]  # fmt: skip
