import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.models import Outgoing
from eoi.models.outgoing import State
from eoi.queries import users
from eoi.rules.permissions import Role
from eoi.workflow import outgoing
from tests.people import HOPEFIELD
from tests.web.entering import enter


def send(pages, path, form=None):
    """The page that a form leads to. A verb that writes may ask more than a page that shows."""
    return pages.follow(pages.post(path, form, check=False))


@pytest.fixture
def ada(client, people):
    return enter(client, people.ada)


def test_people_are_found_by_name_role_and_school(ada):
    assert "Harriet Example" in ada.get("/admin/people").text
    assert "1 person" in ada.get("/admin/people?q=har exam").text
    assert "Pete Example" in ada.get("/admin/people?role=estates").text
    found = ada.get("/admin/people?q=hopefield").text
    assert "Alice Example" in found
    assert "Sam Example" not in found
    assert "Nobody found" in ada.get("/admin/people?q=%25&role=nonsense&state=off").text


def test_invited_colleague_has_the_roles(ada):
    form = {"name": "Fay Finance", "email": "Fay@kent.example", "where": "council", "roles": ["finance", "scorer"]}
    page = send(ada, "/admin/people/invite", form)
    assert "Fay Finance is invited" in page.text
    assert "Invited, has not chosen a password" in page.text
    assert users.by_email("fay@kent.example").roles == {Role.FINANCE, Role.SCORER}


def test_invited_headteacher_has_the_school(ada):
    form = {"name": "Nell", "email": "nell@kent.example", "where": "school", "urn": str(HOPEFIELD), "role": "editor"}
    send(ada, "/admin/people/invite", form)
    assert users.by_email("nell@kent.example").memberships[0].role is Role.EDITOR


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter the person&#39;s name"),
        ({"email": "nell"}, "email address"),
        ({"where": ""}, "Choose where the person works"),
        ({"where": "council"}, "Choose at least one role"),
        ({"where": "council", "roles": "king"}, "Roles at the council"),
        ({"urn": ""}, "Choose the school"),
        ({"urn": "123456"}, "no school 123456"),
        ({"role": ""}, "Choose the role at the school"),
    ],
)
def test_invitation_says_what_to_mend(ada, changes, message):
    form = {"name": "Nell", "email": "nell@kent.example", "where": "school", "urn": str(HOPEFIELD), "role": "editor"}
    page = ada.post("/admin/people/invite", {**form, **changes}, status=200)
    assert message in page.text
    assert users.by_email("nell@kent.example") is None


def test_roles_change_and_the_history_tells(ada, people):
    page = send(ada, f"/admin/people/{people.pete.id}/roles", {"roles": ["scorer", "finance"]})
    assert "From Estates, Scorer to Finance, Scorer" in page.text
    assert people.pete.roles == {Role.SCORER, Role.FINANCE}


def test_account_is_switched_off_and_on_with_a_reason(ada, people):
    path = f"/admin/people/{people.olu.id}"
    assert "Enter the reason" in ada.post(f"{path}/off", {"reason": " "}, status=200).text
    assert "Switched off" in send(ada, f"{path}/off", {"reason": "Has left"}).text
    assert not people.olu.active
    assert "Has left" in ada.get(path).text
    send(ada, f"{path}/on", {"reason": "Is back"})
    assert people.olu.active


def test_other_actions_on_a_person(ada, people):
    path = f"/admin/people/{people.alice.id}"
    assert "gets a new invitation" in send(ada, f"{path}/invite-again").text
    assert "signed out everywhere" in send(ada, f"{path}/sign-out").text
    assert "no longer acts" in send(ada, f"{path}/schools/{HOPEFIELD}/leave").text
    assert people.alice.memberships == []
    ada.post(f"{path}/schools/{HOPEFIELD}/leave", status=404)


def test_administrator_cannot_change_their_own_roles(ada, people):
    ada.post(f"/admin/people/{people.ada.id}/roles", {"roles": ["admin", "head_of_sen"]}, status=403)
    assert people.ada.roles == {Role.ADMIN}
    assert "This is you" in ada.get(f"/admin/people/{people.ada.id}").text


@pytest.mark.parametrize("who", ["alice", "olu", "harriet", "audrey"])
def test_people_are_closed_to_everybody_else(client, people, who):
    pages = enter(client, getattr(people, who))
    for path in ("/admin/people", "/admin/people/invite", f"/admin/people/{people.sam.id}", "/admin/failures"):
        pages.get(path, status=403)


def test_nobody_by_that_number(ada):
    ada.get("/admin/people/99999", status=404)


def test_failed_work_is_shown_and_tried_again(db, ada):
    work = outgoing.promise("mail", "a", {"to": "alice@example.org"})
    work.state, work.last_error = State.FAILED, "SMTPServerDisconnected: gone"
    db.session.commit()
    assert "SMTPServerDisconnected: gone" in ada.get("/admin/failures").text
    assert "Nothing has failed" in send(ada, f"/admin/failures/{work.id}/try-again").text
    assert db.session.scalars(select(Outgoing)).one().state is State.WAITING
    ada.post(f"/admin/failures/{work.id}/try-again", status=404)
    assert jobs.drain() == 1
