import os
import signal
import subprocess
import sys
import time
from datetime import time as time_of_day

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.extensions import now
from eoi.models import Calendar, Outgoing
from eoi.models.outgoing import State
from eoi.workflow import notices, outgoing


@pytest.fixture
def kinds():
    """Kinds and tasks that a test adds go away after it; those of the service stay out of its way."""
    kinds, calendar = dict(jobs.KINDS), dict(jobs.CALENDAR)
    jobs.CALENDAR.clear()
    yield
    for table, usual in ((jobs.KINDS, kinds), (jobs.CALENDAR, calendar)):
        table.clear()
        table.update(usual)


def promised(db, kind="note", key="a", **more):
    work = outgoing.promise(kind, key, {"school": "Orchard Green"}, **more)
    db.session.commit()
    return work.id


def test_drain_does_what_is_due_and_leaves_the_rest(db, clock, kinds):
    seen = []
    jobs.job("note")(lambda work: seen.append(work.key))
    promised(db, key="now")
    promised(db, key="tomorrow", due_at=now() + jobs.timedelta(days=1))
    assert jobs.drain() == 1
    assert seen == ["now"]
    clock.advance(days=1)
    assert jobs.drain() == 1
    assert seen == ["now", "tomorrow"]


def test_promise_with_one_key_is_done_once(db, kinds):
    seen = []
    jobs.job("note")(lambda work: seen.append(work.payload))
    assert promised(db) == promised(db)
    jobs.drain()
    promised(db)
    jobs.drain()
    assert seen == [{"school": "Orchard Green"}]


def test_promise_goes_with_its_transaction(db, kinds):
    outgoing.promise("note", "a", {})
    db.session.rollback()
    assert db.session.scalars(select(Outgoing)).all() == []


def test_job_that_fails_is_tried_later_and_later_and_then_kept_with_its_error(db, clock, kinds):
    tries = []

    @jobs.job("note")
    def fail(work):
        tries.append(now())
        db.session.add(Calendar(name=f"half done {len(tries)}", next_run=now()))
        raise RuntimeError("the printer is away")

    work_id = promised(db)
    for _ in range(40):
        jobs.drain()
        clock.advance(hours=1)
    work = db.session.get(Outgoing, work_id)
    assert (work.state, work.last_error) == (State.FAILED, "RuntimeError: the printer is away")
    assert len(tries) == outgoing.MOST_ATTEMPTS
    assert db.session.scalars(select(Calendar)).all() == []
    outgoing.try_again(work)
    db.session.commit()
    jobs.drain()
    assert len(tries) == outgoing.MOST_ATTEMPTS + 1


def test_failed_job_waits_twice_as_long_each_time(db, clock, kinds):
    @jobs.job("note")
    def fail(work):
        raise RuntimeError

    work_id = promised(db)
    waits = []
    for _ in range(4):
        jobs.drain()
        due = db.session.get(Outgoing, work_id).due_at
        waits.append((due - now()).total_seconds())
        clock.travel(due)
    assert waits == [30, 60, 120, 240]


def test_work_of_a_dead_worker_is_claimed_again_after_its_lease(db, clock, kinds):
    seen = []
    jobs.job("note")(lambda work: seen.append(work.attempts))
    promised(db)
    assert outgoing.claim() is not None
    db.session.commit()
    assert jobs.drain() == 0
    clock.advance(minutes=5)
    assert jobs.drain() == 1
    assert seen == [2]


def test_work_that_kills_every_worker_is_given_up(db, clock, kinds):
    jobs.job("note")(lambda work: None)
    work_id = promised(db)
    for _ in range(outgoing.MOST_ATTEMPTS):
        outgoing.claim()
        db.session.commit()
        clock.advance(minutes=5)
    jobs.drain()
    work = db.session.get(Outgoing, work_id)
    assert (work.state, work.last_error) == (State.FAILED, "The worker died each time it tried this")


def test_unknown_kind_is_kept_with_its_error(db, kinds):
    work_id = promised(db, kind="nobody does this")
    jobs.drain()
    assert db.session.get(Outgoing, work_id).last_error == "KeyError: 'nobody does this'"


