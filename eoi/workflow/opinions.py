"""Asking experts for their opinion by link: the only writer of `Opinion`. The caller commits."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Link, Opinion, Outgoing, Submission
from eoi.models.link import Purpose
from eoi.queries import drafts, opinions
from eoi.rules import workdays
from eoi.rules.addresses import email_wrong
from eoi.rules.errors import Invalid, LinkDead, Refused, WrongStage
from eoi.rules.opinions import EXPERTS, LONGEST, REMIND_BEFORE, USUAL, Expert, Shared, View
from eoi.rules.permissions import Actor, Permission
from eoi.rules.stages import BEFORE_DECISION, Stage
from eoi.rules.words import LONDON
from eoi.workflow import audit, links, notices
from eoi.workflow.stages import require

#: From the check, when the answers stand, until the Head of SEN decides.
ASKED_AT = frozenset(BEFORE_DECISION) - {Stage.DRAFT, Stage.SUBMITTED}


def ask(
    submission: Submission, expert: Expert, *, name: str, email: str, question: str, due_on: date | None,
    shared: Shared, by: Actor,
) -> Opinion:  # fmt: skip
    """Ask this person, who gets a link that works until the end of the day it is due.

    Raises NotAllowed, WrongStage, Invalid.
    """
    require(by, Permission.ADVISE, submission)
    if submission.stage not in ASKED_AT:
        raise WrongStage("Opinions are asked for between the check and the decision.")
    errors = {} if name.strip() else {"name": "Enter their full name"}
    errors |= {"email": wrong} if (wrong := email_wrong(email)) else {}
    errors |= {} if question.strip() else {"question": "Enter what you ask"}
    if due_on is None or not today() < due_on <= today() + timedelta(days=LONGEST):
        errors["due_on"] = f"Enter a date in the next {LONGEST} days"
    if errors or due_on is None:
        raise Invalid(errors)
    link = links.make(
        Purpose.ADVISE, email=email, name=name.strip()[:200], submission_id=submission.id,
        lasts=datetime.combine(due_on, time(23, 59), LONDON) - now(),
    )  # fmt: skip
    opinion = Opinion(
        submission_id=submission.id, link=link, expert=expert, question=question.strip(), due_on=due_on,
        shared=shared, asked_at=now(), asked_by=by.name,
    )  # fmt: skip
    db.session.add(opinion)
    db.session.flush()
    _mail("advise", opinion, submission, f"advise {link.id}")
    audit.record(submission.case, "ask_opinion", by=by, detail=_told(opinion) | {"text": opinion.question})
    return opinion


def remind(opinion: Opinion, submission: Submission, *, by: Actor) -> None:
    """Send the link once more, at most once a day. Raises NotAllowed, Refused."""
    require(by, Permission.ADVISE, submission)
    _still_open(opinion)
    if not opinion.link.is_live(now()):
        raise Refused("Their link no longer works. Ask again, with a new date.")
    if not may_remind(opinion):
        raise Refused("They have had our email today. You can send a reminder once a day.")
    _mail("advise_reminder", opinion, submission, _reminder(opinion))
    audit.record(submission.case, "remind_opinion", by=by, detail=_told(opinion))


def revoke(opinion: Opinion, submission: Submission, *, by: Actor) -> None:
    """Call it off: the link ends, and the person is told. Raises NotAllowed, Refused."""
    require(by, Permission.ADVISE, submission)
    _still_open(opinion)
    links.end(opinion.link)
    db.session.refresh(opinion.link)
    notices.mail(
        "advise_off", opinion.link.email, f"advise off {opinion.id}", submission_id=submission.id, path="/privacy",
        name=opinion.link.name, school=submission.school.name, reference=submission.reference,
    )  # fmt: skip
    audit.record(submission.case, "revoke_opinion", by=by, detail=_told(opinion))


def usual_day(day: date) -> date:
    """The day by which an expert who is asked on `day` usually answers."""
    return workdays.add(day, USUAL, bank_holidays())


def had_no_mail_today(opinion: Opinion) -> bool:
    """Whether the person was asked before today: what a page says without looking for each reminder."""
    return opinion.asked_at.astimezone(LONDON).date() != today()


def may_remind(opinion: Opinion) -> bool:
    """Whether nothing went to this person today."""
    sent = select(Outgoing.id).where(Outgoing.key == f"mail {_reminder(opinion)}")
    return had_no_mail_today(opinion) and db.session.scalar(sent) is None


def opened(link: Link) -> tuple[Submission, Opinion]:
    """The case of the link and what is asked. Raises LinkDead once the decision is made."""
    submission, opinion = drafts.of_link(link), opinions.of_link(link)
    if submission is None or opinion is None or submission.stage not in ASKED_AT:
        raise LinkDead
    return submission, opinion


def give(link: Link, view: View | None, text: str) -> Opinion:
    """Record the opinion, tell the officer, and use the link up. Raises Invalid, LinkDead."""
    submission, opinion = opened(link)
    errors = {} if view else {"view": "Choose what your opinion comes to"}
    errors |= {} if text.strip() else {"text": "Enter your opinion"}
    if errors:
        raise Invalid(errors)
    links.use(link)
    opinion.view, opinion.text, opinion.answered_at = view, text.strip(), now()
    audit.record(submission.case, "give_opinion", by=link.actor(), detail=_told(opinion))
    if officer := submission.owner:
        notices.mail(
            "advised", officer.email, f"advised {opinion.id}", submission_id=submission.id, name=officer.name,
            path=f"/review/submissions/{submission.reference}/review", school=submission.school.name,
            reference=submission.reference, expert=EXPERTS[opinion.expert],
        )  # fmt: skip
    return opinion


def remind_experts() -> None:
    """Remind who has not answered, 5 working days and 1 before it is due. Safe to run again: once a day."""
    for opinion in opinions.waited_for():
        days = workdays.between(today(), opinion.due_on, bank_holidays())
        submission = drafts.of_link(opinion.link)
        if days in REMIND_BEFORE and submission and submission.stage in ASKED_AT and may_remind(opinion):
            _mail("advise_reminder", opinion, submission, _reminder(opinion))


def _still_open(opinion: Opinion) -> None:
    if opinion.answered_at:
        raise Refused("The opinion has come already.")
    if not opinion.is_open:
        raise Refused("This was called off.")


def _mail(template: str, opinion: Opinion, submission: Submission, key: str) -> None:
    link = opinion.link
    notices.mail(
        template, link.email, key, submission_id=submission.id, link=link, name=link.name,
        school=submission.school.name, reference=submission.reference, expert=EXPERTS[opinion.expert],
        due_on=opinion.due_on, officer=opinion.asked_by,
    )  # fmt: skip


def _reminder(opinion: Opinion) -> str:
    return f"advise reminder {opinion.link_id} {today()}"


def _told(opinion: Opinion) -> dict[str, str]:
    return {"expert": EXPERTS[opinion.expert], "name": opinion.link.name, "due": opinion.due_on.isoformat()}
