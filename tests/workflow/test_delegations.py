from datetime import date, timedelta

import pytest

from eoi.extensions import today
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.permissions import CaseFacts, Permission, may
from eoi.workflow import delegations

LEAVE = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 11), "submission_id": None, "reason": "On leave"}


def delegated(people, by="harriet", to="cleo", **more):
    made = delegations.delegate(getattr(people, to), by=people.actor(by), **{**LEAVE, **more})
    delegations.db.session.commit()
    return made


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-11-30", False), ("2026-12-01", True), ("2026-12-11", True), ("2026-12-12", False)]
)
def test_delegate_decides_between_the_dates(db, people, clock, day, holds):
    delegated(people)
    clock.travel(f"{day} 23:59")
    actor = people.cleo.actor(today())
    assert may(actor, Permission.DECIDE, CaseFacts(1, 900001)) is holds
    assert may(actor, Permission.ISSUE_LETTER, CaseFacts(1, 900001)) is holds


def test_delegate_of_one_case_decides_that_case(db, people, cases):
    case, other = cases.road().submission, cases.road(urn=900004).submission
    db.session.commit()
    delegated(people, starts_on=today(), ends_on=None, submission_id=case.id)
    actor = people.cleo.actor(today())
    assert may(actor, Permission.DECIDE, CaseFacts(case.id, case.urn))
    assert not may(actor, Permission.DECIDE, CaseFacts(other.id, other.urn))


def test_revoke_ends_it_at_once(db, people):
    made = delegated(people, starts_on=today())
    delegations.revoke(made, by=people.actor("dev"))
    db.session.commit()
    assert people.cleo.actor(today()).delegated == frozenset()
    with pytest.raises(Refused):
        delegations.revoke(made, by=people.actor("harriet"))


def test_a_delegate_does_not_delegate_and_nobody_else_does(db, people):
    delegated(people, starts_on=today())
    for who in ("cleo", "olu", "ada", "alice"):
        with pytest.raises(NotAllowed):
            delegated(people, by=who, to="oscar")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"to": "harriet"}, "to"),
        ({"to": "alice"}, "to"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": date(2026, 11, 30)}, "ends_on"),
        ({"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 20)}, "ends_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_delegate_refuses_what_cannot_be(db, people, wrong, field):
    with pytest.raises(Invalid) as refusal:
        delegated(people, **wrong)
    assert list(refusal.value.errors) == [field]


def test_dates_are_those_of_kent(db, people, clock):
    delegated(people, starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 1) + timedelta(days=1))
    clock.travel("2027-06-01 00:30")  # still the evening of 31 May in UTC
    assert people.cleo.actor(today()).delegated == {0}
