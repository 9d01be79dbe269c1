"""Families and machines read what is open, all the same, and nothing of anybody or of an undecided school."""

import csv
import io
import json
from datetime import date

import pytest

from eoi import jobs
from eoi.extensions import now
from eoi.models import Provision, School
from eoi.outbound import files
from eoi.rules.stages import Stage
from eoi.rules.words import Designation, Path, Phase, State
from eoi.web.security import POLICY
from tests.clock import START
from tests.pages import Pages
from tests.people import ELSEWHERE, HOPEFIELD
from tests.planting import marked_case

MARKER = "Zqplanted"
FEEDS = ("provision.csv", "provision.geojson", "open-referral/services")


@pytest.fixture
def entry(db, people):
    for urn, latitude in ((ELSEWHERE, 51.27), (HOPEFIELD, 51.14)):
        school = db.session.get_one(School, urn)
        school.latitude, school.longitude, school.telephone = latitude, 0.52, "01622 000000"
    db.session.get_one(School, HOPEFIELD).postcode = "TN23 1AA"
    made = Provision(
        urn=ELSEWHERE, path=Path.SRP, need=Designation.ASD, phase=Phase.PRIMARY, places=16, low_age=4, high_age=11,
        state=State.EXISTING, opened_on=date(2026, 9, 1), about="A calm base.", published=True, source="Plan",
        as_at=None, illustrative=False, changed_at=now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def pages(client):
    return Pages(client)


def test_families_find_an_entry_and_how_to_get_a_place(pages, entry):
    page = pages.get("/local-offer?need=asd&postcode=tn23+1aa").text
    assert all(
        said in page for said in ("1 provision in 1 district, with 16 places", "14 km", "named in a child’s EHC plan")
    )
    assert "No provision fits." in pages.get("/local-offer?need=semh").text
    assert "We do not know where ZZ9 9ZZ is" in pages.get("/local-offer?postcode=zz9+9zz").text
    told = pages.get(f"/local-offer/{entry.public_id}").text
    assert all(
        said in told for said in ("A calm base.", "4 to 11", "1 September 2026", "01622 000000", "Report a problem")
    )


def test_feeds_say_the_same_as_the_page(pages, entry):
    [row] = csv.DictReader(io.StringIO(pages.get("/local-offer/provision.csv", check=False).text.lstrip("\ufeff")))
    assert (row["School"], row["Places"], row["From age"], row["Opening date"]) == (
        "Elsewhere Primary School",
        "16",
        "4",
        "2026-09-01",
    )
    made = json.loads(pages.get("/local-offer/provision.geojson", check=False).text)
    assert made["features"][0]["geometry"] == {"type": "Point", "coordinates": [0.52, 51.27]}
    assert made["features"][0]["properties"]["places"] == 16


REQUIRED = {"id": str, "name": str, "status": str}
PLACE = {"id": str, "address_1": str, "city": str, "state_province": str, "postal_code": str, "country": str,
         "address_type": str}  # fmt: skip


def holds(thing, fields):
    return all(isinstance(thing[name], kind) for name, kind in fields.items())


def test_open_referral_feed_has_the_fields_that_it_must(pages, entry):
    """The fields that Open Referral UK 3.0 requires of each part that is sent."""
    feed = json.loads(pages.get("/local-offer/open-referral/services", check=False).text)
    assert {k: feed[k] for k in feed if k != "contents"} == {
        "total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "first_page": True, "last_page": True,
        "empty": False,
    }  # fmt: skip
    [listed] = feed["contents"]
    whole = json.loads(pages.get(f"/local-offer/open-referral/services/{listed['id']}", check=False).text)
    assert {name: whole[name] for name in listed} == listed
    assert holds(whole, REQUIRED)
    assert whole["status"] == "active"
    assert (whole["minimum_age"], whole["maximum_age"]) == (4, 11)
    assert holds(whole["organization"], {"id": str, "name": str, "description": str})
    location = whole["service_at_locations"][0]["location"]
    assert location["location_type"] == "physical"
    assert holds(location["addresses"][0], PLACE)
    for part in ("service_at_locations", "service_areas", "contacts", "attributes"):
        assert all(isinstance(one["id"], str) for one in whole[part])
    assert all(holds(one["taxonomy_term"], {"id": str, "name": str, "description": str}) for one in whole["attributes"])
    pages.get("/local-offer/open-referral/services/00000000-0000-0000-0000-000000000000", status=404)


def test_fragment_is_for_the_sites_that_are_named(app, client, pages, entry):
    own = client.get("/local-offer/fragment")
    assert own.headers["Content-Security-Policy"] == POLICY
    assert own.headers["X-Frame-Options"] == "SAMEORIGIN"
    app.config["EMBEDDERS"] = ("https://www.kent.example",)
    other = client.get("/local-offer/fragment")
    assert "frame-ancestors 'self' https://www.kent.example;" in other.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in other.headers
    assert "https://www.kent.example" not in client.get("/local-offer").headers["Content-Security-Policy"]


def test_report_reaches_an_officer_and_is_throttled(db, mailbox, pages, people, entry):
    path = f"/local-offer/{entry.public_id}/problem"
    assert "Enter what is wrong" in pages.post(path, {"text": " "}, status=200).text
    assert "Thank you." in pages.follow(pages.post(path, {"text": "It has 20 places."}, check=False)).text
    jobs.drain()
    [mail] = mailbox.messages
    assert "/need/problems" in str(mail)
    for _ in range(4):
        pages.post(path, {"text": "Again."}, check=False)
    pages.post(path, {"text": "Again."}, status=429)
    assert "It has 20 places" not in pages.get(f"/local-offer/{entry.public_id}").text


def test_public_pages_show_no_undecided_school_and_nobody(db, cases, client, tmp_path, app):
    """A case that is open, with a marker in every field, and one at the panel: neither words nor school get out."""
    undecided = db.session.get_one(School, ELSEWHERE)
    undecided.name = "Undecided Primary"
    cases.at(Stage.PANEL, urn=ELSEWHERE, path=Path.SATELLITE)
    cases.clock.travel(START)
    cases.at(Stage.CONSULTATION, urn=ELSEWHERE, path=Path.SRP)
    case, planted = marked_case(cases, MARKER, files.open_store(app.config["FILES_URL"]))
    assert planted > 30
    db.session.commit()
    for stands in db.session.query(Provision):  # what is written for families; the officers' note keeps its marker
        stands.about, stands.source, stands.public_id = "A calm base.", "Opened.", "entry-of-riverside"
        stands.changes[0].text = "Opened."
        assert MARKER in stands.note
    db.session.commit()
    pages, made = Pages(client), db.session.query(Provision).filter_by(submission_id=case.id).one()
    at = f"/local-offer/{made.public_id}"
    looked = [
        pages.get(p, check=False)
        for p in ("/local-offer", "/local-offer/fragment", "/need/public", at, f"{at}/problem")
    ]
    looked += [pages.get(f"/local-offer/{feed}", check=False) for feed in FEEDS]
    whole = "".join(answer.text for answer in looked)
    assert "Riverside" in whole
    people = [f"{user.name}" for user in cases.people.by_name.values()]
    for word in (MARKER, MARKER.lower(), "Undecided", "EOI-", *people):
        assert word not in whole, whole[max(whole.find(word) - 80, 0) :][:160]
