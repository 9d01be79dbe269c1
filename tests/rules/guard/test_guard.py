"""The guard lets through what agrees with the record, and points at what does not."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eoi.rules.guard import Code, Known, check
from eoi.rules.papers import LetterKind, Shortfall
from eoi.rules.papers.kinds import APPROVALS, OUTCOMES
from tests.outbound import examples
from tests.rules.guard.facts import fields_of, told, true_text
from tests.rules.guard.harmless import HARMLESS
from tests.rules.guard.records import papers

SCHOOLS = ((900001, "Hopefield Primary School"), (900009, "The Quay"), (900010, "St John’s"))
KNOWN = Known(schools=SCHOOLS)
QUICK = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def missed(paper):
    """The single-fact mutations of this letter that the guard lets through: (field, mutator)."""
    for field in fields_of(paper):
        for mutator, words in field.false:
            if not check(told(paper, field.sentence.format(words)), KNOWN):
                yield field.name, mutator


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_letter_as_drafted_is_let_through(kind, long):
    assert check(examples.letter(kind, long=long), KNOWN) == ()


@QUICK
@given(papers(), st.lists(st.sampled_from(HARMLESS), max_size=8, unique=True))
def test_guard_accepts_what_is_true_and_what_is_harmless(paper, harmless):
    assert check(paper, KNOWN) == ()
    text = "\n\n".join([true_text(paper), *harmless])
    assert check(told(paper, text), KNOWN) == ()


@QUICK
@given(papers())
def test_guard_rejects_a_single_fact_turned_false(paper):
    assert Counter(missed(paper)) == Counter()


def test_there_are_fifty_harmless_edits_and_none_is_found_fault_with():
    assert len(set(HARMLESS)) == 50
    for kind in OUTCOMES:
        for text in HARMLESS:
            assert check(told(examples.letter(kind), text), KNOWN) == (), text


@pytest.mark.parametrize(
    "text",
    [
        "You will open in September 2027.",
        "Your provision is established.",
        "This is our final approval.",
        "You can now recruit staff.",
        "The funding is agreed.",
        "The places are commissioned.",
        "We guarantee the money.",
    ],
)
@pytest.mark.parametrize("kind", sorted(APPROVALS))
def test_approval_that_claims_more_is_found(kind, text):
    assert Code.CLAIM in {found.code for found in check(told(examples.letter(kind), text))}


@pytest.mark.parametrize(
    "text",
    [
        "This does not establish the provision.",
        "Please wait until the provision is established.",
        "The earliest it could open is September 2027.",
    ],
)
def test_what_denies_a_claim_claims_nothing(text):
    assert check(told(examples.letter(LetterKind.APPROVED), text)) == ()


def test_finding_points_at_its_words():
    text = "We liked it.\n\nThe 16 places are near."
    (found,) = check(told(examples.letter(LetterKind.DECLINED), text))
    assert (found.code, found.place, found.words) == (Code.NUMBER, "paragraph", "16")
    assert text[found.start : found.end] == "16"


def test_words_of_an_internal_note_are_found():
    note = "Between us the head seemed unsure about the money and the chair was late."
    text = "Between us the head seemed unsure about the money."
    paper = told(examples.letter(LetterKind.DECLINED), text)
    (found,) = check(paper, Known(internal=(note,)))
    assert found.code is Code.INTERNAL
    assert check(paper) == ()


def test_other_school_is_found_in_reasons_too():
    paper = examples.letter(LetterKind.DECLINED)
    body = replace(paper.body, shortfalls=(Shortfall("Meets published need", "The Quay has places already"),))
    (found,) = check(replace(paper, body=body), KNOWN)
    assert (found.code, found.place, found.words) == (Code.SCHOOL, "reasons", "The Quay")


def test_urn_of_another_school_is_found():
    (found,) = check(told(examples.letter(LetterKind.DECLINED), "Ask URN 900001 about it."), KNOWN)
    assert found.code is Code.SCHOOL


def test_reason_without_its_criterion_is_found():
    paper = examples.letter(LetterKind.DECLINED)
    body = replace(paper.body, shortfalls=(Shortfall("", "Too far"),))
    assert [found.code for found in check(replace(paper, body=body))] == [Code.REASON]


def test_empty_field_and_broken_template_are_found():
    paper = examples.letter(LetterKind.APPROVED)
    found = check(replace(paper, template="## Hello\n\n{{needed by}} {{nothing}}"))
    assert {one.code for one in found} == {Code.EMPTY, Code.TEMPLATE}
    assert Code.EMPTY in {one.code for one in check(replace(paper, body=replace(paper.body, strengths=())))}
