"""The only writer of plans: milestones of a case, the figures and school holidays that they are made from."""

from datetime import date

from sqlalchemy import select

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Closure, Guidance, Milestone, Submission
from eoi.queries import planning as queries
from eoi.rules import guidance, workdays
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.guidance import Key
from eoi.rules.milestones import BUILDING, MARKS, Mark, Plan, plan
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.stages import AFTER_APPROVAL
from eoi.workflow import audit, notices
from eoi.workflow.stages import compare, require, touch

BEFORE = (10, 1)  # working days before a milestone that its officer is reminded
FARTHEST = 12  # years ahead that an opening may lie


def worked_out(submission: Submission, opening: date, building: str) -> Plan:
    """The plan that this opening asks for, from today on. Nothing is written."""
    day = today()
    known = queries.calendar(min(day, opening), max(day, opening))
    figures = queries.figures(day)
    return plan(submission.changing_route, opening, day, building=building, figures=figures, calendar=known)


def take(submission: Submission, opening: date | None, building: str, *, seen: int, by: Actor) -> Plan:
    """Make this plan the case's: days first planned and expected. What has happened stays. The caller commits.

    Raises Invalid, Refused before the approval or where no plan can be made, NotAllowed, MovedOn.
    """
    require(by, Permission.DELIVER, submission)
    compare(submission, seen)
    wrong = {}
    if opening is None or not today() <= opening <= today().replace(day=1, year=today().year + FARTHEST):
        wrong["opening"] = "Enter the wanted opening, a date in the next years"
    if building not in BUILDING:
        wrong["building"] = "Choose what has to be built"
    if opening is None or wrong:
        raise Invalid(wrong)
    if submission.stage not in AFTER_APPROVAL:
        raise Refused("A plan is made once the expression of interest is approved to proceed.")
    made = worked_out(submission, opening, building)
    if not made.steps:
        raise Refused(made.why)
    there = {one.mark: one for one in queries.milestones(submission)}
    if all(_stands(there.get(step.mark), step.on) for step in made.steps):
        return made
    touch(submission)
    for step in made.steps:
        held = there.get(step.mark)
        if held is None:
            new = Milestone(submission_id=submission.id, mark=step.mark, planned_on=step.on, expected_on=step.on)
            db.session.add(new)
        elif held.actual_on is None:
            held.expected_on = step.on
    audit.record(submission.case, "plan", by=by, detail={"opening": opening.isoformat(), "feasible": made.feasible})
    return made


def _stands(held: Milestone | None, on: date) -> bool:
    return held is not None and (held.actual_on is not None or held.expected_on == on)


def keep(
    submission: Submission, mark: Mark, expected: date | None, actual: date | None, note: str, *, seen: int, by: Actor
) -> None:
    """Say when a milestone is expected now, or when it happened. The day first planned stays. The caller commits."""
    require(by, Permission.DELIVER, submission)
    compare(submission, seen)
    held = db.session.scalars(
        select(Milestone).where(Milestone.submission_id == submission.id, Milestone.mark == mark)
    ).one_or_none()
    if held is None:
        raise Refused("This step is not in the plan.")
    wrong = {}
    if expected is None:
        wrong["expected_on"] = "Enter the date on which it is expected"
    if actual is not None and actual > today():
        wrong["actual_on"] = "The date on which it happened must be today or in the past"
    if expected is None or wrong:
        raise Invalid(wrong)
    if (held.expected_on, held.actual_on, held.note) == (expected, actual, note):
        return
    touch(submission)
    held.expected_on, held.actual_on, held.note = expected, actual, note
    detail = {"milestone": MARKS[mark], "expected": expected.isoformat(), "note": note}
    audit.record(submission.case, "milestone", by=by, detail={**detail, "actual": actual.isoformat() if actual else ""})


def add_figure(key: Key | None, value: int | None, from_on: date | None, source: str, *, by: Actor) -> None:
    """Add a figure that holds from a day on; older ones stay. The caller commits. Raises Invalid, NotAllowed."""
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    wrong = guidance.refusal(key, value, from_on, source)
    if not wrong and any((row.key, row.from_on) == (key, from_on) for row in queries.added()):
        wrong = {"from_on": "There is a figure from this day already. Choose another day"}
    if wrong or key is None or value is None or from_on is None:
        raise Invalid(wrong)
    made = Guidance(key=key, value=value, from_on=from_on, source=source, added_at=now(), added_by_id=by.id)
    db.session.add(made)
    audit.record("need", "guidance added", by=by, detail={"key": key, "value": value, "from": from_on.isoformat()})


def add_closure(
    name: str, starts_on: date | None, ends_on: date | None, source: str, illustrative: bool, *, by: Actor
) -> None:
    """Add a school holiday. The caller commits. Raises Invalid where it overlaps another, NotAllowed."""
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    wrong = {}
    if starts_on and ends_on and ends_on < starts_on:
        wrong["ends_on"] = "The last day must not be before the first"
    elif starts_on and ends_on and (ends_on - starts_on).days > 70:
        wrong["ends_on"] = "A school holiday is 10 weeks at most"
    for row in queries.entered():
        if starts_on and ends_on and row.starts_on <= ends_on and starts_on <= row.ends_on:
            wrong["starts_on"] = f"This overlaps “{row.name}”"
    if wrong or starts_on is None or ends_on is None:
        raise Invalid(wrong or {"starts_on": "Enter the first and the last day"})
    made = Closure(name=name, starts_on=starts_on, ends_on=ends_on, source=source, illustrative=illustrative)
    db.session.add(made)
    audit.record("need", "school holiday added", by=by, detail={"name": name, "starts": starts_on.isoformat()})


def remind() -> None:
    """Remind the officer of a case 10 working days and 1 before each milestone; the caller commits.

    Safe to run again: a reminder is sent once for each milestone and expected day.
    """
    ahead = {workdays.add(today(), count, bank_holidays()): count for count in BEFORE}
    for milestone, case, owner in queries.due(list(ahead)):
        key = f"milestone {milestone.id} {milestone.expected_on} {ahead[milestone.expected_on]}"
        notices.mail(
            "milestone_due", owner.email, key, submission_id=case.id, path=f"/review/submissions/{case.reference}/plan",
            name=owner.name, school=case.school.name, reference=case.reference, milestone=MARKS[milestone.mark],
            on=milestone.expected_on,
        )  # fmt: skip
