"""Each letter, by path, by type of the school that changes, and at its shortest and longest."""

from dataclasses import replace
from itertools import product
from pathlib import Path as Folder

import pytest

from eoi.outbound.papers import letter_html
from eoi.outbound.pdf_pool import Printer
from eoi.rules.papers import Context, Decline, LetterKind
from eoi.rules.papers.kinds import OUTCOMES
from eoi.rules.words import Path
from tests.outbound import examples, reading

DECISIONS = (LetterKind.APPROVED, LetterKind.CONDITIONS, LetterKind.DECLINED, LetterKind.DEFERRED)


#: Each template once; shortest and longest of all of them stand in the gallery of `make proof`.
SAMPLE = [
    *(
        (kind, path, academy, path is Path.SRP)
        for kind, path, academy in product(sorted(OUTCOMES), Path, (False, True))
    ),
    *((kind, Path.SRP, False, long) for kind in sorted(set(LetterKind) - OUTCOMES) for long in (False, True)),
]


@pytest.mark.parametrize(("kind", "path", "academy", "long"), SAMPLE)
def test_letter_is_accessible_and_whole(
    kind: LetterKind, path: Path, academy: bool, long: bool, printer: Printer, tmp_path: Folder
) -> None:
    for _ in (long,):
        paper = examples.letter(kind, path, academy, long)
        pdf = printer.pdf(letter_html(paper))
        said = reading.text(pdf)
        assert reading.errors(pdf, tmp_path) == []
        assert reading.outside(pdf) == []
        for words in (
            "Kent County Council",
            "EOI-2026-0001/L2",
            "24 November 2026",
            f"Dear {paper.addressee.salutation}",
            paper.addressee.school,
            kind.subject,
            paper.signatory.name,
            paper.signatory.role,
            "olu.adebayo@council.example",
        ):
            assert words in said
        assert said.count("letter EOI-2026-0001/L2, version 1") == reading.pages(pdf)
        assert said.count("Demonstration, not a decision") == reading.pages(pdf) + 1


@pytest.mark.parametrize("kind", [LetterKind.APPROVED, LetterKind.CONDITIONS])
@pytest.mark.parametrize(
    ("path", "academy", "route"),
    [
        (Path.SRP, False, "Your route is: statutory proposal by the council."),
        (Path.SRP, True, "Your route is: significant change by the academy trust."),
        (Path.SATELLITE, False, "Your route is: statutory proposal for the special school."),
        (Path.SATELLITE, True, "Your route is: significant change by the special academy."),
    ],
)
def test_approval_claims_no_more_than_approved_to_proceed(
    kind: LetterKind, path: Path, academy: bool, route: str
) -> None:
    html = letter_html(examples.letter(kind, path, academy))
    assert "This is not the statutory decision" in html
    assert "It does not establish the provision." in html
    assert "We make no capital commitment" in html
    assert "Do not advertise the provision, recruit staff for it or promise a place in it yet." in html
    assert route in html
    assert ("£10,000 a place a year" in html) is (path is Path.SATELLITE)
    assert ("£6,000 a year" in html) is (path is Path.SRP)


def test_approval_with_conditions_numbers_them_in_part_5(printer: Printer) -> None:
    said = reading.text(printer.pdf(letter_html(examples.letter(LetterKind.CONDITIONS, long=True))))
    assert "The conditions are in part 5." in said
    assert "5. Conditions" in said
    assert "6. If a condition is not met This approval lapses on 30 April 2027" in said
    for number, condition in enumerate(examples.CONDITIONS, 1):
        assert f"{number} {condition.text[:20]}" in said


def test_decline_says_so_in_the_first_two_sentences(printer: Printer) -> None:
    said = reading.text(printer.pdf(letter_html(examples.letter(LetterKind.DECLINED))))
    opening = said[said.index("1. Our decision") :].split(". ")
    assert "We have decided to decline it" in " ".join(opening[1:3])


@pytest.mark.parametrize(("received", "shown"), [(4, False), (5, True), (None, False)])
def test_decline_hides_small_numbers_of_other_schools(received: int | None, shown: bool) -> None:
    paper = examples.letter(LetterKind.DECLINED)
    assert isinstance(paper.body, Decline)
    html = letter_html(replace(paper, body=replace(paper.body, context=Context(30, received))))
    assert ("We received" in html) is shown
    assert "We were looking for 30 places of this kind" in html


@pytest.mark.parametrize("kind", DECISIONS)
def test_decision_offers_a_review_of_process_and_the_complaints_route(kind: LetterKind) -> None:
    html = letter_html(examples.letter(kind))
    assert "Write to the Director of Education" in html
    assert "by 8 December 2026" in html
    assert "Local Government and Social Care Ombudsman" in html


def test_letter_outside_demonstration_carries_no_mark() -> None:
    assert "Demonstration" not in letter_html(examples.letter(LetterKind.APPROVED, demonstration=False))


def test_letter_signed_under_delegation_names_the_head_of_sen() -> None:
    html = letter_html(examples.letter(LetterKind.APPROVED, long=True))
    assert "On behalf of Harriet Stone, Head of SEN" in html
