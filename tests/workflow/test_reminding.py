from datetime import UTC, datetime

import pytest

from eoi import jobs
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
