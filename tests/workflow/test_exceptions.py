"""The case for an exception and its answer."""

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.models.submission import Exception_
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, WrongStage
from eoi.rules.stages import Stage
from eoi.rules.words import Need
from eoi.workflow import exceptions


@pytest.fixture
def draft(cases):
    return cases.at(Stage.DRAFT, need=Need.SEMH)


@pytest.fixture
def asked(draft, people):
    exceptions.ask(draft, " Nobody else is near. ", seen=draft.version, by=people.actor("alice"))
    db.session.commit()
    return draft


def test_ask_keeps_the_case(asked):
    assert (asked.exception, asked.exception_case) == (Exception_.ASKED, "Nobody else is near.")
    assert not asked.may_be_filled


@pytest.mark.parametrize(
    ("case", "by", "refusal"),
    [("", "alice", Invalid), ("w " * 151, "alice", Invalid), ("x", "ed", NotAllowed), ("x", "sam", NotAllowed)],
)
def test_ask_refuses(draft, people, case, by, refusal):
    with pytest.raises(refusal):
        exceptions.ask(draft, case, seen=draft.version, by=people.actor(by))
    assert draft.exception is Exception_.TO_ASK


def test_ask_once_and_of_what_was_seen(asked, people):
    with pytest.raises(MovedOn):
        exceptions.ask(asked, "x", seen=asked.version - 1, by=people.actor("alice"))
    with pytest.raises(WrongStage):
        exceptions.ask(asked, "x", seen=asked.version, by=people.actor("alice"))


@pytest.mark.parametrize(("allowed", "then"), [(True, Exception_.ALLOWED), (False, Exception_.REFUSED)])
def test_answer_opens_the_form_or_not_and_tells_the_school(asked, people, mailbox, allowed, then):
    exceptions.answer(asked, allowed, "So it is.", seen=asked.version, by=people.actor("olu"))
    db.session.commit()
    assert (asked.exception, asked.may_be_filled, asked.exception_answer) == (then, allowed, "So it is.")
    jobs.drain()
    assert "So it is." in mailbox.texts[0]


@pytest.mark.parametrize(
    ("reason", "by", "refusal"), [(" ", "olu", Invalid), ("x", "alice", NotAllowed), ("x", "priya", NotAllowed)]
)
def test_answer_refuses(asked, people, reason, by, refusal):
    with pytest.raises(refusal):
        exceptions.answer(asked, True, reason, seen=asked.version, by=people.actor(by))
    assert asked.exception is Exception_.ASKED
