"""Notes of a visit: kept as they are typed, by two people, and only while the case is at the visit."""

import pytest

from eoi.models import Visit
from eoi.rules.errors import MovedOn, NotAllowed, WrongStage
from eoi.rules.stages import Stage
from eoi.workflow import visiting

TODAY = {"day": "14", "month": "1", "year": "2027"}


def test_notes_keep_what_is_right_and_give_back_the_rest(cases, people, db):
    case = cases.at(Stage.VISIT)
    typed = {"visited_on": {**TODAY, "day": "40"}, "rooms": "Two rooms, both quiet."}
    saved = visiting.save(case, typed, seen=0, by=people.actor("aisha"))
    db.session.commit()
    assert saved.errors.keys() == {"visited_on-day"}
    held = db.session.get(Visit, case.id)
    assert held.answers == {"rooms": "Two rooms, both quiet."}
    assert held.unfinished["visited_on"]["day"] == "40"
    visiting.save(case, typed | {"visited_on": TODAY}, seen=held.version, by=people.actor("olu"))
    db.session.commit()
    assert (held.answers["visited_on"], held.unfinished) == ("2027-01-14", {})


def test_the_second_of_two_is_told(cases, people, db):
    case = cases.at(Stage.VISIT)
    visiting.save(case, {"rooms": "One."}, seen=0, by=people.actor("aisha"))
    db.session.commit()
    with pytest.raises(MovedOn):
        visiting.save(case, {"rooms": "Two."}, seen=0, by=people.actor("olu"))


def test_who_may_and_when(cases, people):
    case = cases.at(Stage.VISIT)
    with pytest.raises(NotAllowed):
        visiting.save(case, {}, seen=0, by=people.actor("cleo"))
    case.stage = Stage.PANEL
    with pytest.raises(WrongStage):
        visiting.save(case, {}, seen=0, by=people.actor("olu"))
