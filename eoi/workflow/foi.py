"""Requests for information: logged with their clock, decided item by item, answered. The only code that writes them.

The caller commits.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import FoiCase, FoiMark, FoiRequest, Submission
from eoi.models.foi import Answer
from eoi.queries.foi import Considered
from eoi.rules import workdays
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.foi import WORKING_DAYS, Exemption
from eoi.rules.permissions import Actor, Permission, may
from eoi.workflow import audit
from eoi.workflow.stages import require


def log(*, received_on: date | None, requester: str, asked: str, cases: Sequence[Submission], by: Actor) -> FoiRequest:
    """Log a request and the cases it reaches; due 20 working days after it came. Raises NotAllowed, Invalid."""
    if not may(by, Permission.FOI):
        raise NotAllowed
    if received_on is None or received_on > today():
        raise Invalid({"received_on": "Enter the day it came, today or earlier"})
    if not cases:
        raise Invalid({"cases": "Enter at least one reference"})
    for submission in cases:
        require(by, Permission.FOI, submission)
    same = select(FoiRequest.number).where(
        FoiRequest.received_on == received_on,
        FoiRequest.requester == requester.strip(),
        FoiRequest.asked == asked.strip(),
    )
    if known := db.session.scalar(same):
        raise Invalid({"asked": f"This request has been logged already: {known}"})
    count = db.session.scalar(select(func.count()).select_from(FoiRequest)) or 0
    request = FoiRequest(
        number=f"FOI-{received_on.year}-{count + 1:03}", received_on=received_on,
        due_on=workdays.add(received_on, WORKING_DAYS, bank_holidays()), requester=requester.strip(),
        asked=asked.strip(), logged_at=now(), logged_by_id=by.id,
    )  # fmt: skip
    request.cases = [FoiCase(submission=submission) for submission in cases]
    db.session.add(request)
    db.session.flush()
    for submission in cases:
        audit.record(submission.case, "foi_logged", by=by, detail={"request": request.number})
    return request


def mark(
    request: FoiRequest, submission: Submission, one: Considered, *,
    withheld: bool, exemption: Exemption | None, reason: str, by: Actor,
) -> FoiMark:  # fmt: skip
    """Decide on one item. Raises Invalid where something is withheld without a section or a reason; Refused once
    answered."""
    require(by, Permission.FOI, submission)
    _still_open(request)
    errors = {}
    if withheld and exemption is None:
        errors["exemption"] = "Choose the section of the Act"
    if withheld and not reason.strip():
        errors["reason"] = "Enter why this is withheld"
    if errors:
        raise Invalid(errors)
    wanted = (withheld, exemption if withheld else None, reason.strip())
    if one.mark and (one.mark.withheld, one.mark.exemption, one.mark.reason) == wanted:
        return one.mark
    row = one.mark or FoiMark(request_id=request.id, submission_id=submission.id, item=one.item.key)
    row.withheld, row.exemption, row.reason = wanted
    row.decided_at, row.decided_by_id = now(), by.id
    db.session.add(row)
    detail = {"request": request.number, "item": one.item.key, "withheld": withheld, "section": exemption}
    audit.record(submission.case, "foi_decided", by=by, detail=detail)
    return row


def answer(request: FoiRequest, how: Answer, *, answered_on: date | None, by: Actor) -> None:
    """The request was answered. Raises NotAllowed, Invalid, Refused where it was before."""
    if not may(by, Permission.FOI):
        raise NotAllowed
    _still_open(request)
    if answered_on is None or not request.received_on <= answered_on <= today():
        raise Invalid({"answered_on": "Enter the day it was answered, from the day it came to today"})
    request.answer, request.answered_on = how, answered_on
    audit.record(f"foi:{request.id}", "foi_answered", by=by, detail={"request": request.number, "answer": how})


def _still_open(request: FoiRequest) -> None:
    if request.answered_on:
        raise Refused("This request has been answered.")
