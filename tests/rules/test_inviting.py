"""The CSV of headteachers to invite."""

import pytest

from eoi.rules.inviting import Invited, read_invitations

SCHOOLS = {900001: "Hopefield Primary School"}
ALICE = Invited(900001, "Hopefield Primary School", "Alice Archer", "alice@hopefield.example")


def read(line: str, already: frozenset[tuple[int, str]] = frozenset()) -> Invited | str:
    return read_invitations(f"URN,Headteacher,Email\n{line}\n", SCHOOLS, already)[0][1]


def test_read_invitations_takes_a_line():
    assert read("900001, Alice Archer ,Alice@Hopefield.example") == ALICE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("900002,Sam,sam@elsewhere.example", "URN “900002” is not an open mainstream school of the council"),
        ("nine,Alice,alice@hopefield.example", "URN “nine” is not"),
        ("900001,,alice@hopefield.example", "Headteacher must be a name"),
        ("900001,Alice,alice@", "Email must be an address such as head@school.example, not “alice@”"),
        ("900001,Alice", "Email must be an address"),
    ],
)
def test_read_invitations_says_what_is_wrong(line, said):
    assert said in str(read(line))


def test_read_invitations_invites_nobody_twice():
    again = read("900001,Alice Archer,ALICE@hopefield.example", frozenset({ALICE.key}))
    assert again == "alice@hopefield.example was invited for Hopefield Primary School before"
