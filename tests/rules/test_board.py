"""The board's sums and what it says of them."""

from eoi.rules import board
from eoi.rules.board import STAGES_OF, Line
from eoi.rules.stages import Stage


def test_gap_counts_what_is_approved_opening_and_open_and_never_what_is_offered():
    assert Line("x", "Ashford", sought=50, offered=90, panel=20, approved=8, opening=4, open=3).gap == 35


def test_each_stage_stands_in_one_column_and_ended_ones_in_none():
    counted = [stage for stages in STAGES_OF.values() for stage in stages]
    assert len(counted) == len(set(counted))
    left = {Stage.DRAFT, Stage.DECLINED, Stage.DEFERRED, Stage.WITHDRAWN, Stage.INELIGIBLE, Stage.LAPSED}
    assert set(Stage) - set(counted) == {*left, Stage.NOT_ESTABLISHED}


def test_sentence_says_the_totals_and_where_most_is_missing():
    rows = [Line("a", "Ashford", sought=50, approved=10), Line("b", "Dover", sought=20, open=25)]
    said = "70 places sought. 0 offered, 0 at panel, 10 approved to proceed, 0 opening, 25 open."
    assert board.sentence(rows) == f"{said} The gap is 35 places. Most are missing in Ashford (40)."
    assert board.sentence([Line("b", "Dover", sought=2, open=5)], public=True) == (
        "2 places sought. 0 opening, 5 open. 3 places more than sought."
    )
    assert board.sentence([Line("b", "Dover")]) == "No places are sought or offered here."
