"""Invented schools, offers and answers for the tests of the rules."""

from datetime import date

from eoi.rules import answers
from eoi.rules.facts import Facts, SchoolFacts
from eoi.rules.questions.types import Section
from eoi.rules.words import Need, Path, Phase

TODAY = date(2026, 11, 24)
ALICES = SchoolFacts(
    100001, "Larkfield Primary School", "Community school", "Local authority maintained schools", "Primary", 4, 11,
    420, 412.0, "886/2001", "1 Lark Lane, Ashford, TN23 1AA", "TN23 1AA", "E07000105", "Ashford", "Does not apply",
)  # fmt: skip
SAMS = SchoolFacts(
    100002, "Saltmarsh Academy", "Academy converter", "Academies", "Secondary", 11, 18,
    1200, 1150.0, "886/4002", "2 Marsh Road, Dover, CT16 1AA", "CT16 1AA", "E07000108", "Dover", "Church of England",
    "Saltmarsh Trust",
)  # fmt: skip
SPECIAL = SchoolFacts(
    100003, "Hazel Bank School", "Community special school", "Special schools", "Not applicable", 4, 19,
    dfe_number="886/7003",
)  # fmt: skip

SRP = Facts(ALICES, Path.SRP, Need.ASD, Phase.PRIMARY)
SATELLITE = Facts(SAMS, Path.SATELLITE, Need.SEMH, Phase.SECONDARY)
SRP_ACADEMY = Facts(SAMS, Path.SRP, Need.SEMH, Phase.SECONDARY)

LEAD = {
    "lead_name": "Alice Archer",
    "lead_role": "Headteacher",
    "lead_email": "head@larkfield.kent.example",
    "lead_phone": "01622 123 456",
    "head_name": "Alice Archer",
    "head_email": "head@larkfield.kent.example",
}
OFFER = {
    "places": "15",
    "year_groups": ["r", "1", "2"],
    "opening": {"month": "9", "year": "2028"},
    "mainstream_share_entry": "30",
    "mainstream_share_year_one": "50%",
}


def saved(section: Section, facts: Facts, typed: dict[str, object]) -> dict[str, object]:
    """The answers of what was typed, all of which must be right."""
    result = answers.save(section, facts, typed)
    assert (result.errors, result.unfinished) == ({}, {})
    return result.answers
