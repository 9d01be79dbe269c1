"""Templates of letters: what ships is whole, what is hostile is refused or harmless, nothing is evaluated."""

from dataclasses import replace

import pytest

from eoi.outbound.papers import letter_html
from eoi.rules.papers import ConditionLine, LetterKind
from eoi.rules.statutory import Route
from eoi.rules.wording import shipped
from eoi.rules.wording.filling import fill, wrong
from eoi.rules.wording.markup import LONGEST, Heading, Listing, Paragraph, Whole, parse
from tests.outbound import examples

EVERY = [(kind, route) for kind in LetterKind for route in shipped.variants(kind)]
GOOD = shipped.text(LetterKind.RETURNED, Route.PROPOSAL)


@pytest.mark.parametrize(("kind", "route"), EVERY)
def test_what_ships_has_no_mistake(kind, route):
    assert wrong(shipped.text(kind, route or Route.PROPOSAL), kind) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ ''.__class__ }}", "There is no such field"),
        ("{{ places.__init__ }}", "There is no such field"),
        ("{{ {{places}} }}", "A field cannot hold another field"),
        ("{{places", "A field begins with {{ and ends with }}"),
        ("places}}", "A field begins with {{ and ends with }}"),
        ("{% for x in y %}", "Only plain words"),
        ("{# a note #}", "Only plain words"),
        ("<img src=file:///etc/passwd>", "Only plain words"),
        ("<script>alert(1)</script>", "Only plain words"),
        ("{{conditions}}", "This field does not belong in this letter"),
        ("We ask {{questions}} now", "This field stands on a line of its own"),
        ("{{your words}}\n\n{{your words}}", "This field can stand once"),
        ("x" * LONGEST, "A template has at most 20,000 characters"),
        ("a\n\n" * 300, "A template has at most 200 paragraphs"),
    ],
)
def test_hostile_template_is_refused(text, said):
    found = [one.message for one in wrong(f"{GOOD}\n\n{text}", LetterKind.RETURNED)]
    assert any(message.startswith(said) for message in found), found


@pytest.mark.parametrize(
    "text", ["{{ ''.__class__ }}", "{{ {{places}} }}", "{% x %}", "<b>x</b>", "file:///etc/passwd"]
)
def test_template_that_came_in_otherwise_is_text(text):
    """Nothing in it is evaluated or fetched, whatever stands in the database."""
    paper = replace(examples.letter(LetterKind.RETURNED), template=f"## A\n\n{text}")
    html = letter_html(paper)
    body = html.partition("<main>")[2].partition('<div class="sign-off">')[0]
    assert "class 'str'" not in body
    assert "<b>x</b>" not in body
    assert "src=" not in body


def test_approval_must_say_that_it_is_not_the_statutory_decision():
    text = shipped.text(LetterKind.APPROVED, Route.PROPOSAL).replace("not the statutory decision", "a decision")
    assert [one.words for one in wrong(text, LetterKind.APPROVED)] == ["not the statutory decision"]


def test_outcome_needs_what_it_rests_on():
    text = shipped.text(LetterKind.DECLINED, Route.PROPOSAL).replace("{{shortfalls}}", "")
    assert [(one.message, one.words) for one in wrong(text, LetterKind.DECLINED)] == [
        ("This letter needs this field", "shortfalls")
    ]


def test_markup_is_headings_lists_paragraphs_and_fields():
    blocks = parse("## One\nTwo **three** {{places}}\n\n- a\n- b\n\n1. c\n\n{{conditions}}\n\nlast")
    assert [type(block) for block in blocks] == [Heading, Paragraph, Listing, Listing, Whole, Paragraph]
    assert [(run.text, run.field, run.bold) for run in blocks[1].runs] == [
        ("Two ", False, False), ("three", False, True), (" ", False, False), ("places", True, False),
    ]  # fmt: skip
    assert (blocks[2].numbered, blocks[3].numbered, blocks[4].name) == (False, True, "conditions")


def test_empty_optional_field_takes_its_paragraph_and_a_bare_heading():
    paper = examples.letter(LetterKind.APPROVED)
    html = letter_html(replace(paper, offer=replace(paper.offer, opening=None)))
    assert "The earliest it could open" not in html
    html = letter_html(
        replace(examples.letter(LetterKind.DECLINED), template="## A\n\n{{round as a whole}}\n\n## B\n\nb")
    )
    assert ("<h2>A</h2>" in html, "<h2>B</h2>" in html) == (True, True)


def test_empty_field_that_is_needed_is_named():
    paper = examples.letter(LetterKind.APPROVED)
    assert fill(replace(paper, body=replace(paper.body, strengths=()))).empty == ("strengths",)


@pytest.mark.parametrize("name", ["Ysgol Gŵyr a’r Fro", "مدرسة الأمل", "A <b>bold</b> & “quoted” School", "x" * 180])
def test_names_of_any_script_and_with_markup_stand_as_they_are(name):
    paper = examples.letter(LetterKind.CONDITIONS)
    many = tuple(
        ConditionLine(f"{name} {n}", "A minute " * 30, "Headteacher", examples.CONDITIONS[0].due_on) for n in range(50)
    )
    html = letter_html(
        replace(paper, addressee=replace(paper.addressee, school=name), body=replace(paper.body, conditions=many))
    )
    assert "<b>bold</b>" not in html
    assert html.count("<tr><td>") == 50 + len(paper.body.next_steps)
