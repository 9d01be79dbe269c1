"""An expression of interest that came by email or phone: an officer writes it down, and the school confirms it.

The caller commits.
"""

from dataclasses import dataclass
from datetime import date

from eoi.extensions import db, today
from eoi.models import Logged, Round, School, Submission
from eoi.models.link import Purpose
from eoi.models.submission import Channel
from eoi.queries import drafts, users
from eoi.queries import logged as queries
from eoi.rules import eligibility
from eoi.rules.errors import Invalid, NotAllowed, WrongStage
from eoi.rules.permissions import Actor, Permission, Role, may
from eoi.rules.words import LONDON, Need, Openness, Path, Phase
from eoi.workflow import audit, drafting, exceptions, links, notices, submitting
from eoi.workflow.stages import move, require
from eoi.workflow.submitting import Declared

HOW = {Channel.EMAIL: "email", Channel.PHONE: "phone"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it or called, and on which day it came."""

    name: str
    role: str
    email: str
    received_on: date


def log(
    round: Round,
    school: School,
    offer: tuple[Path, Need, Phase],
    channel: Channel,
    sender: Sender,
    case: str,
    *,
    la_code: str,
    by: Actor,
) -> Submission:
    """Begin a draft for a school that wrote or called. The officer fills it in, then `submit`s it.

    `case` is the school's case where the strand is open by exception only. Raises Invalid with the field to mend,
    Refused, NotAllowed.
    """
    if not may(by, Permission.LOG_FOR_SCHOOL):
        raise NotAllowed
    strand = round.facts().strand(*offer)
    by_exception = strand is not None and strand.openness is Openness.BY_EXCEPTION
    if errors := _wrong(round, school, offer, sender, case if by_exception else "-", la_code):
        raise Invalid(errors)
    submission = drafting.start(round, school, *offer, by=by, channel=channel)
    submission.lead_id = _lead_of(school, sender)
    db.session.add(
        Logged(
            submission_id=submission.id, officer_id=by.id, received_on=sender.received_on, sender_name=sender.name,
            sender_role=sender.role, sender_email=sender.email,
        )
    )  # fmt: skip
    db.session.flush()
    detail = {"how": channel, "from": sender.name, "role": sender.role, "on": sender.received_on.isoformat()}
    audit.record(submission.case, "log", by=by, detail=detail)
    if by_exception:
        exceptions.ask(submission, case, seen=submission.version, by=by)
    return submission


def _wrong(
    round: Round, school: School, offer: tuple[Path, Need, Phase], sender: Sender, case: str, la_code: str
) -> dict[str, str]:
    """Field -> message."""
    errors = {}
    there = offer in drafts.live(round, school.urn)
    if reason := eligibility.refusal(round.facts(), school.facts(), *offer, la_code=la_code, exists=there):
        errors["urn"] = reason
    opened = round.opens_at.astimezone(LONDON).date()
    closed = round.closes_at.astimezone(LONDON).date() if round.closes_at else None
    if sender.received_on > today():
        errors["received_on"] = "Enter a day that is today or in the past"
    elif sender.received_on < opened or (closed and sender.received_on > closed):
        errors["received_on"] = "Enter a day on which the round was open"
    if not case.strip():
        errors["case"] = "Enter the school’s case for an exception: these places are open by exception only"
    return errors


def _lead_of(school: School, sender: Sender) -> int | None:
    """Who follows it at the school: the sender, if they have an account there, or else the headteacher."""
    there = users.of_school(school.urn)
    own = [user for user in there if user.email == sender.email.lower()]
    heads = [
        user for user in there if any(m.urn == school.urn and m.role is Role.HEADTEACHER for m in user.memberships)
    ]
    return next((user.id for user in [*own, *heads]), None)


def submit(submission: Submission, declared: list[Declared], *, seen: int, by: Actor) -> str:
    """Send what was written down, and ask the school to confirm it by a link. Returns the reference.

    Raises Refused where tasks are open, Invalid on the declarations, NotAllowed, MovedOn.
    """
    if not drafting.logs(submission, by):
        raise WrongStage("This is not yours to submit: the school has taken it over, or it is submitted.")
    reference = submitting.submit(submission, declared, seen=seen, by=by)
    logged = queries.of(submission)
    logged.wrong = ""
    _ask_to_confirm(submission, logged)
    return reference


def correct(submission: Submission, *, seen: int, by: Actor) -> None:
    """Take it back to write it down right. The reference stays; the link that was sent ends."""
    move(submission, "correct_logged", by=by, seen=seen)
    links.withdraw(Purpose.CONFIRM_LOGGED, submission_id=submission.id)


def ask_again(submission: Submission, email: str, *, by: Actor) -> None:
    """Send a fresh link, to this address; an earlier one ends. Raises Invalid, WrongStage, NotAllowed."""
    require(by, Permission.CHECK, submission)
    if submission.is_draft or not submission.awaits_confirmation:
        raise WrongStage("There is nothing for the school to confirm now.")
    if not email:
        raise Invalid({"email": "Enter the email address"})
    logged = queries.of(submission)
    logged.sender_email = email
    audit.record(submission.case, "ask_to_confirm", by=by, detail={"to": email})
    _ask_to_confirm(submission, logged)


def _ask_to_confirm(submission: Submission, logged: Logged) -> None:
    links.withdraw(Purpose.CONFIRM_LOGGED, submission_id=submission.id)
    link = links.make(
        Purpose.CONFIRM_LOGGED, email=logged.sender_email, name=logged.sender_name, submission_id=submission.id
    )
    notices.mail(
        "logged", logged.sender_email, f"logged {link.id}", submission_id=submission.id, link=link,
        for_school=True, name=logged.sender_name, school=submission.school.name, reference=submission.reference,
        how=HOW[submission.channel], expires=link.expires_at,
    )  # fmt: skip
