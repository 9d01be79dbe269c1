"""The state of the service: what works, what waits, and what to do about it."""

from datetime import timedelta

import pytest

from eoi import backup, jobs
from eoi.extensions import db as database
from eoi.extensions import now
from eoi.models import Calendar
from eoi.models.outgoing import State
from eoi.queries import state
from eoi.web.admin.state import ago
from eoi.workflow import anchoring, outgoing
from tests.web.entering import enter


@pytest.fixture
def ada(client, people):
    return enter(client, people.ada)


def test_new_service_says_what_to_set_up(ada, app):
    page = ada.get("/admin/state").text
    for words in ("Not seen yet", "Nothing is due", "Set CLAMD_URL", "Set SMTP_URL", "Set EOI_BACKUP_DIR", "None yet"):
        assert words in page
    assert "4 parts need a look" in page


def test_service_that_is_well_says_so(ada, app, tmp_path):
    app.config.update(BACKUP_DIR=str(tmp_path / "nightly"), DEMONSTRATION=True)
    database.session.add(Calendar(name=state.BEAT, next_run=now() + state.EVERY))
    database.session.commit()
    anchoring.write(anchoring.folder())
    page = ada.get("/admin/state").text
    assert "Last seen just now" in page
    assert "1 anchor in all" in page
    assert "None yet" in page  # the nightly backup
    assert "1 part needs a look" in page
    backup.daily()
    assert "kept for 35 days" in ada.get("/admin/state").text


def test_worker_is_seen_from_its_first_look(ada, clock):
    assert jobs.CALENDAR[state.BEAT](now()) == now() + state.EVERY
    jobs.tick()
    assert "Last seen just now" in ada.get("/admin/state").text
    clock.advance(minutes=20)
    assert "Last seen 20 minutes ago" in ada.get("/admin/state").text


def test_work_that_waits_or_failed_is_counted_and_leads_to_its_page(ada):
    outgoing.promise("mail", "a", {}, due_at=now() - timedelta(hours=3))
    failed = outgoing.promise("mail", "b", {})
    failed.state = State.FAILED
    database.session.commit()
    page = ada.get("/admin/state").text
    assert "1 job, the oldest due 3 hours ago" in page
    assert "Work is late" in page
    assert 'href="/admin/failures"' in page


def test_files_and_scanner_that_are_away_are_said(ada, app, tmp_path):
    (tmp_path / "occupied").write_text("")
    app.config.update(FILES_URL=f"file://{tmp_path / 'occupied'}", CLAMD_URL=f"unix:{tmp_path}/none.sock")
    page = ada.get("/admin/state").text
    assert "Cannot be reached" in page
    assert "Does not answer" in page


def test_others_do_not_see_it(client, people):
    enter(client, people.olu).get("/admin/state", status=403)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_ago_is_rough(db, passed, words):
    assert ago(now() - passed) == words
