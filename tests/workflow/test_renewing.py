"""A school of the pool is asked to offer again, and begins with its own answers."""

import pytest

from eoi.models import Outgoing
from eoi.queries import pool
from eoi.rules.errors import Refused
from eoi.rules.stages import Stage
from eoi.workflow import drafting, renewing
from tests.cases import make_round


def test_deferred_offer_is_renewed_with_its_answers(db, cases):
    case = cases.at(Stage.DEFERRED)
    case.letter_issued = True
    later = make_round(slug="spring-2027", name="Spring 2027", opens_at=cases.clock(), closes_at=None)
    by = cases.people.actor("olu")
    [row] = pool.kept(by)
    assert (row.reference, row.invited_at) == (case.reference, None)
    case.round.closes_at = None  # as if it stayed open
    with pytest.raises(Refused, match="Choose another"):
        renewing.invite(case, case.round, by=by)
    renewing.invite(case, later, by=by)
    with pytest.raises(Refused, match="already"):
        renewing.invite(case, later, by=by)
    [mail] = [w for w in db.session.query(Outgoing) if w.payload.get("template") == "renew"]
    assert mail.payload["path"].startswith("/apply/start/spring-2027/check?school=")
    alice = cases.people.actor("alice")
    draft = drafting.start(later, case.school, case.path, case.need, case.phase, by=alice)
    assert renewing.carry_over(draft, by=alice)
    assert draft.places == case.places
    assert pool.answers(draft)["offer"] == {
        key: value for key, value in pool.answers(case)["offer"].items() if key in pool.answers(draft)["offer"]
    }
    other = drafting.start(make_round(slug="x", name="X", closes_at=None), case.school, case.path, case.need,
                           case.phase, by=alice)  # fmt: skip
    assert not renewing.carry_over(other, by=alice)
