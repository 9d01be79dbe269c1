"""A plan is taken, kept as things happen, and its officer is reminded in time."""

from datetime import date

import pytest

from eoi import jobs
from eoi.models import Outgoing
from eoi.queries import planning as queries
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused
from eoi.rules.guidance import Key
from eoi.rules.milestones import Mark
from eoi.rules.stages import Stage
from eoi.workflow import planning

OPENING = date(2029, 9, 3)


@pytest.fixture
def case(db, cases):
    return cases.at(Stage.PRE_STATUTORY)


def take(case, cases, opening=OPENING, building="existing", who="aisha"):
    return planning.take(case, opening, building, seen=case.version, by=cases.people.actor(who))


def test_plan_is_taken_kept_and_made_anew(db, case, cases):
    first = take(case, cases)
    assert first.feasible
    by, notice = cases.people.actor("aisha"), first.on(Mark.NOTICE)
    planning.keep(case, Mark.NOTICE, notice, cases.clock().date(), "Published.", seen=case.version, by=by)
    take(case, cases, date(2030, 1, 7))
    held = {one.mark: one for one in queries.milestones(case)}
    assert held[Mark.OPENING].planned_on == OPENING
    assert held[Mark.OPENING].expected_on == date(2030, 1, 7)
    assert (held[Mark.NOTICE].expected_on, held[Mark.NOTICE].note) == (notice, "Published.")


def test_plan_refuses_what_cannot_be(db, case, cases):
    with pytest.raises(Invalid):
        take(case, cases, None)
    with pytest.raises(Invalid):
        take(case, cases, building="castle")
    with pytest.raises(NotAllowed):
        take(case, cases, who="priya")
    with pytest.raises(MovedOn):
        planning.take(case, OPENING, "new", seen=case.version - 1, by=cases.people.actor("aisha"))
    with pytest.raises(Refused, match="not in the plan"):
        planning.keep(case, Mark.DEED, OPENING, None, "", seen=case.version, by=cases.people.actor("aisha"))
    take(case, cases)
    tomorrow = date(2099, 1, 1)
    with pytest.raises(Invalid, match="today or in the past"):
        planning.keep(case, Mark.NOTICE, OPENING, tomorrow, "", seen=case.version, by=cases.people.actor("aisha"))


def test_officer_is_reminded_once_in_time(db, case, cases):
    made = take(case, cases)
    db.session.commit()
    cases.clock.travel(f"{made.on(Mark.AGREEMENT).isoformat()} 12:00")
    cases.clock.advance(days=-14)
    for _ in range(2):
        jobs.remind()
        db.session.commit()
    sent = [work.payload for work in db.session.query(Outgoing) if work.payload.get("template") == "milestone_due"]
    assert [payload["facts"]["milestone"] for payload in sent] == ["Agreement signed", "Recruitment starts"]


def test_figures_and_holidays_are_added_and_refused(db, cases):
    by = cases.people.actor("olu")
    planning.add_figure(Key.DFE, 20, date(2026, 11, 1), "DfE", by=by)
    assert queries.figures(date(2026, 11, 24))[Key.DFE].value == 20
    with pytest.raises(Invalid, match="already"):
        planning.add_figure(Key.DFE, 21, date(2026, 11, 1), "DfE", by=by)
    planning.add_closure("Half term", date(2027, 2, 15), date(2027, 2, 19), "Kent", False, by=by)
    with pytest.raises(Invalid, match="overlaps “Half term”"):
        planning.add_closure("Other", date(2027, 2, 19), date(2027, 2, 26), "Kent", False, by=by)
    with pytest.raises(NotAllowed):
        planning.add_figure(Key.DFE, 21, date(2026, 12, 1), "DfE", by=cases.people.actor("dev"))
