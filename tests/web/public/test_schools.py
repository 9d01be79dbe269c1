"""Looking up a school, with script and without."""

import pytest

from tests.pages import Pages
from tests.people import HOPEFIELD

HOPEFIELDS = [
    {
        "urn": HOPEFIELD,
        "name": "Hopefield Primary School",
        "town": "Maidstone",
        "postcode": "ME14 1XQ",
        "district": "Ashford",
    }
]


def test_look_up_answers_scripts_in_json(client, people):
    assert client.get("/schools?q=hopef", headers={"Accept": "application/json"}).json == HOPEFIELDS
    assert client.get("/schools?q=hopef").json == HOPEFIELDS


def test_look_up_is_a_page_for_people(client, people):
    page = Pages(client).get("/schools?q=hopef").text
    assert "1 school fits “hopef”" in page
    assert f"URN {HOPEFIELD}" in page
    assert "No school fits “zzzz”" in Pages(client).get("/schools?q=zzzz").text
    Pages(client).get("/schools")


def test_look_up_leaves_out_special_schools_where_asked(client, people):
    assert len(client.get("/schools?q=meadow").json) == 1
    assert client.get("/schools?q=meadow&mainstream=1").json == []


@pytest.mark.parametrize("q", ["", "a", "%25", "x" * 10_000, "%00", "<script>", "'%22"])
def test_look_up_takes_anything(client, people, q):
    assert client.get(f"/schools?q={q}").json == []
    Pages(client).get(f"/schools?q={q}")
