"""Work is shared out and handed over, all or none; a conflict keeps a person away before and after."""

import pytest

from eoi.models import Assignment, Conflict, Membership
from eoi.queries import assigning as queries
from eoi.queries import review
from eoi.rules.assigning import HANDLINGS
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused
from eoi.rules.permissions import Role
from eoi.rules.stages import Stage
from eoi.workflow import assigning
from eoi.workflow.assigning import Share
from tests.people import ELSEWHERE, HOPEFIELD


@pytest.fixture
def two(cases, db, people):
    """Two cases in assessment, nobody to score them yet."""
    found = [cases.at(Stage.ASSESSMENT), cases.at(Stage.ASSESSMENT, urn=ELSEWHERE)]
    for case in found:
        assigning.assign_scorers(case, [], seen=case.version, by=people.actor("olu"))
    db.session.commit()
    return found


def scorers_of(case):
    return [a.user.name.split()[0] for a in review.assignments(case)]


def test_cases_that_lack_scorers_get_those_with_least_and_no_known_tie(two, db, people):
    first, second = two
    db.session.add(Membership(user_id=people.pam.id, urn=HOPEFIELD, role=Role.EDITOR))
    assigning.declare_conflict(second, True, HANDLINGS[0][1], by=people.actor("cleo"))
    db.session.commit()
    by_id = {user.id: user for user in (people.priya, people.pete, people.pam)}
    plans = {plan.case.id: plan for plan in queries.lacking(people.actor("olu"), by_id)}
    assert [user.name for user in plans[first.id].proposed] == ["Priya Example", "Pete Example"]
    assert plans[first.id].short == 1
    assert {user.name for user in plans[second.id].proposed} == {"Priya Example", "Pete Example", "Pam Example"}
    shares = [Share(case, case.version, plans[case.id].proposed) for case in two]
    with pytest.raises(NotAllowed):
        assigning.share_out(shares, by=people.actor("cleo"))
    assert assigning.share_out(shares, by=people.actor("olu")) == 5
    db.session.commit()
    assert queries.load() == {people.priya.id: 2, people.pete.id: 2, people.pam.id: 1}
    assert [plan.case.id for plan in queries.lacking(people.actor("olu"), by_id)] == [first.id]


def test_sharing_out_is_all_or_none(two, db, people):
    stale = [Share(two[0], two[0].version, [people.priya]), Share(two[1], two[1].version - 1, [people.priya])]
    with pytest.raises(MovedOn):
        assigning.share_out(stale, by=people.actor("olu"))
    db.session.rollback()
    assert db.session.query(Assignment).count() == 0
    with pytest.raises(Invalid):
        assigning.share_out([], by=people.actor("olu"))


def test_nobody_in_conflict_is_given_a_case(two, db, people):
    case, olu = two[0], people.actor("olu")
    assigning.assign_scorers(case, [people.priya], seen=case.version, by=olu)
    assigning.declare_conflict(case, True, HANDLINGS[0][1], by=people.actor("priya"))
    assigning.declare_conflict(case, True, HANDLINGS[0][1], by=people.actor("oscar"))
    assigning.assign_scorers(case, [], seen=case.version, by=olu)
    with pytest.raises(Refused, match="Priya Example declared a conflict"):
        assigning.assign_scorers(case, [people.priya], seen=case.version, by=olu)
    with pytest.raises(Refused, match="Oscar Example declared a conflict"):
        assigning.give_officer(case, people.oscar, seen=case.version, by=olu)


def test_handling_is_one_of_a_list_without_room_for_families(two, db, people):
    with pytest.raises(Invalid):
        assigning.declare_conflict(two[0], True, "My son goes there", by=people.actor("olu"))
    assert db.session.query(Conflict).count() == 0


def test_work_of_who_is_away_is_handed_over(two, cases, db, people):
    first, second = two
    olu = people.actor("olu")
    for case in two:
        assigning.assign_scorers(case, [people.priya], seen=case.version, by=olu)
    db.session.commit()
    owned, _ = queries.open_work(people.olu, olu)
    assert {case.id for case in owned} == {first.id, second.id}
    _, scored = queries.open_work(people.priya, olu)
    shares = [Share(a.submission, a.submission.version, [people.pam]) for a in scored]
    with pytest.raises(Invalid):
        assigning.hand_over(people.olu, [(first, first.version)], None, [], by=olu)
    with pytest.raises(Invalid):
        assigning.hand_over(people.olu, [(first, first.version)], people.olu, [], by=olu)
    pairs = [(case, case.version) for case in two]
    assigning.hand_over(people.olu, pairs, people.oscar, [], by=olu)
    shares = [Share(a.submission, a.submission.version, [people.pam]) for a in scored]
    assigning.hand_over(people.priya, [], None, shares, by=people.actor("harriet"))
    db.session.commit()
    assert [case.owner_id for case in two] == [people.oscar.id] * 2
    assert [scorers_of(case) for case in two] == [["Pam"], ["Pam"]]
