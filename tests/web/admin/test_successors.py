"""Closed schools in the browser: what waits, where it may go on, moved once the officer is sure."""

import pytest

from eoi.extensions import db
from eoi.models import School
from eoi.rules.stages import Stage
from tests.web.entering import enter


@pytest.fixture
def olu(client, people):
    return enter(client, people.olu)


def test_nothing_waits(olu):
    assert "No closed school has drafts or people" in olu.get("/admin/closed-schools").text


def test_a_draft_moves_once_the_officer_is_sure(olu, cases):
    draft = cases.at(Stage.DRAFT)
    draft.school.status = "Closed"
    facts = {"la_code": "886", "la_name": "Kent", "phase": "Primary", "postcode": draft.school.postcode,
             "type_group": "Academies", "source": "Examples", "as_at": draft.school.as_at}  # fmt: skip
    db.session.add(School(urn=900011, name="Hopefield Academy", **facts))
    db.session.commit()
    assert "Hopefield Academy, URN 900011, at the same postcode" in olu.get("/admin/closed-schools").text
    there = "/admin/closed-schools/900001"
    assert 'value="900011"' in olu.get(there).text
    assert "Tick the box once you are sure" in olu.post(there, {"urn": "900011"}, status=422).text
    for wrong in ("900001", "x", "9" * 30):
        page = olu.post(there, {"urn": wrong, "sure": "y"}, status=422).text
        assert "Enter the URN of an open mainstream school of the council" in page
    moved = olu.follow(olu.post(there, {"urn": "900011", "sure": "y"}, check=False)).text
    assert "1 draft of Hopefield Primary School moved to URN 900011." in moved
    assert draft.urn == 900011
    olu.get(there, status=404)
