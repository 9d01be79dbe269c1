"""The released forms, looked at as a whole."""

import pytest

from eoi.rules.answers import visible
from eoi.rules.questions import FORMS, fingerprint, form
from eoi.rules.questions.types import Kind
from eoi.rules.words import Step
from tests.rules.schools import SATELLITE, SRP, SRP_ACADEMY

RELEASED = {"y2026": "913d78f93680363c24e821d972933a423d45c9da4470df3a7aa6895725882db6"}
OFFERS = [SRP, SATELLITE, SRP_ACADEMY]
QUESTIONS = [(s, q) for f in FORMS.values() for s in f.sections for q in s.questions]
WITH_PARTS = [q for _, q in QUESTIONS] + [p for _, q in QUESTIONS for p in q.parts]


@pytest.mark.parametrize("name", FORMS)
def test_released_form_never_changes(name):
    assert fingerprint(form(name)) == RELEASED[name]


def test_keys_are_unique():
    for released in FORMS.values():
        keys = [q.key for s in released.sections for q in s.questions]
        assert len(keys) == len(set(keys))
        assert len(released.sections) == len({s.key for s in released.sections})


@pytest.mark.parametrize("facts", OFFERS)
def test_eoi_is_an_evening_of_work(facts):
    asked = [q for s in form("y2026").step(Step.EOI, facts) for q in visible(s, {}, facts)]
    assert 28 <= len([q for q in asked if q.required]) <= 36
    assert sum(q.words or 0 for q in asked) <= 1000


def test_every_question_is_complete():
    for _, question in QUESTIONS:
        assert question.dictionary
        assert question.criterion in ("", "C1", "C2", "C3", "C4", "C5", "C6", "C7")
    for question in WITH_PARTS:
        assert not question.required or question.missing.split()[0] in ("Enter", "Choose", "Upload"), question.key
        assert question.kind is not Kind.TEXT or question.words
        assert (question.kind in (Kind.GRID, Kind.ROWS)) == bool(question.parts)
        assert (question.kind in (Kind.ONE_OF, Kind.ANY_OF)) == bool(question.options)
        assert not question.pattern or question.refused


def test_every_shown_if_names_an_earlier_question_and_one_of_its_answers():
    for section, question in QUESTIONS:
        if question.shown_if:
            key, answer = question.shown_if
            keys = [q.key for q in section.questions]
            assert keys.index(key) < keys.index(question.key)
            _, asked = form("y2026").question(key)
            assert answer in dict(asked.options or (("yes", ""), ("no", "")))


@pytest.mark.parametrize("facts", OFFERS)
def test_every_task_asks_something_that_it_needs(facts):
    for section in form("y2026").sections:
        if section.applies(facts):
            assert any(q.required for q in visible(section, {}, facts)), section.key
            assert section.group
            assert section.title


def test_every_criterion_is_read_from_both_paths():
    for facts in (SRP, SATELLITE):
        asked = [q for s in form("y2026").sections if s.applies(facts) for q in visible(s, {}, facts)]
        assert {q.criterion for q in asked} >= {"C1", "C2", "C3", "C4", "C5", "C6", "C7"}


def test_paths_ask_what_is_theirs():
    keys = {
        name: {q.key for s in form("y2026").sections if s.applies(facts) for q in visible(s, {}, facts)}
        for name, facts in (("srp", SRP), ("satellite", SATELLITE), ("academy", SRP_ACADEMY))
    }
    assert {"staffing", "places_through_plans", "pathway_onward", "budget_correct"} <= keys["srp"]
    assert not {"partner_school", "trust_name", "deed_understood", "suspensions"} & keys["srp"]
    assert {"partner_school", "classes", "host_support", "suspensions"} <= keys["satellite"]
    assert not {"staffing", "mainstream_share_entry", "deed_understood"} & keys["satellite"]
    assert {"trust_ceo_email", "deed_understood", "pathway_feeders", "budget_academy", "diocese"} <= keys["academy"]


def test_form_lookups_raise_for_what_is_not_there():
    assert form("y2026").question("places")[0].key == "offer"
    for look in (form("y2026").section, form("y2026").question, form):
        with pytest.raises(KeyError):
            look("nothing")
