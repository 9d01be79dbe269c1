"""Reminders: before a round closes, and before what a school owes is due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from eoi import jobs
from eoi.models.submission import Exception_
from eoi.rules.stages import Stage
from eoi.workflow import reminding


@pytest.mark.parametrize(
    ("day", "days"), [("2026-12-03", 0), ("2026-12-04", 10), ("2026-12-11", 5), ("2026-12-17", 1), ("2026-12-18", 0)]
)
def test_lead_of_a_draft_is_reminded_before_the_round_closes(db, cases, clock, mailbox, day, days):
    cases.road()
    db.session.commit()
    clock.travel(f"{day} 07:30")
    for _ in range(2):
        reminding.remind_drafts()
        db.session.commit()
    jobs.drain()
    assert len(mailbox.messages) == bool(days)
    if days:
        assert f"in {days} working day" in mailbox.texts[0]
        assert "closes on 18 December 2026 at 12 noon" in mailbox.texts[0]


def test_nobody_is_reminded_of_a_round_that_stays_open_or_has_not_opened(db, cases, clock, mailbox):
    cases.road()
    cases.round.closes_at = None
    db.session.commit()
    clock.travel("2026-12-17 07:30")
    reminding.remind_drafts()
    cases.round.opens_at, cases.round.closes_at = datetime(2027, 1, 4, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC)
    reminding.remind_drafts()
    db.session.commit()
    assert jobs.drain() == 0


@pytest.mark.parametrize("exception", [Exception_.ASKED, Exception_.REFUSED])
def test_draft_that_cannot_be_submitted_is_not_reminded(db, cases, clock, exception):
    draft = cases.at(Stage.DRAFT)
    draft.exception = exception
    db.session.commit()
    clock.travel("2026-12-17 07:30")
    reminding.remind_drafts()
    db.session.commit()
    assert jobs.drain() == 0


def texts_of_answers(mailbox):
    jobs.drain()
    return [text for text in mailbox.texts if "We wait for" in text]


@pytest.mark.parametrize(
    ("stage", "owed"),
    [
        (Stage.DETAIL, "the detail"),
        (Stage.CLARIFICATION, "the answers to our questions"),
        (Stage.RETURNED, "the information that we asked for"),
    ],
)
def test_school_is_reminded_before_its_answers_are_due(db, cases, clock, mailbox, stage, owed):
    submission = cases.at(stage)
    submission.due_on = date(2027, 2, 12)  # a Friday
    db.session.commit()
    for day in range(4, 13):  # each morning of the week before and of the week of the day
        clock.travel(datetime(2027, 2, day, 7, 30, tzinfo=UTC))
        reminding.remind_answers()
        reminding.remind_answers()
        db.session.commit()
    five, one = texts_of_answers(mailbox)
    assert f"We wait for {owed}" in five
    assert "It is due on 12 February 2027, in 5 working days." in five
    assert "in 1 working day." in one


def test_more_time_brings_new_reminders(db, cases, clock, mailbox):
    submission = cases.at(Stage.DETAIL)
    for due in (date(2027, 2, 12), date(2027, 2, 19)):
        submission.due_on = due
        db.session.commit()
        clock.travel(datetime.combine(due - timedelta(days=1), datetime.min.time(), UTC))
        reminding.remind_answers()
        db.session.commit()
    assert len(texts_of_answers(mailbox)) == 2


def test_school_closure_weeks_put_a_reminder_off(db, cases, clock, mailbox):
    submission = cases.at(Stage.DETAIL)
    submission.round.closures = [["2027-02-15", "2027-02-19"]]
    submission.due_on = date(2027, 2, 22)
    db.session.commit()
    clock.travel("2027-02-12 07:30")  # ten days before, of which one is a working day of the school
    reminding.remind_answers()
    db.session.commit()
    (text,) = texts_of_answers(mailbox)
    assert "in 1 working day." in text


def test_nobody_is_reminded_of_what_is_late_or_asked_today(db, cases, clock, mailbox):
    submission = cases.at(Stage.DETAIL)
    submission.due_on, submission.stage_since = clock().date() + timedelta(days=1), clock()
    db.session.commit()
    reminding.remind_answers()
    clock.advance(days=1)
    reminding.remind_answers()
    db.session.commit()
    assert texts_of_answers(mailbox) == []


def test_calendar_reminds_every_morning(cases, clock, mailbox):
    cases.at(Stage.DRAFT)
    clock.travel("2026-12-16 12:00")
    jobs.drain()
    clock.travel("2026-12-17 07:31")
    jobs.drain()
    assert "in 1 working day" in mailbox.texts[-1]
