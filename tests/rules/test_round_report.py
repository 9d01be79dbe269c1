"""The report of a round, worked by hand on four expressions of interest."""

from datetime import UTC, datetime

from eoi.rules.round_report import GROUP_OF, Area, Sent, report
from eoi.rules.stages import Stage

SENT = [
    Sent(1, "Ashford", Stage.APPROVED, 16, 250_000_00),
    Sent(2, "Ashford", Stage.DECLINED, 12, 100_00),
    Sent(3, "Dover", Stage.OPEN, 10, 50_000_00),
    Sent(4, "Swale", Stage.PANEL, 20, 0),
]


def day(number):
    return datetime(2026, 12, number, tzinfo=UTC)


def test_report_is_the_one_worked_by_hand():
    moves = [(1, day(1), "submitted"), (1, day(3), "check"), (1, day(10), "assessment"), (2, day(1), "check"),
             (2, day(6), "declined")]  # fmt: skip
    made = report("Autumn", SENT, {"Ashford": 40, "Thanet": 8}, moves)
    outcomes = {name: (cases, places) for name, cases, places in made.outcomes if cases}
    assert outcomes == {
        "Not decided": (1, 20), "Approved to proceed": (1, 16), "Open": (1, 10), "Declined": (1, 12),
    }  # fmt: skip
    assert made.areas[0] == Area("Ashford", 40, 2, 28, 16)
    assert [(area.district, area.share) for area in made.areas] == [
        ("Ashford", "40%"), ("Dover", "–"), ("Swale", "–"), ("Thanet", "0%"),
    ]  # fmt: skip
    assert made.times == (("Submitted", 1, 2.0), ("Completeness and eligibility check", 2, 6.0))
    assert made.sentence == (
        "48 places sought. 4 expressions of interest offered 58 places; 26 places approved to proceed or open. "
        "The capital of these is £300,000, as far as it is known."
    )


def test_each_stage_after_the_draft_has_one_group():
    assert set(GROUP_OF) == set(Stage) - {Stage.DRAFT}
