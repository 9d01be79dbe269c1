"""What must agree across the answers of the form of 2026."""

from dataclasses import replace
from datetime import date

import pytest

from eoi.rules.answers import warnings, wrong
from eoi.rules.questions import form
from eoi.rules.questions.y2026.checks import earliest_opening
from tests.rules.schools import ALICES, SATELLITE, SRP, TODAY

FORM = form("y2026")


def found(section, answers, facts=SRP, **more):
    """The messages about the answers given, and not about those left out."""
    messages = wrong(FORM.section(section), answers, facts, TODAY, **more)
    return {key: text for key, text in messages.items() if key in answers or not text.startswith(("Choose", "Enter a"))}


def build_up(*years):
    return {"build_up": {f"year_{n}": places for n, places in enumerate(years, 1)}}


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ((4, 8, 12, 15), None),
        ((15, 15, 15, 15), None),
        ((4, 8, 7, 15), "Places must not go down from one year to the next"),
        ((4, 8, 12, 14), "Places in year four must be the 15 places you offer when full"),
        ((4, 8, 12), "Enter the number of places in year four"),
    ],
)
def test_build_up_rises_to_the_places(years, message):
    messages = wrong(FORM.section("growth"), build_up(*years), SRP, TODAY, others={"places": 15})
    assert messages.get("build_up") == message


def test_chair_is_another_person_than_the_headteacher():
    head = {"head_name": "Alice Archer", "head_email": "head@larkfield.kent.example"}
    chair = {"chair_name": "alice  archer", "chair_email": "chair@larkfield.kent.example"}
    assert "chair_name" in found("governors", chair, others=head)
    other = {"chair_name": "Gita Shah", "chair_email": "HEAD@larkfield.kent.example"}
    assert "chair_email" in found("governors", other, others=head)
    fine = {"chair_name": "Gita Shah", "chair_email": "chair@larkfield.kent.example"}
    assert not {"chair_name", "chair_email"} & set(found("governors", fine, others=head))


@pytest.mark.parametrize(
    ("decided", "opening"),
    [
        (date(2027, 3, 19), date(2027, 9, 1)),
        (date(2027, 4, 1), date(2028, 1, 1)),
        (date(2027, 7, 20), date(2028, 1, 1)),
        (date(2027, 12, 31), date(2028, 4, 1)),
    ],
)
def test_opening_is_two_terms_after_the_decision(decided, opening):
    assert earliest_opening(decided) == opening
    before = {"opening": date(opening.year, opening.month, 1).replace(year=opening.year - 1).isoformat()}
    assert "opening" in found("offer", before, decisions_by=decided)
    assert "opening" not in found("offer", {"opening": opening.isoformat()}, decisions_by=decided)
    assert "opening" not in found("offer", before)


def test_milestones_stand_in_order():
    days = {
        "consultation": "2027-09-01",
        "work_starts": "2028-01-10",
        "staff_appointed": "2028-05-01",
        "rooms_ready": "2028-08-01",
        "first_pupils": "2028-09-05",
    }
    assert "milestones" not in found("readiness", {"milestones": days})
    late = days | {"rooms_ready": "2028-10-01"}
    assert found("readiness", {"milestones": late})["milestones"] == "First pupils cannot start before rooms are ready"


def test_agreed_partner_has_a_name_and_a_letter():
    agreed = {"partner_talks": "agreed", "partner_agreed_on": "2026-10-01"}
    assert wrong(FORM.section("partner"), agreed, SATELLITE, TODAY) == {
        "partner_school": "Enter the special school that agreed in principle"
    }
    assert not wrong(FORM.section("partner"), agreed | {"partner_school": 100003}, SATELLITE, TODAY)
    assert not wrong(FORM.section("partner"), {"partner_talks": "none"}, SATELLITE, TODAY)
    own = {"partner_talks": "exploring", "partner_school": SATELLITE.school.urn}
    assert "partner_school" in wrong(FORM.section("partner"), own, SATELLITE, TODAY)
    documents = FORM.section("documents")
    assert "partner_letter" in wrong(documents, {}, SATELLITE, TODAY, others=agreed)
    assert "partner_letter" not in wrong(documents, {}, SATELLITE, TODAY, others=agreed, documents={"partner_letter"})
    assert "partner_letter" not in wrong(documents, {}, SATELLITE, TODAY, others={"partner_talks": "none"})


@pytest.mark.parametrize(
    ("section", "key", "chosen", "none", "note"),
    [
        ("standing", "standing", ["merger"], ["none"], "standing_note"),
        ("existing", "existing", "nurture", "none", "existing_note"),
        ("site", "constraints", ["flood"], ["none"], "constraints_note"),
        ("disclosure", "sensitive_parts", ["money"], None, "sensitive_why"),
        ("building", "outdoor", "shared", "none", "outdoor_area"),
        ("money", "startup_revenue", 100, 0, "startup_note"),
    ],
)
def test_choice_other_than_none_needs_its_note(section, key, chosen, none, note):
    assert note in wrong(FORM.section(section), {key: chosen}, SRP, TODAY)
    assert note not in wrong(FORM.section(section), {key: none}, SRP, TODAY)
    assert note not in wrong(FORM.section(section), {key: chosen, note: "Because"}, SRP, TODAY)


def test_linked_schools_are_others():
    assert "linked_schools" in found("existing", {"existing": "none", "linked_schools": [ALICES.urn]})


def test_staff_add_up_to_more_than_nothing():
    row = {"role": "Teacher", "fte": 0, "post": "new", "start": "2028-09-01"}
    assert "staffing" in found("staff", {"staffing": [row]})
    assert "staffing" not in found("staff", {"staffing": [row, row | {"fte": 0.5}]})


def advised(section, answers, facts=SRP, **more):
    return list(warnings(FORM.section(section), answers, facts, **more))


def test_unusual_answers_are_pointed_out():
    assert advised("offer", {"places": 45}) == ["places"]
    assert advised("offer", {"places": 20}) == []
    assert advised("offer", {"places": 20, "classes": 1, "year_groups": ["12"]}, SATELLITE) == [
        "classes",
        "year_groups",
    ]
    assert advised("site", {"owner": "pfi"}) == ["owner"]
    assert advised("cost", {"capital_band": "over_1m"}) == ["capital_band"]
    assert advised("cost", {"capital_band": "unknown"}) == []


def test_roll_by_year_is_compared_with_the_register():
    grid = {str(year): 60 for year in range(1, 7)}
    assert advised("held_pupils", {"roll_own_primary": grid | {"r": 60}}) == []
    assert advised("held_pupils", {"roll_own_primary": grid | {"r": 200}}) == ["roll_own_primary"]
    through = replace(SRP, school=replace(ALICES, phase="All-through"))
    assert advised("held_pupils", {"roll_own_primary": grid | {"r": 200}}, through) == []
