from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eoi.rules.eligibility import choices, phase_refusal, refusal, school_refusal
from eoi.rules.facts import RoundFacts, StrandFacts
from eoi.rules.words import Need, Openness, Path, Phase
from tests.rules.schools import ALICES, SAMS, SPECIAL

AUTISM = (Path.SRP, Need.ASD, Phase.PRIMARY)
SEMH = (Path.SRP, Need.SEMH, Phase.PRIMARY)
CLOSED = (Path.SRP, Need.SLCN, Phase.PRIMARY)
SECONDARY = (Path.SRP, Need.ASD, Phase.SECONDARY)
ROUND = RoundFacts(
    "Spring 2027",
    datetime(2026, 11, 1, tzinfo=UTC),
    None,
    None,
    "y2026",
    False,
    (
        StrandFacts(*AUTISM, Openness.OPEN),
        StrandFacts(*SEMH, Openness.BY_EXCEPTION, "Not commissioned since 4 December 2025.", "25/00085"),
        StrandFacts(*CLOSED, Openness.CLOSED, "Enough places.", "25/00085"),
        StrandFacts(*SECONDARY, Openness.OPEN),
    ),
)


def test_school_refusal_takes_open_mainstream_schools_of_the_council():
    assert school_refusal(ALICES, "886") == ""
    assert school_refusal(replace(SAMS, status="Open, but proposed to close"), "886") == ""


@pytest.mark.parametrize(
    ("school", "words"),
    [
        (replace(ALICES, status="Closed"), "is not open"),
        (replace(ALICES, dfe_number="887/2001"), "is not in this council’s area"),
        (replace(ALICES, dfe_number=""), "is not in this council’s area"),
        (SPECIAL, "Only mainstream schools can host"),
        (replace(SAMS, type_name="Academy special converter"), "Only mainstream schools can host"),
        (replace(ALICES, type_name="Pupil referral unit"), "Only mainstream schools can host"),
        (replace(ALICES, type_group="Independent schools"), "Only mainstream schools can host"),
    ],
)
def test_school_refusal_says_why(school, words):
    assert words in school_refusal(school, "886")


@pytest.mark.parametrize(
    ("low", "high", "phases"),
    [
        (4, 11, [Phase.PRIMARY]),
        (5, 7, [Phase.PRIMARY]),
        (7, 11, [Phase.PRIMARY]),
        (11, 18, [Phase.SECONDARY]),
        (2, 19, [Phase.PRIMARY, Phase.SECONDARY]),
        (16, 19, []),
        (2, 4, []),
    ],
)
def test_phase_refusal_by_statutory_ages(low, high, phases):
    school = replace(ALICES, low_age=low, high_age=high)
    assert [phase for phase in Phase if not phase_refusal(school, phase)] == phases


def test_phase_refusal_without_ages_goes_by_the_register():
    school = replace(ALICES, low_age=None, high_age=None)
    assert phase_refusal(school, Phase.PRIMARY) == ""
    assert phase_refusal(school, Phase.SECONDARY) == (
        "Your school teaches the primary phase, so it cannot offer secondary places"
    )


def test_choices_give_each_strand_with_its_note_or_reason():
    found = choices(ROUND, ALICES, la_code="886", existing=frozenset({AUTISM}))
    assert [(c.need, c.phase, c.can, c.by_exception, c.reason) for c in found] == [
        (
            Need.ASD,
            Phase.PRIMARY,
            False,
            False,
            "Your school already has an expression of interest for this path, need and phase",
        ),
        (Need.SEMH, Phase.PRIMARY, True, True, ""),
        (Need.SLCN, Phase.PRIMARY, False, False, "Enough places (decision 25/00085)"),
        (
            Need.ASD,
            Phase.SECONDARY,
            False,
            False,
            "Your school teaches ages 4 to 11, so it cannot offer secondary places",
        ),
    ]
    assert found[1].note == "Not commissioned since 4 December 2025."


def test_refusal_of_a_strand_that_the_round_does_not_name():
    satellite = (Path.SATELLITE, Need.ASD, Phase.PRIMARY)
    assert refusal(ROUND, ALICES, *satellite, la_code="886") == "This round does not look for these places"
    assert refusal(ROUND, ALICES, *AUTISM, la_code="886") == ""
    assert refusal(ROUND, SPECIAL, *AUTISM, la_code="886").startswith("Only mainstream")
