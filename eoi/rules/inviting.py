"""Inviting schools: what a line of the CSV must say, and whom it would invite."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from eoi.rules.parsing import examine
from eoi.rules.questions.types import Kind, Question
from eoi.rules.sheets import rows_of, whole

HEADINGS = ("URN", "Headteacher", "Email")
EMAIL = Question("email", "Email", Kind.EMAIL)


@dataclass(frozen=True, slots=True)
class Invited:
    """A headteacher to invite. The address is in the form in which addresses are compared: lower case."""

    urn: int
    school: str
    headteacher: str
    email: str

    @property
    def key(self) -> tuple[int, str]:
        return (self.urn, self.email)


def read_invitations(
    text: str, schools: Mapping[int, str], already: Set[tuple[int, str]]
) -> list[tuple[int, Invited | str]]:
    """Every line with its number: whom it invites, or what is wrong with it.

    `schools` holds the open mainstream schools, URN to name; `already` whom the council invited before. Raises BadFile.
    """
    return [(number, _invited(cells, schools, already)) for number, cells in rows_of(text, HEADINGS)]


def _invited(cells: Mapping[str, str], schools: Mapping[int, str], already: Set[tuple[int, str]]) -> Invited | str:
    urn = whole(cells["URN"])
    if urn is None or urn not in schools:
        return f"URN “{cells['URN']}” is not an open mainstream school of the council"
    if not 2 <= len(cells["Headteacher"]) <= 200:
        return "Headteacher must be a name of 2 to 200 characters"
    address = examine(EMAIL, cells["Email"])
    if address.errors or not address.value:
        return f"Email must be an address such as head@school.example, not “{cells['Email']}”"
    email = str(address.value).lower()
    if (urn, email) in already:
        return f"{email} was invited for {schools[urn]} before"
    return Invited(urn, schools[urn], cells["Headteacher"], email)
