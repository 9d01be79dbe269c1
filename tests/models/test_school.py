"""What a school says of itself."""

from datetime import date

from eoi.models import School


def test_school_is_mainstream_open_and_has_facts():
    school = School(
        urn=900001, name="Hopefield", la_code="886", establishment_number="2001", type_name="Academy converter",
        type_group="Academies", status="Open, but proposed to close", phase="Primary", street="School Lane",
        locality="", address3="", town="Ashford", county="", postcode="TN23 1AA", as_at=date(2026, 3, 31),
    )  # fmt: skip
    assert (school.is_open, school.is_mainstream, school.is_special) == (True, True, False)
    assert school.address == "School Lane, Ashford, TN23 1AA"
    facts = school.facts()
    assert (facts.dfe_number, facts.is_academy, facts.as_at) == ("886/2001", True, date(2026, 3, 31))


def test_special_school_is_not_mainstream():
    school = School(type_name="Academy special converter", type_group="Academies", status="Closed", phase="Primary")
    assert (school.is_open, school.is_mainstream, school.is_special) == (False, False, True)
