"""One spelling for a school's name, however it is typed."""

import pytest

from eoi.rules.lookup import anchor, index_words, nearest, words


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("St Mary's Church of England", ("st", "mary", "ce")),
        ("st marys cofe", ("st", "mary", "ce")),
        ("SAINT MARY’S C.E.", ("st", "mary", "ce")),
        ("St. John's R.C.", ("st", "john", "catholic")),
        ("Roman Catholic Primary & Nursery", ("catholic", "primary", "nursery")),
        ("Voluntary Aided pri", ("va", "primary")),
        ("Zoë Café", ("zoe", "cafe")),
        ("me13 8ab", ("me138ab",)),
        ("ME13 8", ("me138",)),
        ("886/2066", ("886", "2066")),
        ("the of and", ()),
        ("%_'\"\\", ()),
        ("", ()),
    ],
)
def test_words_are_spelt_one_way(typed, spelt):
    assert words(typed) == spelt


def test_index_words_keep_the_name_as_written_and_as_shortened():
    assert index_words("St Mary's Church of England School", "Deal", "CT14 7AA") == {
        "st", "saint", "mary", "church", "of", "england", "ce", "school", "deal", "ct147aa",
    }  # fmt: skip


def test_anchor_is_the_longest_telling_word():
    assert anchor(("st", "mary", "augustine", "primary")) == "augustine"
    assert anchor(("st", "pri", "scho")) is None
    assert anchor(()) is None


@pytest.mark.parametrize("typed", ["maidstoen", "maidston", "maidsone", "maidxtone", "maiddstone"])
def test_nearest_forgives_one_slip(typed):
    assert nearest(typed, ["margate", "maidstone", "malling"]) == "maidstone"


def test_nearest_forgives_a_slip_in_a_word_half_typed():
    assert nearest("garlni", ["garlinge", "gravesend"]) == "garlinge"


def test_nearest_does_not_guess():
    assert nearest("xyzzy", ["maidstone", "margate"]) is None
