"""The pack on its pages: asked for, how far it is, downloaded by its reader alone."""

from datetime import date

import pytest

from eoi import jobs
from eoi.models import Access, Pack
from eoi.rules.assigning import HANDLINGS
from eoi.rules.stages import Stage
from eoi.workflow import assigning, panel
from tests.web.review.browsing import send


@pytest.fixture
def meeting(cases, db, people):
    made = panel.plan([cases.at(Stage.PANEL)], date(2027, 3, 2), "", by=people.actor("cleo"))
    db.session.commit()
    return made


def test_pack_is_asked_for_watched_and_downloaded_by_its_reader(meeting, as_, db, people):
    cleo, path = as_("cleo"), f"/panel/meetings/{meeting.id}"
    assert "once you have declared" in cleo.get(path).text
    assert "Say first, for the whole agenda" in send(cleo, f"{path}/pack", {}, status=422).text
    send(cleo, f"{path}/declare", {"version": "1"})
    page = cleo.follow(send(cleo, f"{path}/pack", {})).text
    assert "0 of 1 case gathered" in page
    pack = db.session.query(Pack).one()
    own = f"/panel/packs/{pack.public_id}"
    cleo.get(f"{own}/pack.pdf", status=404)
    assert "is being made" in cleo.get(path).text
    jobs.drain()
    assert "Download the pack" in cleo.get(own).text
    assert cleo.get(f"{own}/pack.pdf").data.startswith(b"%PDF")
    noted = db.session.query(Access).filter_by(user_id=people.cleo.id, what=f"{own}/pack.pdf").one()
    assert noted.submission_id == meeting.items[0].submission_id
    for name, status in (("olu", 404), ("harriet", 404), ("alice", 403)):
        as_(name).get(own, status=status)
        as_(name).get(f"{own}/pack.pdf", status=status)
    assigning.declare_conflict(meeting.items[0].submission, True, HANDLINGS[0][1], by=people.actor("cleo"))
    db.session.commit()
    assert "has closed to you since" in cleo.get(own).text
    cleo.get(f"{own}/pack.pdf", status=422)
