"""Assigning by hand and by load, cases that lack scorers, work handed over."""

import pytest

from eoi.models import Membership
from eoi.queries import review
from eoi.rules.permissions import Role
from eoi.rules.stages import Stage
from eoi.workflow import assigning
from tests.people import HOPEFIELD
from tests.web.admin.test_rounds import boxes
from tests.web.review.browsing import at, refused, send


@pytest.fixture
def bare(cases, db, people):
    """A case in assessment without scorers; Pam is a governor's colleague at the school."""
    case = cases.at(Stage.ASSESSMENT)
    assigning.assign_scorers(case, [], seen=case.version, by=people.actor("olu"))
    db.session.add(Membership(user_id=people.pam.id, urn=HOPEFIELD, role=Role.EDITOR))
    db.session.commit()
    return case


def test_by_load_ticks_those_with_least_and_no_tie(bare, as_):
    olu = as_("olu")
    page = olu.get(at(bare, "/assign")).text
    assert "May be in conflict: account at Hopefield Primary School" in page
    assert "Scorer and Estates, 0 to score" in page
    assert page.count(" checked") == 0
    assert olu.get(at(bare, "/assign?by=load")).text.count(" checked") == 2


def test_known_tie_is_told_before_the_declaration(bare, as_, people, db):
    assigning.assign_scorers(bare, [people.pam], seen=bare.version, by=people.actor("olu"))
    db.session.commit()
    page = as_("pam").get(f"/panel/{bare.reference}/conflict").text
    assert "We know of this: account at Hopefield Primary School" in page
    assert "How it is handled" in page


def test_ticked_cases_are_given_as_they_were_shown(bare, as_, db, people):
    olu, path = as_("olu"), "/review/assigning"
    page = olu.get(path).text
    assert "Would get: Priya Example, Pete Example." in page
    assert "1 scorer too few, by load" in page
    shown = boxes(page)
    assert "Choose at least one case" in refused(olu, path, {k: v for k, v in shown.items() if k != "case"})
    assigning.assign_scorers(bare, [people.pete], seen=bare.version, by=people.actor("olu"))
    db.session.commit()
    send(olu, path, shown, status=409)
    done = olu.follow(send(olu, path, boxes(olu.get(path).text))).text
    assert "1 case given to scorers" in done
    assert [a.user.name for a in review.assignments(bare)] == ["Pete Example", "Priya Example"]
    as_("harriet").get(path)
    for name in ("cleo", "priya", "sam"):
        as_(name).get(path, status=403)


def test_work_is_handed_over_on_one_page(bare, as_, db, people):
    assigning.assign_scorers(bare, [people.pete], seen=bare.version, by=people.actor("olu"))
    db.session.commit()
    olu = as_("olu")
    page = olu.get("/review/hand-over").text
    assert f"/review/hand-over/{people.pete.id}" in page
    path = f"/review/hand-over/{people.pete.id}"
    olu.follow(send(olu, path, boxes(olu.get(path).text)))
    assert [a.user.name for a in review.assignments(bare)] == ["Priya Example"]
    path = f"/review/hand-over/{people.olu.id}"
    assert "Choose who takes the cases over" in refused(olu, path, boxes(olu.get(path).text))
    send(olu, path, {**boxes(olu.get(path).text), "officer": str(people.oscar.id)})
    db.session.expire_all()
    assert bare.owner_id == people.oscar.id
    assert "Nothing in hand" in olu.get(path).text
    olu.get("/review/hand-over/999999", status=404)
