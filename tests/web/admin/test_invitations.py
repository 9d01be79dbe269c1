"""Inviting schools by CSV."""

import io
import re

import pytest
from sqlalchemy import select

from eoi.models import Outgoing
from tests.people import HOPEFIELD
from tests.web.entering import enter

LIST = f"URN,Headteacher,Email\n{HOPEFIELD},Nora New,nora@hopefield.example\n{HOPEFIELD},Sam,sam@\n"


@pytest.fixture
def olu(client, people):
    return enter(client, people.olu)


def look(pages, text):
    return pages.post("/admin/schools/invite", {"file": (io.BytesIO(text.encode()), "x.csv")}, status=200).text


def test_invite_shows_then_sends(db, olu):
    assert "No school has been invited yet" in olu.get("/admin/schools").text
    page = look(olu, LIST)
    assert "1 headteacher to invite, 1 line left out" in page
    assert "Email must be an address such as head@school.example, not “sam@”" in page
    form = {"sealed": re.search(r'name="sealed" value="([^"]+)"', page)[1]}
    done = olu.follow(olu.post("/admin/schools/invite/confirm", form, check=False)).text
    assert "1 headteacher invited." in done
    assert "nora@hopefield.example" in done
    assert [row.payload["to"] for row in db.session.scalars(select(Outgoing))] == ["nora@hopefield.example"]
    olu.post("/admin/schools/invite/confirm", form, status=409)
    assert "was invited for Hopefield Primary School before" in look(olu, LIST)


def test_invite_says_why_a_file_cannot_be_used(olu):
    assert "must name these columns" in look(olu, "a,b\n")
    assert "Choose a CSV or XLSX file" in olu.post("/admin/schools/invite", {}, status=200).text
    olu.post("/admin/schools/invite/confirm", {"sealed": "x"}, status=422)


def test_invitations_are_for_officers(client, people):
    enter(client, people.dev).get("/admin/schools", status=403)
    enter(client, people.alice).get("/admin/schools/invite", status=403)


def test_template_names_the_columns(olu):
    assert olu.get("/admin/schools/invite/template.csv").data.startswith("\ufeffURN,Headteacher,Email".encode())
