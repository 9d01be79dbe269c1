"""What a school may ask for after its letter, and until when."""

from datetime import date

import pytest

from eoi.rules.stages import STAGES, Court, Stage
from eoi.rules.talking import Wish, has_own_date, may_be_held, offered

LETTER, LAST = date(2027, 1, 4), date(2027, 1, 18)  # 10 working days


def wishes(stage, today=LETTER, needed_by=None):
    return {one.wish: (one.until, one.open) for one in offered(stage, LETTER, needed_by, today, ())}


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.APPROVED, {Wish.PROCEED, Wish.REVIEW}),
        (Stage.CONDITIONS, {Wish.PROCEED, Wish.REVIEW}),
        (Stage.PRE_STATUTORY, {Wish.PROCEED}),
        (Stage.DECLINED, {Wish.CALL, Wish.REVIEW}),
        (Stage.DEFERRED, {Wish.CALL, Wish.REVIEW}),
        (Stage.INELIGIBLE, {Wish.CALL, Wish.REVIEW}),
        (Stage.PANEL, set()),
        (Stage.WITHDRAWN, set()),
    ],
)
def test_school_may_ask_for_what_fits_its_letter(stage, expected):
    assert set(wishes(stage)) == expected
    assert offered(stage, None, None, LETTER, ()) == []


def test_review_and_call_end_after_ten_working_days_and_a_late_reply_is_taken():
    assert wishes(Stage.DECLINED, LAST) == {Wish.CALL: (LAST, True), Wish.REVIEW: (LAST, True)}
    late = date(2027, 1, 19)
    assert wishes(Stage.DECLINED, late) == {Wish.CALL: (LAST, False), Wish.REVIEW: (LAST, False)}
    needed = date(2027, 1, 8)
    assert wishes(Stage.APPROVED, late, needed)[Wish.PROCEED] == (needed, True)
    assert wishes(Stage.APPROVED, late)[Wish.PROCEED] == (LAST, True)


def test_only_work_of_the_council_is_held():
    assert all(STAGES[stage].court is Court.COUNCIL for stage in Stage if may_be_held(stage))
    assert not may_be_held(Stage.SUBMITTED)
    assert may_be_held(Stage.ASSESSMENT)


def test_no_date_of_a_step_gives_an_outcome_away():
    assert [stage for stage in Stage if has_own_date(stage)] == [Stage.ASSESSMENT, Stage.VISIT, Stage.PANEL]
