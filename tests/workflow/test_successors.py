"""A school that closes in the register and goes on under another number: its drafts and its people go there."""

import pytest
from sqlalchemy import select

from eoi.extensions import db
from eoi.models import AuditEntry, School
from eoi.queries import drafts, successors
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.stages import Stage
from eoi.rules.words import Path
from eoi.workflow import successors as verbs
from tests.people import HOPEFIELD, MEADOW

NEW = 900011


@pytest.fixture
def closed(cases, people):
    """Hopefield, which the register has closed, with a draft; an academy is open in its place."""
    draft = cases.at(Stage.DRAFT)
    old = draft.school
    old.status = "Closed"
    same = {"la_code": old.la_code, "la_name": "Kent", "phase": "Primary", "postcode": old.postcode,
            "type_group": "Academies", "district_code": "E07000106", "source": "x", "as_at": old.as_at}  # fmt: skip
    db.session.add_all([School(urn=NEW, name="Hopefield Academy", **same), School(urn=NEW + 1, name="Oaks", **same)])
    db.session.commit()
    return draft


def test_drafts_and_people_move_in_one_step(closed, people):
    (waits,) = successors.waiting()
    assert (waits.school.urn, waits.drafts, waits.people, waits.proposal.urn) == (HOPEFIELD, 1, 2, NEW)
    drafts_before = drafts.answers(closed)
    assert verbs.move(closed.school, NEW, by=people.actor("olu")) == 1
    db.session.commit()
    assert (closed.urn, closed.district_code, drafts.answers(closed)) == (NEW, "E07000106", drafts_before)
    assert [m.urn for name in ("alice", "ed") for m in people.by_name[name].memberships] == [NEW, NEW]
    assert successors.waiting() == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "move_school")).one()
    assert (entry.case, entry.detail.content) == (closed.case, {"from": HOPEFIELD, "to": NEW})


def test_what_was_sent_stays_with_its_readers(closed, cases, people):
    sent = cases.road(path=Path.SATELLITE, urn=HOPEFIELD).submission
    sent.stage = Stage.CHECK
    db.session.commit()
    verbs.move(closed.school, NEW, by=people.actor("harriet"))
    db.session.commit()
    assert (sent.urn, {m.urn for m in people.alice.memberships}) == (HOPEFIELD, {HOPEFIELD, NEW})


def test_move_is_refused_where_it_would_be_wrong(closed, people):
    with pytest.raises(NotAllowed):
        verbs.move(closed.school, NEW, by=people.actor("alice"))
    for urn in (0, HOPEFIELD, MEADOW):
        with pytest.raises(Invalid):
            verbs.move(closed.school, urn, by=people.actor("olu"))
    with pytest.raises(Refused):
        verbs.move(db.session.get_one(School, NEW), HOPEFIELD, by=people.actor("olu"))
