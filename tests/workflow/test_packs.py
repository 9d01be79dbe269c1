"""A pack is made once, whole, for its reader, whatever becomes of the worker; it goes when it has to."""

from datetime import date, timedelta

import pytest
from flask import current_app

from eoi import jobs, printing
from eoi.extensions import now
from eoi.models import Outgoing, Pack
from eoi.models.outgoing import State
from eoi.outbound import files
from eoi.rules.assigning import HANDLINGS
from eoi.rules.errors import NotAllowed, Refused
from eoi.rules.permissions import SYSTEM
from eoi.rules.stages import Stage
from eoi.workflow import assigning, erasing, outgoing, packs, panel
from tests.outbound import reading
from tests.people import ELSEWHERE


@pytest.fixture
def meeting(cases, db, people):
    """Two cases, on one of which Dev has a conflict."""
    both = [cases.at(Stage.PANEL), cases.at(Stage.PANEL, urn=ELSEWHERE)]
    made = panel.plan(both, date(2027, 3, 2), "Room 1", by=people.actor("cleo"))
    panel.declare_agenda(made.items, [made.items[0].id], HANDLINGS[1][1], by=people.actor("dev"))
    db.session.commit()
    return made


def test_pack_waits_for_the_declaration_and_is_asked_for_once(meeting, db, people):
    with pytest.raises(Refused, match="Say first"):
        packs.ask(meeting, by=people.actor("cleo"))
    with pytest.raises(NotAllowed):
        packs.ask(meeting, by=people.actor("alice"))
    first = packs.ask(meeting, by=people.actor("dev"))
    assert packs.ask(meeting, by=people.actor("dev")) is first
    assert first.of == 1


def test_worker_that_dies_in_the_middle_leaves_one_whole_pack(meeting, db, people, clock, mailbox, tmp_path):
    db.session.query(Outgoing).delete()
    pack = packs.ask(meeting, by=people.actor("dev"))
    db.session.commit()
    work = outgoing.claim()
    assert work.kind == packs.JOB
    half = printing.print_pack(pack.id)
    next(half)
    db.session.commit()
    assert (pack.gathered, pack.key) == (1, None)
    half.close()  # here the worker is killed: nothing of it is left but how far it was
    clock.advance(minutes=6)
    jobs.drain()
    db.session.expire_all()
    assert db.session.query(Outgoing).filter_by(kind=packs.JOB).one().state is State.DONE
    content = files.open_store(current_app.config["FILES_URL"]).get(pack.key)
    said = reading.text(content)
    hidden, shown = (item.submission for item in meeting.items)
    assert reading.pages(content) == 5
    assert reading.errors(content, tmp_path) == []
    assert f"{hidden.reference}: withheld" in said
    assert hidden.school.name not in said
    for words in (
        "Panel pack, 2 March 2027",
        "Made for: Director",
        shown.school.name,
        "0 conflicts",
        "Places sought",
        "C7",
    ):
        assert words in said
    assert reading.bookmarks(content)[0] == "Panel pack, 2 March 2027"
    assert shown.school.name in reading.bookmarks(content)
    assert [m["Subject"] for m in mailbox.messages] == ["Your panel pack for 2 March 2027 is ready"]
    jobs.run(packs.JOB, work.id)
    assert db.session.query(Pack).count() == 1


def test_packs_go_after_a_month_and_with_a_case_that_is_erased(meeting, db, people, clock):
    both = [packs.ask(meeting, by=people.actor("dev"))]
    panel.declare_agenda(meeting.items, [], "", by=people.actor("cleo"))
    both.append(packs.ask(meeting, by=people.actor("cleo")))
    for pack, cases in zip(both, (meeting.items[1:], meeting.items), strict=True):
        key = files.open_store(current_app.config["FILES_URL"]).put(f"pack {pack.id}".encode())
        pack.key, pack.ready_at, pack.cases = key, now(), [item.submission_id for item in cases]
    db.session.commit()
    erasing.erase(meeting.items[0].submission, by=SYSTEM, line=None, reason="Asked for.")
    db.session.commit()
    assert [pack.reader_id for pack in db.session.query(Pack)] == [people.dev.id]
    clock.travel(now() + timedelta(days=31))
    assert packs.tidy() == [both[0].key]
    assert db.session.query(Pack).count() == 0


def test_pack_with_a_case_that_has_closed_since_is_void(meeting, db, people):
    pack = packs.ask(meeting, by=people.actor("dev"))
    pack.key, pack.ready_at, pack.cases = "0" * 64, now(), [meeting.items[1].submission_id]
    assigning.declare_conflict(meeting.items[1].submission, True, HANDLINGS[0][1], by=people.actor("dev"))
    assert packs.stands(pack, by=people.actor("dev")) is False
