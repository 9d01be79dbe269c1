"""Need lines from CSV: what each line becomes, and what an upload would change."""

from dataclasses import replace
from datetime import date

import pytest

from eoi.rules.need import HEADINGS, Line, first_year, read_lines, school_year
from eoi.rules.sheets import Rejected, preview
from eoi.rules.words import Need, Path, Phase

DISTRICTS = {"E07000105": "Ashford", "E07000112": "Folkestone and Hythe"}
ASHFORD = Line(
    2027, "E07000105", "Ashford", Need.ASD, Phase.PRIMARY, Path.SRP, 30, "Plan", date(2026, 3, 31), False
)  # fmt: skip
TYPED = dict(
    zip(
        HEADINGS,
        ("2027-28", "Ashford", "Autism", "Primary", "Resourced provision", "30", "Plan", "31/03/2026", "no"),
        strict=True,
    )
)


def text(*rows: dict[str, str]) -> str:
    return "\n".join(",".join(values) for values in (HEADINGS, *(row.values() for row in rows))) + "\n"


def test_read_lines_takes_a_line_as_people_write_it():
    assert read_lines(text(TYPED), DISTRICTS) == [(2, ASHFORD)]


def test_read_lines_takes_codes_too():
    coded = {**TYPED, "Year": "2027", "District": "e07000112", "Need": "ASD", "Path": "SRP", "Places sought": "1,200"}
    folkestone = replace(ASHFORD, district_code="E07000112", district_name="Folkestone and Hythe", places=1200)
    assert read_lines(text(TYPED | coded).replace("1,200", '"1,200"'), DISTRICTS) == [(2, folkestone)]


@pytest.mark.parametrize(
    ("heading", "typed", "said"),
    [
        ("Year", "next", "Year must be a school year such as 2027 or 2027-28, not “next”"),
        ("Year", "2027-29", "Year must be a school year"),
        ("District", "Medway", "District “Medway” is not one of the council's: Ashford, Folkestone and Hythe"),
        ("Need", "PD", "Need must be Autism or"),
        ("Phase", "nursery", "Phase must be Primary or Secondary, not “nursery”"),
        ("Path", "unit", "Path must be Resourced provision or Satellite of a special school, not “unit”"),
        ("Places sought", "some", "Places sought must be a whole number from 0 to 2,000, not “some”"),
        ("Places sought", "-1", "Places sought cannot be negative"),
        ("Source", "", "Source is empty"),
        ("Source", "x" * 201, "Source must be 200 characters or fewer"),
        ("As at", "31/02/2026", "As at must be a date such as 31/03/2026"),
        ("Illustrative", "", "Illustrative must be yes or no"),
    ],
)
def test_read_lines_says_what_is_wrong(heading, typed, said):
    ((number, wrong),) = read_lines(text({**TYPED, heading: typed}), DISTRICTS)
    assert number == 2
    assert said.split(" or")[0] in str(wrong)


def test_preview_sorts_lines_into_what_they_do():
    more, new = replace(ASHFORD, places=31), replace(ASHFORD, year=2028)
    read = [(2, ASHFORD), (3, new), (4, "Year is wrong"), (5, new)]
    same = preview(read, {ASHFORD.key: ASHFORD})
    assert (same.added, same.changed, same.unchanged) == ([new], [], [ASHFORD])
    assert same.rejected == [Rejected(4, "Year is wrong"), Rejected(5, "This repeats line 3")]
    assert preview([(2, more)], {ASHFORD.key: ASHFORD}).changed == [(ASHFORD, more)]


def test_preview_digest_names_exactly_these_changes():
    more = replace(ASHFORD, places=31)
    assert preview([(2, more)], {}).digest() == preview([(2, more)], {}).digest()
    assert preview([(2, more)], {}).digest() != preview([(2, more)], {ASHFORD.key: ASHFORD}).digest()


def test_first_year_and_school_year_agree():
    assert [first_year(t) for t in ("2027", "2027-28", "2027/28", "2027 to 2028", "27", "1999")] == [
        2027, 2027, 2027, 2027, None, None,
    ]  # fmt: skip
    assert school_year(2027) == "2027 to 2028"
