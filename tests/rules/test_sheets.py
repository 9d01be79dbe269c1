"""Officers' CSVs are read forgivingly, and refused clearly."""

from datetime import date

import pytest

from eoi.rules.errors import BadFile
from eoi.rules.sheets import day, rows_of, text_of, whole, yes

HEADINGS = ("URN", "Name")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_of_reads_what_spreadsheets_write(encoding):
    assert text_of("URN,Name\n1,Zoë’s\n".encode(encoding)) == "URN,Name\n1,Zoë’s\n"


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", "URN".encode("utf-16"), b"a\0b", b"caf\x81\xe9"])
def test_text_of_refuses_what_is_not_csv(content):
    with pytest.raises(BadFile):
        text_of(content)


@pytest.mark.parametrize("text", ["URN,Name\n1, Hop \n", "name;urn\nHop;1\n", "\n\nURN\tNAME\tmore\n1\tHop\tx\n"])
def test_rows_of_takes_any_order_case_and_separator(text):
    assert [row for _, row in rows_of(text, HEADINGS)] == [{"URN": "1", "Name": "Hop"}]


def test_rows_of_keeps_the_numbers_of_the_file():
    text = 'URN,Name\n1,"two\nlines"\n\n,\n2,b\n'
    assert [number for number, _ in rows_of(text, HEADINGS)] == [3, 6]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must name these columns, and does not: URN, Name"),
        ("URN\n1\n", "does not: Name"),
        ("URN,Name,urn\n", "names a column twice: URN"),
        ('URN,Name\n1,"never closed\n', "Line 2 cannot be read"),
    ],
)
def test_rows_of_refuses_with_the_reason(text, said):
    with pytest.raises(BadFile, match=said):
        list(rows_of(text, HEADINGS))


def test_rows_of_refuses_more_lines_than_a_council_has():
    with pytest.raises(BadFile, match="more than 50,000 lines"):
        list(rows_of("URN,Name\n" + "1,a\n" * 50_001, HEADINGS))


@pytest.mark.parametrize("typed", ["2026-03-31", "31/03/2026", "31-03-2026", "31 March 2026"])
def test_day_reads_the_usual_shapes(typed):
    assert day(typed) == date(2026, 3, 31)


@pytest.mark.parametrize("typed", ["", "31/02/2026", "03/31/2026", "yesterday"])
def test_day_is_none_for_anything_else(typed):
    assert day(typed) is None


def test_whole_reads_plain_numbers_only():
    assert [whole(t) for t in ("0", "1,200", "-42", "", "3.5", "٣", "12x", "9" * 13)] == [
        0, 1200, -42, None, None, None, None, None,
    ]  # fmt: skip


def test_yes_reads_yes_and_no():
    assert [yes(t) for t in ("Yes", "y", "NO", "", "perhaps")] == [True, True, False, None, None]
