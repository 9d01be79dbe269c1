import hashlib
from dataclasses import replace

import pytest

from eoi.rules.chain import canonical, digest
from eoi.rules.questions import form
from eoi.rules.snapshots import FiledDocument, content
from eoi.rules.words import Step
from tests.rules.schools import OFFER, SATELLITE, SRP, TODAY, saved

FORM = form("y2026")


def frozen(facts=SRP, **answers):
    given = saved(FORM.section("offer"), facts, OFFER) | answers
    return content(
        FORM,
        [Step.EOI],
        replace(facts, school=replace(facts.school, as_at=TODAY)),
        given,
        wording={"declaration": "I declare that what we say is true."},
        details={"reference": "EOI-2026-0001"},
        names={100003: "Hazel Bank School"},
        documents=[FiledDocument("floor_plan", "plan.pdf", "ab" * 32)],
    )


def questions(snapshot):
    return {q["key"]: q for section in snapshot["sections"] for q in section["questions"]}


def test_content_keeps_labels_and_shown_answers():
    asked = questions(frozen(rooms=[{"name": "Oak", "use": "Class", "area": 55}]))
    assert asked["places"]["label"] == "How many places do you offer, when full?"
    assert (asked["places"]["value"], asked["places"]["shown"]) == (15, "15 places")
    assert asked["year_groups"]["shown"] == "Reception; Year 1; Year 2"
    assert asked["opening"]["shown"] == "September 2028"
    assert asked["rooms"]["heads"] == ["Room", "Use", "Area"]
    assert asked["rooms"]["rows"] == [["Oak", "Class", "55 m²"]]
    assert asked["floor_plan"]["documents"] == [{"name": "plan.pdf", "sha256": "ab" * 32}]
    assert asked["need_case"]["shown"] == ""


def test_content_keeps_the_register_row_the_offer_and_the_wording():
    snapshot = frozen()
    assert snapshot["register"]["name"] == "Larkfield Primary School"
    assert snapshot["register"]["as_at"] == "2026-11-24"
    assert snapshot["offer"]["need"] == {"key": "asd", "shown": "Autism"}
    assert snapshot["wording"] == {"declaration": "I declare that what we say is true."}
    assert snapshot["details"] == {"reference": "EOI-2026-0001"}


def test_content_leaves_out_what_is_not_asked_and_names_the_partner():
    asked = questions(frozen())
    assert not {"partner_school", "trust_name", "register_own", "build_up"} & set(asked)
    given = {"partner_school": 100003, "year_groups": ["7"]}
    partner = questions(frozen(SATELLITE, **given))["partner_school"]
    assert partner["shown"] == "Hazel Bank School (URN 100003)"


def test_digest_is_of_the_canonical_json_whatever_the_order():
    one, other = {"b": "é", "a": [1, 0.5]}, {"a": [1, 0.5], "b": "é"}
    assert canonical(one) == '{"a":[1,0.5],"b":"é"}'.encode()
    assert digest(one) == digest(other) == hashlib.sha256('{"a":[1,0.5],"b":"é"}'.encode()).hexdigest()
    assert digest(frozen()) == digest(frozen())
    assert digest(frozen()) != digest(frozen(summary_100="More"))


def test_canonical_refuses_what_json_has_no_word_for():
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})
