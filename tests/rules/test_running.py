"""Places running against the places sought."""

from eoi.rules.running import Offered, running


def test_places_run_within_their_need_line_and_only_what_is_taken_counts():
    offers = [
        Offered(1, "Ashford", 15, taken=True), Offered(2, "Dover", 10, taken=True),
        Offered(3, "Ashford", 20, taken=False), Offered(4, "Ashford", 12, taken=True),
    ]  # fmt: skip
    assert running(offers) == {1: 15, 2: 10, 3: 15, 4: 27}
