"""Officers answer requests for access: what is known, one click, or a reason."""

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.rules.permissions import Role
from eoi.workflow import access_requests
from tests.pages import Pages
from tests.web.entering import enter
from tests.workflow.test_access_requests import arrived, place_of


@pytest.fixture
def olu(client, people):
    enter(client, people.olu)
    return Pages(client, most_queries=35)


def test_the_list_tells_what_is_known(olu, people, cases):
    cases.road().submission.school.website = "www.hopefield.example"
    db.session.commit()
    arrived(role=Role.HEADTEACHER)
    page = olu.get("/admin/access").text
    for known in ("nell@hopefield.example", "The same as the school’s website", "This proves nothing", "1 under way",
                  "alice@example.org", "SENCO", "1 request"):  # fmt: skip
        assert known in page, known
    dashboard = olu.get("/review").text
    assert "Requests for access" in dashboard


def test_the_list_costs_no_more_for_many(olu, people):
    for number in range(30):
        arrived(email=f"n{number}@x.example")
    page = olu.get("/admin/access").text
    assert len(olu.queries) <= 8
    assert "30 requests" in page
    assert page.count("/confirm") == 25


def test_confirmed_by_one_click(olu, people, mailbox):
    user = arrived()
    place_id = place_of(user).id
    assert olu.post(f"/admin/access/{place_id}/confirm", {"instead_of": ""}).location == "/admin/access"
    assert place_of(user).confirmed_at
    jobs.drain()
    assert "We have confirmed that you work at Hopefield Primary School" in mailbox.texts[-1]
    olu.post(f"/admin/access/{place_id}/confirm", status=409)
    olu.post(f"/admin/access/{place_id}/refuse", {"reason": "No."}, status=409)


def test_a_new_headteacher_takes_over_by_one_click(olu, people, cases):
    draft = cases.road().submission
    user = arrived(role=Role.HEADTEACHER)
    old = people.alice.memberships[0].id
    assert "Confirm, and end the access of Alice Example" in olu.get("/admin/access").text
    olu.post(f"/admin/access/{place_of(user).id}/confirm", {"instead_of": str(old)})
    assert draft.lead_id == user.id
    assert people.alice.memberships == []


@pytest.mark.parametrize("junk", ["0", "x", "9" * 30])
def test_junk_confirms_nobody(olu, people, junk):
    user = arrived(role=Role.HEADTEACHER)
    olu.post(f"/admin/access/{place_of(user).id}/confirm", {"instead_of": junk}, status=409)
    assert place_of(user).confirmed_at is None


def test_refused_with_the_reason(olu, people, mailbox):
    user = arrived()
    path = f"/admin/access/{place_of(user).id}/refuse"
    olu.get(path)
    assert "Enter the reason" in olu.post(path, {"reason": ""}, status=200).text
    olu.post(path, {"reason": "The school does not know you."})
    assert user.memberships == []
    olu.get(path, status=404)


def test_who_waits_is_no_headteacher_of_the_school(client, people, mailbox):
    user = arrived(role=Role.HEADTEACHER)
    enter(client, people.alice)
    pages = Pages(client)
    pages.get("/admin/access", status=403)
    pages.post(f"/admin/access/{place_of(user).id}/confirm", status=403)
    assert access_requests.queries.count() == 1
