"""Provision is written down and edited; opening a case adds it, and what takes it back takes it out by itself."""

import re

import pytest

from eoi.models import Provision
from eoi.queries import provision as queries
from eoi.rules.stages import Stage
from eoi.workflow import stages
from tests.people import ELSEWHERE, HOPEFIELD
from tests.web.entering import enter

FACTS = {"path": "srp", "need": "asd", "phase": "primary", "places": "12", "state": "existing", "source": "Plan"}


@pytest.fixture
def olu(client, people):
    return enter(client, people.olu)


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def test_provision_is_added_published_and_overtaken(db, olu):
    olu.post("/need/provision/new", {**FACTS, "urn": str(ELSEWHERE)}, check=False)
    again = olu.post("/need/provision/new", {**FACTS, "urn": str(ELSEWHERE)}, status=200)
    assert "is in the list already" in again.text
    assert (
        "Choose a school of the council" in olu.post("/need/provision/new", {**FACTS, "urn": "999999"}, status=200).text
    )
    made = db.session.query(Provision).one()
    path = f"/need/provision/{made.public_id}"
    seen = version(olu.get(path))
    olu.post(path, {**FACTS, "version": seen, "places": "16", "published": "y"}, check=False)
    page = olu.get(path).text
    assert all(said in page for said in ("Places: 16, before 12.", "In the Local Offer: yes, before no."))
    assert "Somebody else changed" in olu.post(path, {**FACTS, "version": seen}, status=409).text
    closed = {**FACTS, "version": version(olu.get(path)), "state": "closed", "published": "y"}
    assert "Only what exists can be in the Local Offer" in olu.post(path, closed, status=200).text


def test_opening_enters_the_local_offer_and_putting_it_right_takes_it_out(db, cases):
    case = cases.at(Stage.OPEN)
    [entry] = queries.offered()
    assert (entry.urn, entry.submission_id, entry.published) == (HOPEFIELD, case.id, True)
    stages.put_right(case, Stage.AGREEMENT, "Opened too early.", seen=case.version, by=cases.people.actor("harriet"))
    assert queries.offered() == []
    record = {"opened_on": "2027-09-01", "places": 9, "agreement_on": "2027-01-01", "register": True, "census": True}
    cases.clock.travel("2028-01-10 12:00")
    stages.move(case, "open", by=cases.people.actor("aisha"), record=record)
    [entry] = queries.offered()
    assert entry.places == 9
    assert "Places: 9, before" in queries.history(entry)[0][0].text
    entry.school.status = "Closed"
    db.session.flush()
    assert queries.offered() == []
