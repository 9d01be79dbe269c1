"""The list as a tool, the dashboard's pages and the timeline are within everybody's reach, narrow and wide."""

import pytest
from flask.sessions import SecureCookieSessionInterface

from eoi.extensions import db
from eoi.models import Errand
from eoi.models.errand import ErrandKind
from eoi.rules.stages import Stage
from eoi.workflow import errands
from tests.web.entering import held_by

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine
PAGES = (
    "/review", "/review/board", "/review/board?as=list", "/review/figures", "/review/submissions?sort=-stage",
    "/review/views/new?stage=check", "/review/bulk/assign?all=1", "/review/bulk/ask?all=1", "/review/bulk/move?all=1",
    "/review/bulk/flag?all=1", "/review/export", "/review/errands",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 320])
def test_desk_has_no_violation(live, new_page, people, cases, check_axe, width):
    submission = cases.at(Stage.CHECK)
    errands.start(ErrandKind.MOVE, [(submission.id, 99)], {"action": "assess"}, by=people.actor("olu"))
    db.session.commit()
    errand = db.session.query(Errand.public_id).scalar()
    page = new_page(width=width)
    seal = SecureCookieSessionInterface().get_signing_serializer(live.app)
    page.context.add_cookies(
        [{"name": "session", "value": seal.dumps(held_by(live.app, people.olu)), "url": live.address}]
    )
    way = "?list=stage%3Dcheck&at=1&of=2"
    case = f"/review/submissions/{submission.reference}"
    for path in (*PAGES, f"{case}{way}", f"{case}/timeline", f"/review/errands/{errand}"):
        assert page.goto(path).ok, path
        check_axe(page)
