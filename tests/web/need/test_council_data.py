"""What the council holds about schools."""

import pytest

from eoi.workflow import need, register
from tests.web.entering import enter


@pytest.fixture
def olu(db, client, people):
    register.load_sample("886")
    need.load("886")
    db.session.commit()
    return enter(client, people.olu)


def test_council_data_counts_schools_by_kind(olu):
    page = olu.get("/need/council-data").text
    assert "Pupils with an EHC plan" in page
    assert "555" in page


def test_council_data_finds_a_school(olu):
    assert olu.get("/need/council-data?school=118246", status=302).location == "/need/council-data/118246"
    assert "/need/council-data/" in olu.get("/need/council-data?school=st+marys").text
    assert "No school fits “zzzz”" in olu.get("/need/council-data?school=zzzz").text


def test_school_figures_show_kind_item_value_and_source(olu):
    page = olu.get("/need/council-data/118246").text
    assert "Maypole Primary School" in page
    assert "fewer than 5" in page
    assert "-£49,200" in page
    assert "They say nothing about this school" in page


def test_school_figures_say_when_there_are_none(olu, people):
    assert "holds no figures about this school" in olu.get("/need/council-data/900001").text
    olu.get("/need/council-data/123456", status=404)
