"""What stands around a page: navigation by role, links that keep their filters, words inside sentences."""

import pytest

from eoi.rules.permissions import NOBODY, Actor, Role
from eoi.web import layout

OLU = Actor("user", 1, "Olu", roles=frozenset({Role.SEN_OFFICER}))
ALICE = Actor("user", 2, "Alice", schools=((900001, Role.HEADTEACHER),))
ADA = Actor("user", 3, "Ada", roles=frozenset({Role.ADMIN}))


def shown(person, at="/"):
    return [(path, current) for _, path, current in layout.navigation(person, at)]


def test_navigation_shows_what_the_role_opens(app):
    with app.app_context():
        assert shown(NOBODY) == []
        assert ("/admin/people", False) in shown(ADA)
        assert ("/admin/people", False) not in shown(OLU)
        assert {path for path, _ in shown(ALICE)} <= {"/apply"}


def test_a_long_menu_keeps_what_is_seldom_needed_on_a_page_of_its_own(app):
    with app.app_context():
        assert ("/admin", True) in shown(OLU, "/admin/rounds")
        assert len(shown(OLU)) <= layout.LONGEST_MENU
        assert {"Rounds", "FOI requests"} <= {label for label, _, _ in layout.administration(OLU)}
        assert layout.administration(ALICE) == []


def test_navigation_marks_the_world_of_the_page(app):
    with app.app_context():
        assert [path for path, current in shown(OLU, "/need/council-data") if current] == ["/need"]
        assert [path for path, current in shown(OLU, "/needle") if current] == []


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({"page": 3}, "/schools?q=st+mary%27s&page=3"),
        ({"page": None}, "/schools?q=st+mary%27s"),
        ({"q": "", "page": None}, "/schools"),
        ({"q": "&x=1#", "page": None}, "/schools?q=%26x%3D1%23"),
    ],
)
def test_link_keeps_the_rest_of_the_query(app, changes, address):
    with app.test_request_context("/schools?q=st mary's&page=2"):
        assert layout.with_args(**changes) == address


@pytest.mark.parametrize(("text", "inside"), [("Number of places", "number of places"), ("SEN support", "SEN support")])
def test_words_inside_a_sentence(text, inside):
    assert layout.lower_first(text) == inside
