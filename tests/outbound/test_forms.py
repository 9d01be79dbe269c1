"""The school's own copy and the blank form."""

from datetime import UTC, datetime
from pathlib import Path as Folder

from eoi.outbound.papers import blank_form_html, eoi_html
from eoi.outbound.pdf_pool import Printer
from eoi.rules.facts import Facts
from eoi.rules.papers import BlankFormPaper
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.words import Need, Path, Phase, Step
from tests.outbound import example_cases, examples, reading

FORM = (
    Section(
        "offer",
        "The offer",
        Step.EOI,
        (
            Question("what", "What do you offer?", Kind.TEXT, words=100, dictionary="2.0"),
            Question("route", "How?", Kind.ONE_OF, options=(("adapt", "Adapt rooms"), ("new", "New building"))),
            Question("why_new", "Why new?", Kind.TEXT, words=50, required=False, shown_if=("route", "new")),
            Question(
                "rooms",
                "Rooms",
                Kind.ROWS,
                parts=(Question("name", "Name", Kind.LINE), Question("area", "Area", Kind.NUMBER)),
            ),
            Question("plan", "Floor plan", Kind.FILE),
        ),
    ),
    Section(
        "partner",
        "The partner",
        Step.EOI,
        (Question("partner", "Which special school?", Kind.SCHOOL),),
        applies=lambda facts: facts.path is Path.SATELLITE,
    ),
)
BLANK = BlankFormPaper(
    "Kent County Council",
    "Autumn 2026 round",
    "Expression of interest form",
    FORM,
    "https://eoi.example/apply",
    datetime(2026, 10, 30, 12, tzinfo=UTC),
)


def test_eoi_copy_shows_every_answer_and_its_seal(printer: Printer, tmp_path: Folder) -> None:
    paper = example_cases.eoi_copy()
    pdf = printer.pdf(eoi_html(paper))
    said = reading.text(pdf)
    assert reading.errors(pdf, tmp_path) == []
    assert said.count(paper.sha256) == reading.pages(pdf) + 1
    for section in paper.sections:
        for answer in section.answers:
            assert f"{answer.number} {answer.label}" in said
    for words in (
        example_cases.HUNDRED,
        "Second paragraph.",
        "No answer",
        "Willow Classroom 56",
        "Jo Bell",
        "Floor plan.pdf",
    ):
        assert words in said


def test_blank_form_asks_every_question(printer: Printer, tmp_path: Folder) -> None:
    pdf = printer.pdf(blank_form_html(BLANK))
    said = reading.text(pdf)
    assert reading.errors(pdf, tmp_path) == []
    for section in FORM:
        for question in section.questions:
            assert question.label in said
    assert "The round closes on 30 October 2026 at 12 noon." in said
    assert "Only if you answered “New building” to “How?”" in said


def test_blank_form_for_a_school_leaves_out_what_does_not_apply() -> None:
    facts = Facts(examples.PRIMARY, Path.SRP, Need.ASD, Phase.PRIMARY)
    paper = BlankFormPaper(BLANK.council, BLANK.round_name, BLANK.title, FORM, BLANK.start_url, facts=facts)
    assert [section.key for section, _ in paper.shown] == ["offer"]
    assert "Which special school?" not in blank_form_html(paper)
