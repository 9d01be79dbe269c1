"""A table of provision is read forgivingly, guesses nothing, and says what to mend."""

from datetime import date
from pathlib import Path as File

import pytest

from eoi.rules import provision
from eoi.rules.words import Designation, Path, Phase, State

SCHOOLS = {100: "Hopefield", 200: "Meadow View"}
HEAD = ",".join(provision.HEADINGS)
GOOD = "100,Satellite of a special school,Autism,Primary,16,200,existing,Plan,31/03/2026,,no"


def read(line):
    [(_, found)] = provision.read_rows(f"{HEAD}\n{line}\n", SCHOOLS)
    return found


def test_read_rows_takes_a_line():
    assert read(GOOD) == provision.Row(
        100, Path.SATELLITE, Designation.ASD, Phase.PRIMARY, 16, 200, State.EXISTING, "Plan", date(2026, 3, 31), "",
        False,
    )  # fmt: skip
    assert read(GOOD.replace(",16,200,", ",,,").replace("31/03/2026", "")).places is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("100,", "999,", "URN “999” is not one of the council's schools"),
        (",200,", ",999,", "Special school URN “999”"),
        ("Autism", "Dance", "Need must be Autism, "),
        (",16,", ",-3,", "Places must be a whole number from 1 to 300, or empty, not “-3”"),
        ("Plan", "", "Source must say"),
        ("31/03/2026", "spring", "As at must be a date"),
        (",no", ",maybe", "Illustrative must be yes or no"),
    ],
)
def test_read_rows_says_what_to_mend(old, new, said):
    assert read(GOOD.replace(old, new)).startswith(said)


def test_shipped_list_is_read_whole_and_its_odd_numbers_are_kept_as_words():
    text = (File(__file__).parents[2] / "eoi/data/kent_srps.csv").read_text("utf-8")
    schools = dict.fromkeys(range(100_000, 150_000), "A school")
    rows = [row for _, row in provision.read_rows(text, schools)]
    assert len(rows) == 34
    assert not [row for row in rows if isinstance(row, str)]
    existing = [row for row in rows if row.state is State.EXISTING and row.places]
    assert sum(row.places for row in existing) == 8 + 31 + 20 + 30 + 12 + 11 + 14 + 10 + 5 + 10
    joint = next(row for row in rows if row.urn == 118359)
    assert (joint.places, joint.state, joint.note) == (None, State.PLANNED, "proposed 2022; 20 joint with Junior")
    assert next(row for row in rows if row.urn == 141881).need is Designation.ASD  # SEMH then ASD


def test_changes_are_told_as_sentences():
    before = {"places": 8, "state": State.PLANNED, "about": "", "opened_on": None}
    after = {"places": 12, "state": State.EXISTING, "about": "Long.", "opened_on": date(2027, 9, 1)}
    assert provision.changes(before, after) == (
        "Places: 12, before 8. Opening date: 1 September 2027, before not known. About the provision: new text. "
        "State: Existing, before Planned or proposed."
    )
    assert provision.changes(after, after) == ""
