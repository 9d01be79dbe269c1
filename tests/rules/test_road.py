"""What a school may know of its road."""

from datetime import date

import pytest

from eoi.rules.road import expected, shown_stage, standing
from eoi.rules.stages import DECIDING, SILENT_UNTIL_LETTER, STAGES, Stage, public_label


def at(stage, issued=False, **more):
    return standing(stage, issued, detail_with_eoi=False, decider="Head of SEN", **more)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("issued", [True, False])
def test_standing_has_the_public_name(stage, issued):
    where = at(stage, issued)
    assert where.name == public_label(stage, issued)
    assert where.happening.endswith(".")
    assert where.steps == () or 0 <= where.at < len(where.steps)


def test_untold_outcomes_are_all_the_same():
    assert {at(stage) for stage in SILENT_UNTIL_LETTER} == {at(Stage.WITH_HEAD)}
    assert at(Stage.WITH_HEAD).steps[at(Stage.WITH_HEAD).at] == DECIDING


@pytest.mark.parametrize("stage", [Stage.INELIGIBLE_PROPOSED, Stage.DECLINE_PROPOSED])
def test_proposals_are_the_check(stage):
    assert shown_stage(stage, False) is Stage.CHECK
    assert at(stage) == at(Stage.CHECK)


@pytest.mark.parametrize("stage", list(Stage))
def test_turn_is_whose_court_it_is(stage):
    turns = {"school": "With you", "council": "With the council", "nobody": "Finished"}
    assert at(stage, issued=True).turn == turns[STAGES[stage].court]


def test_road_without_a_detail_of_its_own_is_shorter():
    whole = standing(Stage.PANEL, False, detail_with_eoi=True, decider="Head of SEN")
    assert "Detail from you" not in whole.steps
    assert whole.steps[whole.at] == "With the panel"


def test_expected_days_skip_holidays_and_add_what_the_school_took():
    christmas = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
    days = expected(date(2026, 12, 18), 0, christmas)
    assert days.checked_by == date(2027, 1, 6)
    assert days.letter_by == date(2027, 3, 3)
    assert expected(date(2026, 12, 18), 15, christmas).letter_by == date(2027, 3, 24)
