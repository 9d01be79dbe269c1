"""The command that makes the first administrator."""

import re

import pytest

from eoi.queries import users
from eoi.rules.permissions import Role
from tests.pages import Pages


def test_create_admin_prints_a_link_that_works_once(app, db, client):
    said = app.test_cli_runner().invoke(args=["create-admin", "first@kent.example", "--name", "Fay First"])
    assert said.exit_code == 0
    path = re.search(r"https?://[^/]+(/invitation/\S+)", said.output)[1]
    assert "It works once, until" in said.output
    pages = Pages(client)
    pages.get(path)
    form = {"name": "Fay First", "new_password": "seven quiet tractors"}
    assert pages.post(path, form, check=False).location == "/admin/people"
    pages.post(path, form, status=410)
    assert users.by_email("first@kent.example").roles == {Role.ADMIN}


def test_create_admin_gives_no_link_where_staff_sign_in_at_the_council(app, db):
    app.config["STAFF_PASSWORDS"] = False
    said = app.test_cli_runner().invoke(args=["create-admin", "first@kent.example"])
    assert "council account" in said.output
    assert "/invitation/" not in said.output


@pytest.mark.parametrize("email", ["nobody", "a@b", "<script>"])
def test_create_admin_refuses_what_is_no_address(app, db, email):
    assert app.test_cli_runner().invoke(args=["create-admin", email]).exit_code == 2
