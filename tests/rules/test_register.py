"""A line of the register: what is read, what is refused, what differs."""

from datetime import date

import pytest

from eoi.rules.errors import BadFile
from eoi.rules.register import NAMES, Change, Wrong, differences, layout, parse
from tests.extracts import DATA, HEADINGS, school

SAMPLE = (DATA / "gias_kent.csv").read_text("utf-8-sig").splitlines()[0].split(",")


def values(**changes: str) -> dict[str, object]:
    filled = school(118246, **changes)
    return dict(zip(NAMES, parse([filled.get(h, "") for h in HEADINGS], layout(HEADINGS)), strict=True))


def test_layout_takes_the_full_extract_and_the_sample():
    assert (layout(HEADINGS).width, layout(HEADINGS).is_sample) == (140, False)
    assert (layout(SAMPLE).width, layout(SAMPLE).is_sample) == (36, True)


@pytest.mark.parametrize("heading", ["URN", "Trusts (name)", "SchoolCapacity", "HeadLastName"])
def test_layout_refuses_a_missing_column_by_name(heading):
    with pytest.raises(BadFile) as refused:
        layout([h for h in HEADINGS if h != heading])
    assert refused.value.message == f"The file lacks 1 of the columns that are read: {heading}."


def test_layout_refuses_a_column_named_twice():
    with pytest.raises(BadFile, match="names a column twice: URN"):
        layout([*HEADINGS, "URN"])


def test_layout_does_not_read_the_ofsted_grade():
    assert not [name for name in NAMES if "ofsted" in name]


def test_parse_reads_every_kind_of_value():
    read = values(NumberOfPupils="204.5", OpenDate="01-09-1999", Postcode="me138ab", CHNumber="01234567")
    assert (read["urn"], read["roll"], read["open_date"]) == (118246, 204.5, date(1999, 9, 1))
    assert (read["postcode"], read["website"]) == ("ME13 8AB", "http://www.school.example")
    assert (read["head_name"], read["trust_companies_number"], read["diocese"]) == ("Mrs Alice Example", "01234567", "")
    assert (read["latitude"], read["longitude"]) == (51.4312, 0.17399)


def test_parse_takes_nothing_known_as_none():
    bare = values(SchoolCapacity="", NumberOfPupils="0", Easting="", OpenDate="", StatutoryHighAge="0")
    assert [bare[n] for n in ("capacity", "roll", "latitude", "open_date", "high_age")] == [None] * 5


@pytest.mark.parametrize(
    ("heading", "typed", "said"),
    [
        ("URN", "x18246", "URN must be a number of six digits, not “x18246”"),
        ("EstablishmentName", " ", "EstablishmentName is empty"),
        ("EstablishmentName", "x" * 201, "EstablishmentName is longer than 200 characters"),
        ("EstablishmentStatus (name)", "Shut", "EstablishmentStatus (name) must be Open"),
        ("SchoolCapacity", "many", "SchoolCapacity must be a number, not “many”"),
        ("SchoolCapacity", "210.5", "SchoolCapacity must be a whole number from 0 to 20,000, not “210.5”"),
        ("NumberOfPupils", "-3", "NumberOfPupils must be a number, not “-3”"),
        ("OpenDate", "1999-09-01", "OpenDate must be a date dd-mm-yyyy, not “1999-09-01”"),
        ("CloseDate", "31-02-2020", "CloseDate must be a date"),
        ("Postcode", "ME13 8AB ME13", "Postcode must be a postcode"),
    ],
)
def test_parse_says_what_is_wrong(heading, typed, said):
    with pytest.raises(Wrong) as wrong:
        values(**{heading: typed})
    assert str(wrong.value).startswith(said)


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "not a site", "ftp://x.example"])
def test_parse_keeps_no_address_that_is_not_a_web_page(typed):
    assert values(SchoolWebsite=typed)["website"] == ""


def test_differences_name_each_value_as_the_extract_does():
    changes = differences(values(), values(SchoolCapacity="240", Town="Deal", TelephoneNum=""))
    assert changes == (
        Change("SchoolCapacity", 210, 240),
        Change("Town", "Sevenoaks", "Deal"),
        Change("TelephoneNum", "01622000000", ""),
    )
    assert [str(c) for c in changes][2] == "TelephoneNum: 01622000000 → (empty)"
