"""Tables that leave the service."""

import csv
import io

import pytest

from eoi.outbound.tables import csv_of, defused


def test_csv_reads_back_and_carries_the_mark_of_utf8():
    text = csv_of(["School", "Places"], [["St Mary’s, “Kent”", 15], [None, 2.5]])
    assert text.startswith("\ufeffSchool,Places")
    assert list(csv.reader(io.StringIO(text[1:]))) == [
        ["School", "Places"], ["St Mary’s, “Kent”", "15"], ["", "2.5"],
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_defused(cell):
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [-2, 0, "Kent", "", "1-2"])
def test_other_cells_stay_as_they_are(cell):
    assert defused(cell) == cell