def test_run_of_done_work_does_nothing(db, kinds):
    seen = []
    jobs.job("note")(lambda work: seen.append(work.id))
    work_id = promised(db)
    jobs.drain()
    jobs.run("note", work_id)
    assert seen == [work_id]


def test_task_comes_round_every_so_many_minutes(db, clock, kinds):
    seen = []

    @jobs.every(minutes=15)
    def look():
        seen.append(now())

    jobs.drain()
    clock.advance(minutes=15)
    jobs.drain()
    jobs.drain()
    clock.advance(hours=3)  # the service was down: the missed moments are made up once
    jobs.drain()
    assert len(seen) == 2


def test_daily_task_keeps_its_time_when_the_clocks_change(db, clock, kinds):
    clock.travel("2027-03-27 12:00")

    @jobs.daily(at=time_of_day(7, 30))
    def remind():
        pass

    jobs.tick()
    first = db.session.get(Calendar, "remind").next_run
    clock.travel(first)
    jobs.tick()
    second = db.session.get(Calendar, "remind").next_run
    assert (first.isoformat(), second.isoformat()) == ("2027-03-28T06:30:00+00:00", "2027-03-29T06:30:00+00:00")


def test_tick_is_promised_once_by_many_workers(db, clock, kinds):
    @jobs.every(minutes=15)
    def look():
        pass

    jobs.tick()
    clock.advance(minutes=15)
    seen = db.session.get(Calendar, "look").next_run
    assert outgoing.come_round("look", now() + jobs.timedelta(minutes=15)) == seen
    assert outgoing.come_round("look", now() + jobs.timedelta(minutes=15)) is None


def test_task_that_fails_is_tried_again(db, clock, kinds):
    seen = []

    @jobs.every(minutes=15)
    def look():
        seen.append(now())
        if len(seen) == 1:
            raise RuntimeError

    jobs.tick()
    clock.advance(minutes=15)
    jobs.drain()
    clock.advance(minutes=1)
    jobs.drain()
    assert len(seen) == 2


WORKER = """
import sys, time
from config import Settings
from pathlib import Path
from eoi import create_app, jobs
from eoi.extensions import db
@jobs.job("slow")
def slow(work):
    Path(work.payload["begun"]).touch()
    time.sleep(1)
app = create_app(Settings(DATA_DIR=Path(sys.argv[1]), DATABASE_URL=sys.argv[2], SECRET_KEY="tests-only-" * 4))
with app.app_context():
    jobs.work_until_told()
"""


def test_worker_told_to_stop_finishes_its_job(app, db, tmp_path):
    app.config["CLOCK"] = lambda: jobs.datetime.now(jobs.LONDON)
    begun = tmp_path / "begun"
    work = outgoing.promise("slow", "slow", {"begun": str(begun)})
    db.session.commit()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path), url], env={**os.environ})
    for _ in range(400):
        if begun.exists():
            break
        time.sleep(0.05)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    db.session.expire_all()
    assert work.state is State.DONE


def test_mail_is_delivered_once_and_forgotten(app, db, mailbox):
    key = "letter EOI-2026-0001"
    for _ in range(2):
        notices.mail(
            "letter_issued", "alice@school.example", key, path="/apply", name="Alice", reference="EOI-2026-0001"
        )
    db.session.commit()
    jobs.drain()
    (text,) = mailbox.texts
    assert "There is a letter for you about the expression of interest EOI-2026-0001." in text
    assert f"{app.config['SITE_URL']}/apply" in text
    (work,) = db.session.scalars(select(Outgoing))
    assert work.payload == {"template": "letter_issued", "to": "alice@school.example"}


def test_mail_waits_while_the_server_is_away(db, clock, mailbox):
    notices.mail("letter_issued", "alice@school.example", "a", path="/apply", name="Alice", reference="EOI-2026-0001")
    db.session.commit()
    mailbox.refuse = "451 Try later"
    jobs.drain()
    mailbox.refuse = ""
    clock.advance(minutes=1)
    jobs.drain()
    assert len(mailbox.messages) == 1
