"""Known ties, and scorers shared out by load."""

from datetime import date

import pytest

from eoi.rules.assigning import Around, Known, Lacking, shared_out, ties

CASE = Around(frozenset({1, 2}), frozenset({"Weald Trust"}), frozenset({"kim@hope.example"}))


@pytest.mark.parametrize(
    ("person", "told"),
    [
        (Known("olu@kent.example"), ()),
        (Known("olu@kent.example", {1: "Hope School"}, frozenset({"Weald Trust"})), ("account at Hope School",)),
        (Known("olu@kent.example", {9: "Far School"}, frozenset({"Weald Trust"})), (
            "account at a school of Weald Trust",)),
        (Known("olu@kent.example", {9: "Far School"}, frozenset({""})), ()),
        (Known("Kim@Hope.example"), ("named in the expression of interest",)),
    ],
)  # fmt: skip
def test_ties_are_accounts_trusts_and_addresses(person, told):
    assert ties(person, CASE) == told


def test_whoever_has_least_gets_the_most_urgent_case():
    later, soon = Lacking(1, 2, date(2027, 3, 1), frozenset()), Lacking(2, 1, date(2027, 2, 1), frozenset({7}))
    assert shared_out([later, soon], {7: 0, 8: 1, 9: 3}) == {2: (8,), 1: (7, 8)}


def test_nobody_barred_is_chosen_and_a_case_may_stay_short():
    undated = Lacking(1, 3, None, frozenset({8, 9}))
    assert shared_out([undated], {7: 4, 8: 0, 9: 0}) == {1: (7,)}


def test_cases_are_spread():
    cases = [Lacking(n, 1, None, frozenset()) for n in range(6)]
    given = shared_out(cases, {7: 0, 8: 0, 9: 0})
    assert sorted(who for chosen in given.values() for who in chosen) == [7, 7, 8, 8, 9, 9]
