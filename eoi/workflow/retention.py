"""The schedule kept: warned, held back, erased on its day. The caller commits.

`warn` and the erasing of each case or person are work of their own, so that one that fails stops no other.
"""

from datetime import date

from sqlalchemy import delete, select

from eoi.extensions import db, now, today
from eoi.models import FoiRequest, Hold, Outgoing, ProvisionEnd, Submission, Tombstone, Warned
from eoi.models.upsert import insert
from eoi.queries import personal, retention
from eoi.queries.retention import DueAccount, DueCase
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.permissions import SYSTEM, Actor, Permission, may
from eoi.rules.retention import SCHEDULE, Kept, after
from eoi.rules.stages import Stage
from eoi.workflow import audit, erasing, notices, outgoing, subject

ERASE_CASE = "erase_case"
ERASE_ACCOUNT = "erase_account"
DRAFTS = (Kept.DRAFT, Kept.OPEN_DRAFT, Kept.REFUSED)


def hold(submission: Submission, *, reason: str, review_on: date | None, by: Actor) -> Hold:
    """Keep the case beyond its day. Raises NotAllowed, Invalid, or Refused where it is held back already."""
    _require(by)
    errors = {}
    if not reason.strip():
        errors["reason"] = "Enter why the case is held back"
    if review_on is None or review_on <= today():
        errors["review_on"] = "Enter the date to look at this again, after today"
    if errors:
        raise Invalid(errors)
    if retention.hold_of(submission):
        raise Refused("This case is held back already.")
    assert review_on
    held = Hold(
        submission=submission, reason=reason.strip(), review_on=review_on, placed_at=now(), placed_by_id=by.id or 0
    )  # fmt: skip
    db.session.add(held)
    detail = {"reason": held.reason, "review_on": review_on.isoformat()}
    audit.record(submission.case, "hold_back", by=by, detail=detail)
    return held


def lift(held: Hold, *, by: Actor) -> None:
    """Let the schedule run on. A case that is past its day is warned of again first."""
    _require(by)
    if held.lifted_at:
        raise Refused("This hold has been lifted already.")
    held.lifted_at = now()
    for warned in db.session.scalars(select(Warned).where(Warned.submission_id == held.submission_id)):
        db.session.delete(warned)
    audit.record(held.submission.case, "lift_hold", by=by)


def note_end(submission: Submission, *, ended_on: date | None, by_deed: bool, by: Actor) -> None:
    """Note the day on which a provision closed or its agreement ended, from which its period runs."""
    _require(by)
    if submission.stage is not Stage.OPEN:
        raise Refused("Only a provision that opened can close.")
    if ended_on is None or ended_on > today():
        raise Invalid({"ended_on": "Enter the day it closed, today or earlier"})
    end = db.session.get(ProvisionEnd, submission.id) or ProvisionEnd(submission_id=submission.id)
    end.ended_on, end.by_deed, end.noted_at, end.noted_by_id = ended_on, by_deed, now(), by.id or 0
    db.session.add(end)
    detail = {"ended_on": ended_on.isoformat(), "by_deed": by_deed}
    audit.record(submission.case, "note_end", by=by, detail=detail)


def erase_early(submission: Submission, *, reason: str, by: Actor) -> Tombstone:
    """Erase a case before its day. Raises NotAllowed, Invalid without a reason, Refused while it is held back."""
    _require(by)
    if not reason.strip():
        raise Invalid({"reason": "Enter why the case goes before its day"})
    return erasing.erase(submission, by=by, line=None, reason=reason)


def warn() -> None:
    """Tell whom it concerns what goes soon, each once: the lead of a draft, the owner of an account, administrators."""
    day = today()
    soon = [one for one in retention.due_cases(_horizon(day)) if one.due.warn_on <= day and not one.hold]
    fresh = [one for one in soon if one.warned_on is None and _note(one.due.on, submission_id=one.submission.id)]
    for one in fresh:
        if one.due.kept in DRAFTS:
            _warn_lead(one)
    others = [one for one in fresh if one.due.kept not in DRAFTS]
    idle = [one for one in retention.due_accounts(_horizon(day)) if one.due.warn_on <= day]
    for account in idle:
        if account.warned_on is None and _note(account.due.on, user_id=account.user.id):
            _warn_owner(account)
    if fresh:
        _tell_administrators(fresh, others)


