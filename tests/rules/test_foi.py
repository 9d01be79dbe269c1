import pytest

from eoi.rules.foi import MARKED, Exemption, Item, Piece, pieces, proposal
from eoi.rules.questions import form
from eoi.rules.records import RECORDS


def item(section, person=False):
    return Item("answer x", "Group", "Label", "Text", section, person)


@pytest.mark.parametrize(
    ("one", "decided", "marked", "exemption"),
    [
        (item("contacts", person=True), True, (), Exemption.PERSONAL),
        (item("scores"), False, (), Exemption.CONDUCT),
        (item("panel"), False, (), Exemption.CONDUCT),
        (item("scores"), True, (), None),
        (item("money"), True, ("money",), Exemption.COMMERCIAL),
        (item("money"), True, ("building",), None),
        (item("need"), False, ("money",), None),
    ],
)
def test_rules_propose_what_the_act_exempts(one, decided, marked, exemption):
    found = proposal(one, marked=marked, why="A lease is being talked about", decided=decided)
    assert (found.withheld, found.exemption) == (exemption is not None, exemption)
    assert bool(found.reason) is found.withheld


def test_junior_names_addresses_and_numbers_are_cut_out():
    found = pieces("Olu Example wrote to x@y.example on 01622 123 456.", {"Olu Example", "Al"})
    assert found == (
        Piece("Olu Example", Exemption.PERSONAL), Piece(" wrote to "), Piece("x@y.example", Exemption.PERSONAL),
        Piece(" on "), Piece("01622 123 456", Exemption.PERSONAL), Piece("."),
    )  # fmt: skip


def test_text_without_any_is_one_piece():
    assert pieces("", ()) == (Piece(""),)
    assert pieces("Twelve places", ()) == (Piece("Twelve places"),)


def test_marks_name_sections_of_the_form():
    known = {section.key for section in form("y2026").sections}
    assert set().union(*MARKED.values()) <= known
    _, question = form("y2026").question("sensitive_parts")
    assert set(MARKED) == {key for key, _ in question.options}
    assert {"sift", "assessed", "panel"} <= set(RECORDS)
