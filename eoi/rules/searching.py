"""What a search of cases finds, and for whom: one tokenizer for what is stored and for what is typed.

Each case has the words of each audience apart, so that whoever searches never learns of a word that they may not read.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from eoi.rules.permissions import Actor, Permission, Relation, relation_of
from eoi.rules.questions.types import Form
from eoi.rules.showing import reaches_somebody, shown

MOST_TERMS = 8
LONGEST_WORD = 60  # characters; more tells a reader nothing, and a database has its limits
_APOSTROPHES = re.compile("['’‘`´]")
_WORD = re.compile(r"[^\W_]+")


class Readers(StrEnum):
    """Who may read the words: everybody of the case, those who judge it too, the case team alone."""

    SCHOOL = "school"
    PANEL = "panel"
    CASE_TEAM = "case_team"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order: small letters and digits, without accents and apostrophes."""
    line = _APOSTROPHES.sub("", text.lower())
    if not line.isascii():
        line = "".join(c for c in unicodedata.normalize("NFKD", line) if not unicodedata.combining(c))
    return tuple(word[:LONGEST_WORD] for word in _WORD.findall(line))


def terms(typed: str) -> tuple[str, ...]:
    """What a search looks for: beginnings of words, each once, `MOST_TERMS` at most."""
    return tuple(dict.fromkeys(words_of(typed)))[:MOST_TERMS]


def body(texts: Iterable[str]) -> str:
    """What is stored of these texts: each of their words once, in the order of the alphabet."""
    return " ".join(sorted({word for text in texts for word in words_of(text)}))


def audiences(actor: Actor) -> frozenset[Readers]:
    """Whose words this person searches in the cases that they see. Their own school's are always read as the school."""
    team = relation_of(actor, Permission.READ_TEAM)
    if actor.kind == "system" or Relation.ANY in team or 0 in actor.delegated:
        return frozenset(Readers)
    return frozenset({Readers.SCHOOL, Readers.PANEL}) if actor.is_staff else frozenset({Readers.SCHOOL})


def answers_in_words(form: Form, answers: Mapping[str, Any]) -> dict[Readers, list[str]]:
    """The answers as they are shown, by who reads them: how to reach people is for the case team."""
    found: dict[Readers, list[str]] = {Readers.SCHOOL: [], Readers.CASE_TEAM: []}
    for section in form.sections:
        for question in section.questions:
            if text := shown(question, answers.get(question.key)):
                readers = Readers.CASE_TEAM if reaches_somebody(question.key) else Readers.SCHOOL
                found[readers].append(text)
    return found


def texts_in(value: Any) -> list[str]:
    """Every text in the answers of a record, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in texts_in(one)]
    return [text for one in value for text in texts_in(one)] if isinstance(value, list | tuple) else []
