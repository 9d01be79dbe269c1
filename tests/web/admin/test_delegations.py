import pytest

from eoi.extensions import today
from tests.web.admin.test_people import enter, send

LEAVE = {
    "starts_on-day": "24", "starts_on-month": "11", "starts_on-year": "2026",
    "ends_on-day": "4", "ends_on-month": "12", "ends_on-year": "2026", "reason": "On leave",
}  # fmt: skip


def test_delegation_is_recorded_shown_and_ended(client, people):
    pages = enter(client, people.harriet)
    assert "No delegation has been recorded" in pages.get("/admin/delegations").text
    page = send(pages, "/admin/delegations/new", {**LEAVE, "to": str(people.cleo.id)})
    assert "Every case" in page.text
    assert "In force" in page.text
    assert people.cleo.actor(today()).delegated == {0}
    page = send(pages, f"/admin/delegations/{people.cleo.delegations[0].id}/revoke")
    assert "Ended early" in page.text
    assert people.cleo.actor(today()).delegated == frozenset()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"to": ""}, "Choose who decides"),
        ({"to": "99999"}, "Who decides"),
        ({"ends_on-day": "", "ends_on-month": "", "ends_on-year": ""}, "Enter the last day, or name one case"),
        ({"ends_on-month": "13"}, "last day"),
        ({"reason": ""}, "Enter the reason"),
        ({"reference": "EOI-2026-9999"}, "There is no case EOI-2026-9999"),
    ],
)
def test_delegation_says_what_to_mend(client, people, changes, message):
    pages = enter(client, people.harriet)
    page = pages.post("/admin/delegations/new", {**LEAVE, "to": str(people.cleo.id), **changes}, status=200)
    assert message in page.text
    assert people.cleo.delegations == []


@pytest.mark.parametrize("who", ["alice", "olu", "ada", "cleo"])
def test_delegations_are_closed_to_everybody_else(client, people, who):
    enter(client, getattr(people, who)).get("/admin/delegations", status=403)
