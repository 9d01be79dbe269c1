"""How many have to judge a case."""

import pytest

from eoi.rules.panel import Judges, judges


@pytest.mark.parametrize(
    ("one_assessor", "cases", "expected"),
    [(False, 1, Judges(3, 4)), (True, 2, Judges(3, 4)), (True, 0, Judges(3, 4)), (True, 1, Judges(1, 4, alone=True))],
)
def test_one_assessor_is_enough_only_where_the_round_says_so_and_one_case_is_in_it(one_assessor, cases, expected):
    assert judges(3, 4, one_assessor=one_assessor, cases=cases) == expected


@pytest.mark.parametrize(
    ("voices", "message"),
    [
        (("sen", "estates"), "at least 3 members"),
        (("sen", "school", "head"), "estates or finance"),
        (("sen", "head", "finance"), ""),
        (("sen", "sen", "estates", "head"), ""),
    ],
)
def test_quorum_counts_members_and_asks_for_estates_or_finance(voices, message):
    said = Judges(3, 3).missing(voices)
    assert message in said
    assert bool(said) is bool(message)
