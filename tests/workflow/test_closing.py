"""When a round closes, the service starts the checks."""

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.models import AuditEntry, Outgoing
from eoi.models.submission import Channel
from eoi.rules.stages import Stage
from tests.people import ELSEWHERE


@pytest.fixture
def sent(cases, clock):
    """Two cases of two schools, submitted while the round is open; the calendar knows the task."""
    both = [cases.at(Stage.SUBMITTED), cases.at(Stage.SUBMITTED, urn=ELSEWHERE)]
    jobs.drain()
    return both


def close(clock, at="2026-12-18 12:05"):
    clock.travel(at)
    jobs.drain()
    db.session.expire_all()


def stages_of(submissions):
    return [submission.stage for submission in submissions]


def test_checks_start_when_the_round_has_closed(sent, clock):
    close(clock, "2026-12-18 11:59")
    assert stages_of(sent) == [Stage.SUBMITTED] * 2
    close(clock)
    assert stages_of(sent) == [Stage.CHECK] * 2
    entries = db.session.query(AuditEntry).filter_by(action="start_check").all()
    assert [(one.actor_kind, one.to_stage) for one in entries] == [("system", "check")] * 2
    assert {one.due_on.isoformat() for one in sent} == {"2027-01-06"}


def test_checks_start_once_however_often_the_task_comes_round(sent, clock):
    for minutes in (5, 10, 15):
        close(clock, f"2026-12-18 12:{minutes:02}")
    assert db.session.query(Outgoing).filter_by(kind="start_check").count() == 2
    assert db.session.query(AuditEntry).filter_by(action="start_check").count() == 2


def test_each_check_is_work_of_its_own(sent, clock):
    clock.travel("2026-12-18 12:05")
    jobs.close_rounds()
    db.session.commit()
    assert jobs.step()  # one claim, one commit
    db.session.expire_all()
    assert sorted(stages_of(sent)) == [Stage.CHECK, Stage.SUBMITTED]


def test_case_that_moved_meanwhile_is_left_alone(sent, clock, people):
    clock.travel("2026-12-18 12:05")
    jobs.close_rounds()
    sent[0].round.closes_at = clock.moment.replace(year=2027)  # given more time before the work was done
    db.session.commit()
    jobs.drain()
    db.session.expire_all()
    assert stages_of(sent) == [Stage.SUBMITTED] * 2
    assert {work.state for work in db.session.query(Outgoing).filter_by(kind="start_check")} == {"done"}


def test_round_that_stays_open_starts_nothing(sent, clock):
    sent[0].round.closes_at = None
    db.session.commit()
    close(clock)
    assert stages_of(sent) == [Stage.SUBMITTED] * 2


def test_what_an_officer_logged_waits_for_its_school(sent, clock):
    sent[0].channel = Channel.PHONE
    db.session.commit()
    close(clock)
    assert stages_of(sent) == [Stage.SUBMITTED, Stage.CHECK]
    sent[0].confirmed_at = clock()
    db.session.commit()
    close(clock, "2026-12-18 12:10")
    assert stages_of(sent) == [Stage.CHECK, Stage.CHECK]
