"""The schedule kept: warned first, held back where somebody says so, gone on its day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from eoi import jobs
from eoi.models import FoiCase, FoiRequest, Hold, Letter, Outgoing, PersonErased, Submission, Tombstone, Warned
from eoi.models.foi import Answer
from eoi.queries import retention as kept
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.retention import Kept
from eoi.rules.stages import Stage
from eoi.workflow import foi, notices, retention


def mails(db, template):
    return [work for work in db.session.scalars(select(Outgoing).where(Outgoing.kind == "mail"))
            if work.payload["template"] == template]  # fmt: skip


def written(db, template):
    """The first mail of this kind, as it will be read."""
    return notices.written(mails(db, template)[0].payload)[1]


def night(db):
    retention.warn()
    retention.promise_erasing()
    db.session.commit()
    run(db, retention.ERASE_CASE, retention.ERASE_ACCOUNT)


def run(db, *kinds):
    """The work of these kinds that is due, and nothing that prints."""
    for work in db.session.scalars(select(Outgoing).where(Outgoing.kind.in_(kinds))).all():
        jobs.run(work.kind, work.id)


def count(db, model):
    return db.session.scalar(select(func.count()).select_from(model))


def seen_today(db, people, clock):
    """Everybody signed in today, so that no account is idle."""
    for user in people.by_name.values():
        user.last_seen_at = clock()
    db.session.commit()


def test_draft_is_warned_of_at_sixty_days_and_gone_at_ninety(db, people, cases, clock):
    draft = cases.road().submission
    db.session.commit()
    clock.travel("2027-02-15 05:00")  # 59 days after closing
    night(db)
    assert count(db, Warned) == 0
    clock.travel("2027-02-16 05:00")
    night(db)
    night(db)
    assert [mail.payload["to"] for mail in mails(db, "draft_erased_soon")] == ["alice@example.org"]
    assert "Yours goes on 18 March 2027" in written(db, "draft_erased_soon")
    assert "1 draft was never submitted" in written(db, "retention_list")
    clock.travel("2027-03-17 05:00")
    night(db)
    assert count(db, Submission) == 1
    clock.travel("2027-03-18 05:00")
    number = draft.id
    night(db)
    assert db.session.get(Submission, number) is None
    stone = db.session.scalars(select(Tombstone)).one()
    assert (stone.kept, stone.outcome, stone.erased_by_id) == (Kept.DRAFT, "Draft", None)


def test_nothing_goes_that_nobody_was_warned_of(db, people, cases, clock):
    """The service was away for months: whoever is concerned gets a fortnight first."""
    cases.road()
    db.session.commit()
    clock.travel("2027-09-01 05:00")
    seen_today(db, people, clock)
    night(db)
    assert count(db, Submission) == 1
    clock.travel("2027-09-14 05:00")
    night(db)
    assert count(db, Submission) == 1
    clock.travel("2027-09-15 05:00")
    night(db)
    assert count(db, Submission) == 0


def test_declined_case_goes_six_years_after_its_letter(db, people, cases, clock):
    submission = cases.at(Stage.DECLINED)
    assert kept.due_case(submission) is None
    cases._issue(submission)
    db.session.commit()
    assert kept.due_case(submission).due.kept is Kept.DECLINED
    day = kept.due_case(submission).due.on
    clock.travel(f"{date(day.year - 1, day.month, day.day)} 05:00")
    seen_today(db, people, clock)
    night(db)
    assert count(db, Warned) == 0
    clock.travel(f"{kept.due_case(submission).due.warn_on} 05:00")
    night(db)
    assert [mail.payload["to"] for mail in mails(db, "retention_list")] == ["ada@example.org"]
    assert f"{submission.reference}: {day:%d/%m/%Y}, a declined expression of interest" in written(db, "retention_list")
    clock.travel(f"{day} 05:00")
    night(db)
    assert (count(db, Submission), count(db, Letter), count(db, Tombstone)) == (0, 0, 1)


def test_hold_keeps_a_case_and_lifting_it_warns_again(db, people, cases, clock):
    submission, ada = cases.road().submission, people.actor("ada")
    db.session.commit()
    clock.travel("2027-02-16 05:00")
    night(db)
    retention.hold(submission, reason="A complaint to the Ombudsman", review_on=date(2027, 6, 1), by=ada)
    db.session.commit()
    clock.travel("2027-04-01 05:00")
    night(db)
    assert count(db, Submission) == 1
    retention.lift(db.session.scalars(select(Hold)).one(), by=ada)
    db.session.commit()
    night(db)
    assert count(db, Submission) == 1
    clock.travel("2027-04-15 05:00")
    night(db)
    assert count(db, Submission) == 0


def test_hold_needs_a_reason_a_day_and_the_right(db, people, cases):
    submission, ada = cases.road().submission, people.actor("ada")
    with pytest.raises(Invalid) as refused:
        retention.hold(submission, reason=" ", review_on=date(2020, 1, 1), by=ada)
    assert set(refused.value.errors) == {"reason", "review_on"}
    with pytest.raises(NotAllowed):
        retention.hold(submission, reason="x", review_on=date(2030, 1, 1), by=people.actor("olu"))
    retention.hold(submission, reason="x", review_on=date(2030, 1, 1), by=ada)
    with pytest.raises(Refused):
        retention.hold(submission, reason="x", review_on=date(2030, 1, 1), by=ada)


def test_closed_provision_starts_its_period(db, people, cases, clock):
    submission = cases.at(Stage.OPEN)
    assert kept.due_case(submission) is None
    clock.travel("2031-09-01 09:00")
    retention.note_end(submission, ended_on=date(2031, 8, 31), by_deed=True, by=people.actor("ada"))
    assert kept.due_case(submission).due.on == date(2043, 8, 31)


def test_idle_account_is_warned_and_then_nobody(db, people, clock):
    clock.travel("2027-10-20 05:00")
    people.ada.last_seen_at = people.harriet.last_seen_at = clock()
    db.session.commit()
    night(db)
    assert count(db, Warned) == 0
    clock.travel("2027-10-26 05:00")
    night(db)
    assert len(mails(db, "account_erased_soon")) == len(people.by_name) - 2
    assert "almost 12 months" in written(db, "account_erased_soon")
    clock.travel("2027-11-01 05:00")
    people.olu.last_seen_at = clock()  # signed in after the warning
    db.session.commit()
    clock.travel("2027-11-24 05:00")
    night(db)
    assert count(db, PersonErased) == len(people.by_name) - 3
    assert (people.olu.name, people.alice.name) == ("Olu Example", f"Former user {people.alice.id}")
    assert people.alice.memberships == []
    assert not people.alice.active


def test_the_last_administrator_stays(db, people, clock):
    clock.travel("2027-10-26 05:00")
    night(db)
    clock.travel("2027-11-24 05:00")
    night(db)
    assert people.ada.active


def test_answered_request_goes_after_three_years(db, people, cases, clock):
    request = foi.log(
        received_on=clock().date(), requester="X", asked="Y", cases=[cases.at(Stage.CHECK)], by=people.actor("olu")
    )
    foi.answer(request, Answer.DISCLOSED, answered_on=clock().date(), by=people.actor("olu"))
    db.session.commit()
    answered = request.answered_on
    clock.travel(f"{answered.replace(year=answered.year + 3) - timedelta(days=1)} 05:00")
    retention.forget_requests()
    assert count(db, FoiRequest) == 1
    clock.travel(f"{answered.replace(year=answered.year + 3)} 05:00")
    retention.forget_requests()
    db.session.commit()
    assert (count(db, FoiRequest), count(db, FoiCase)) == (0, 0)


def test_early_erasing_needs_a_reason(db, people, cases):
    submission = cases.road().submission
    with pytest.raises(Invalid):
        retention.erase_early(submission, reason="", by=people.actor("ada"))
    assert retention.erase_early(submission, reason="Sent twice", by=people.actor("ada")).kept is None
