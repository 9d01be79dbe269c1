"""The table of places sought."""

import pytest

from eoi.workflow import need, register
from tests.web.entering import enter


@pytest.fixture
def olu(db, client, people):
    register.load_sample("886")
    need.load("886")
    db.session.commit()
    return enter(client, people.olu)


def test_lines_show_source_day_and_what_is_illustrative(olu):
    page = olu.get("/need").text
    assert "72 lines, 985 places" in page
    assert "1 September 2026" in page
    assert page.count("govuk-tag--grey") == 72
    assert "Do not plan from them" in page


def test_lines_are_filtered(olu):
    page = olu.get("/need?district=E07000105&need=asd&phase=primary&path=srp&year=2027").text
    assert "1 line, 30 places" in page
    assert "No need line fits" in olu.get("/need?district=E07000105&need=slcn").text


@pytest.mark.parametrize("query", ["district=x&need=x&phase=x&path=x&year=x", "year=9999999999999999999", "need=%00"])
def test_lines_ignore_filters_that_are_not(olu, query):
    assert "72 lines" in olu.get(f"/need?{query}").text


def test_lines_say_when_there_are_none(client, people):
    assert "No need lines yet" in enter(client, people.harriet).get("/need").text


def test_lines_are_for_the_review(client, people):
    enter(client, people.alice).get("/need", status=403)


def test_lines_offer_uploads_to_those_who_may(client, people):
    assert "Upload need lines" not in enter(client, people.dev).get("/need").text
    assert "Upload need lines" in enter(client, people.olu).get("/need").text
