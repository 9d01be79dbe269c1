"""A paper survives being kept as JSON: what comes back equals what went in."""

import json

import pytest

from eoi.rules.papers import LetterKind, LetterPaper, freeze, thaw
from eoi.rules.words import Path
from tests.outbound import example_cases, examples


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_letter_of_every_kind_comes_back(kind, long):
    paper = examples.letter(kind, Path.SATELLITE, long=long)
    assert thaw(LetterPaper, json.loads(json.dumps(freeze(paper)))) == paper


@pytest.mark.parametrize("example", [example_cases.long_summary, example_cases.early_summary, example_cases.eoi_copy])
def test_other_papers_come_back(example):
    paper = example()
    assert thaw(type(paper), json.loads(json.dumps(freeze(paper)))) == paper


def test_frozen_parts_name_themselves():
    frozen = freeze(examples.letter(LetterKind.DECLINED))
    assert (frozen["is"], frozen["body"]["is"]) == ("LetterPaper", "Decline")
    assert frozen["on"] == "2026-11-24"


def test_field_added_later_takes_its_default():
    frozen = freeze(examples.letter(LetterKind.APPROVED))
    del frozen["paragraph"]
    assert thaw(LetterPaper, frozen).paragraph == ""


def test_body_of_no_known_kind_is_refused():
    frozen = freeze(examples.letter(LetterKind.APPROVED))
    frozen["body"]["is"] = "Promise"
    with pytest.raises(KeyError):
        thaw(LetterPaper, frozen)