def promise_erasing() -> None:
    """Promise the erasing of every case and account whose day has come and of which somebody was warned."""
    day = today()
    for one in retention.due_cases(day):
        if one.erase_on and one.erase_on <= day:
            key = f"{ERASE_CASE} {one.submission.id} {one.due.on}"
            outgoing.promise(ERASE_CASE, key, {"case": one.submission.id})  # not the case's own: it outlives the case
    for account in retention.due_accounts(day):
        if account.warned_on and account.due.erase_on(account.warned_on) <= day:
            key = f"{ERASE_ACCOUNT} {account.user.id} {account.due.on}"
            outgoing.promise(ERASE_ACCOUNT, key, {"user": account.user.id})


def forget_requests() -> None:
    """Requests for information whose period has ended, with what was decided on their items."""
    answered_by = after(today(), -SCHEDULE[Kept.REQUEST].months)
    db.session.execute(delete(FoiRequest).where(FoiRequest.answered_on <= answered_by))


def erase_case(work: Outgoing) -> None:
    """Erase the case that this work names, if its day still has come. It may be gone, held back or changed by now."""
    submission = db.session.get(Submission, work.payload["case"])
    found = retention.due_case(submission) if submission else None
    if submission is None or found is None or found.erase_on is None or found.erase_on > today():
        return
    erasing.erase(submission, by=SYSTEM, line=found.due.kept, letters_stay=found.due.letters_stay)


def erase_account(work: Outgoing) -> None:
    """Erase the person whose account nobody used, unless it was used since, or nobody else could run the service."""
    idle = {one.user.id: one for one in retention.due_accounts(today())}
    account = idle.get(work.payload["user"])
    if account is None or account.warned_on is None or subject.is_only_administrator(account.user):
        return
    user = account.user
    person = personal.Subject(user.email, user.name, user.id)
    subject.erase(person, reason=f"{SCHEDULE[Kept.ACCOUNT].period} without a sign-in", by=SYSTEM)


def _horizon(day: date) -> date:
    longest = max(line.warn for line in SCHEDULE.values())
    return date.fromordinal(day.toordinal() + longest)


def _note(due_on: date, **whom: int) -> bool:
    """Note that somebody is told; False where another worker has noted it already."""
    row = insert(Warned).values(due_on=due_on, warned_on=today(), **whom).on_conflict_do_nothing().returning(Warned.id)
    return db.session.scalar(row) is not None


def _warn_lead(one: DueCase) -> None:
    submission = one.submission
    key = f"draft erased {submission.id} {one.due.on}"
    on = one.due.erase_on(today())
    path = "/account/access" if submission.is_held else ""
    notices.tell_school("draft_erased_soon", submission, key, path=path, round=submission.round.name, on=on)


def _warn_owner(account: DueAccount) -> None:
    user = account.user
    if user.active:
        notices.mail(
            "account_erased_soon", user.email, f"account erased {user.id} {account.due.on}", path="/sign-in",
            name=user.name, on=account.due.erase_on(today()), period=SCHEDULE[Kept.ACCOUNT].period,
        )  # fmt: skip


def _tell_administrators(fresh: list[DueCase], others: list[DueCase]) -> None:
    lines = [f"{one.submission.reference or one.submission.public_id}: {_day(one)}" for one in others]
    for person in retention.administrators():
        notices.mail(
            "retention_list", person.email, f"retention {today()} {person.id}", path="/admin/retention",
            name=person.name, drafts=len(fresh) - len(others), cases=lines,
        )  # fmt: skip


def _day(one: DueCase) -> str:
    return f"{one.due.erase_on(today()):%d/%m/%Y}, {SCHEDULE[one.due.kept].what.lower()}"


def _require(by: Actor) -> None:
    if by.kind != SYSTEM.kind and not may(by, Permission.PERSONAL_DATA):
        raise NotAllowed
