"""Sign-off without an account: those who stand behind an expression of interest confirm it by a one-time link.

A link waits 10 working days. What was confirmed stands unless path, need, places or rooms change. The caller commits.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import select

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Declaration, Link, Submission
from eoi.models.link import Purpose
from eoi.models.outgoing import Outgoing
from eoi.queries import drafts, signatures
from eoi.queries.signatures import Signature, State
from eoi.rules import workdays
from eoi.rules.addresses import email_wrong
from eoi.rules.declarations import CONFIRMED_WITHIN, HEAD, Declarer
from eoi.rules.errors import Invalid, LinkDead, NotFound, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.words import LONDON
from eoi.workflow import audit, links, notices, throttling
from eoi.workflow.stages import require

LONGEST = 200
MOST_A_DAY = 20  # new links of one case
People = Mapping[str, tuple[str, str]]  # declarer's key -> name, address


# The school asks


def ask(submission: Submission, people: People) -> None:
    """Send a link to everybody whose confirmation is missing and whose address is known.

    A link that still works, at the same address, goes on working and is not sent again.
    """
    for one in signatures.missing(submission):
        name, email = people.get(one.declarer.key, ("", ""))
        email = email.strip().lower()
        same = one.link is not None and one.link.email == email and one.state is State.WAITING
        if email and not same:
            _send(submission, one, name, email)


def correct(submission: Submission, key: str, name: str, email: str, *, by: Actor) -> None:
    """Send a fresh link to this person, at this address; the one before ends.

    Raises NotAllowed, NotFound, WrongStage, Refused where nothing is missing, TooMany; Invalid on name or address, and
    where the link at that address still works.
    """
    require(by, Permission.SUBMIT, submission)
    one = _missing(submission, key)
    email = email.strip().lower()
    errors = {} if name.strip() else {"name": "Enter their full name"}
    errors |= {"email": wrong} if (wrong := email_wrong(email)) else {}
    others = {k: link.email for k, link in signatures.asked_of(submission).items() if k != key}
    if not errors and (clash := addresses_clash({**others, key: email}, by.email).get(key)):
        errors["email"] = clash
    if one.state is State.WAITING and one.link and one.link.email == email:
        errors["email"] = "Enter another address: the link at this one still works, and you can send a reminder"
    if errors:
        raise Invalid(errors)
    throttling.count("ask to sign", submission.case, limit=MOST_A_DAY, minutes=24 * 60)
    _send(submission, one, name, email)
    audit.record(submission.case, "ask_to_sign", by=by, detail={"role": one.declarer.role, "email": email})


def remind(submission: Submission, key: str, *, by: Actor) -> None:
    """Send the link that still works once more, at most once a day. Raises as `correct` does."""
    require(by, Permission.SUBMIT, submission)
    one = _missing(submission, key)
    if one.state is not State.WAITING or one.link is None:
        raise Refused("Their link no longer works. Send a new one.")
    if not may_remind(one.link):
        raise Refused("They have had our email today. You can send a reminder once a day.")
    send_reminder(one.link, submission)
    audit.record(submission.case, "remind_to_sign", by=by, detail={"role": one.declarer.role})


def may_remind(link: Link) -> bool:
    """Whether nothing went to this person today."""
    sent = select(Outgoing.id).where(Outgoing.key == f"mail {_reminder(link)}")
    return link.created_at.astimezone(LONDON).date() != today() and db.session.scalar(sent) is None


def send_reminder(link: Link, submission: Submission) -> None:
    """Promise the mail with the link again. Safe to run again on the same day: it goes once."""
    _mail("sign_reminder", link, submission, _reminder(link))


def addresses_clash(emails: Mapping[str, str], head: str) -> dict[str, str]:
    """What is wrong with these addresses taken together: each confirms alone, and not who submits.

    A headteacher who is the trust's chief executive too signs once for both.
    """
    found: dict[str, str] = {}
    seen: dict[str, str] = {}
    for key, email in ((key, email.strip().lower()) for key, email in emails.items()):
        if email and email == head.lower() and key != "trust":
            found[key] = "Enter the address of another person than the headteacher who submits"
        elif email and email in seen.values():
            found[key] = "Enter an address of their own: another person here has this one"
        seen[key] = email
    return found


# They answer


def sign(link: Link, name: str, minute_date: date | None) -> Submission:
    """Confirm in this person's name, and use the link up.

    Raises Invalid without name or date of the minute, Refused while the school changes its answers, LinkDead.
    """
    submission, one = opened(link)
    errors = {} if name.strip() else {"name": "Enter your full name"}
    heads = {d.name.casefold() for d in drafts.declarations(submission) if d.role.lower() == HEAD}
    if name.strip().casefold() in heads and one.declarer.key != "trust":
        errors["name"] = "Enter another person than the headteacher who submitted it"
    if minute_date is None:
        errors["minute"] = "Enter the date of the minute or message"
    elif minute_date > today():
        errors["minute"] = "Enter a date of the minute that is today or in the past"
    if errors:
        raise Invalid(errors)
    _use(link, submission)
    role = one.declarer.role
    db.session.add(
        Declaration(
            submission_id=submission.id, role=role, name=name.strip()[:LONGEST], minute_date=minute_date,
            declared_at=now(), email=link.email,
        )
    )  # fmt: skip
    db.session.flush()
    audit.record(submission.case, "sign", by=link.actor(), detail={"role": role, "name": name.strip()})
    waiting = [s.declarer.role for s in signatures.missing(submission)]
    notices.tell_school(
        "signed", submission, f"signed {link.id}", path=_page(submission), who=name.strip(), role=role, missing=waiting
    )
    return submission


def send_back(link: Link, reason: str) -> Submission:
    """Keep why this person does not confirm, tell the lead, and use the link up. Raises as `sign` does."""
    submission, one = opened(link)
    if not reason.strip():
        raise Invalid({"reason": "Enter what has to change"})
    _use(link, submission)
    link.payload = {**link.payload, "sent_back": reason.strip()}
    role = one.declarer.role
    audit.record(submission.case, "send_back", by=link.actor(), detail={"role": role, "text": reason.strip()})
    notices.tell_school(
        "sent_back", submission, f"sent back {link.id}", path=_page(submission), who=link.name, role=role,
        text=reason.strip(),
    )  # fmt: skip
    return submission


def opened(link: Link) -> tuple[Submission, Signature]:
    """The case of the link and what it waits for. Raises LinkDead, Refused while the school changes its answers."""
    submission = drafts.of_link(link)
    if submission is None or submission.has_ended:
        raise LinkDead
    if submission.is_draft:
        raise Refused("The school is changing its answers. Come back to this link once it has submitted again.")
    for one in signatures.missing(submission):
        if one.declarer.key == link.payload["role"]:
            return submission, one
    raise LinkDead


# The school submits again


def void(submission: Submission, changed: list[str], *, by: Actor) -> dict[str, tuple[str, str]]:
    """End what no longer holds: every confirmation and link where path, need, places or rooms changed.

    Confirmations of roles that are no longer wanted end too. Returns name and address of those who are asked anew.
    """
    wanted = {one.role: one for one in signatures.wanted_declarers(submission) if one.follows}
    keys = {one.key for one in wanted.values()}
    for key, link in signatures.asked_of(submission).items():
        if changed or key not in keys:
            links.end(link)
    again, names = {}, []
    for declared in drafts.declarations(submission):
        one = wanted.get(declared.role)
        if declared.role.lower() == HEAD or (one and not changed) or not declared.email:
            continue
        names.append(declared.name)
        if one and "@" in declared.email:  # erased at the person's request: there is nobody to ask
            again[one.key] = (declared.name, declared.email)
        _unsign(submission, declared, changed, by)
    if names:
        key = f"signatures void {submission.id} {submission.version}"
        notices.tell_school(
            "signatures_void", submission, key, path=_page(submission), names=names, changed=" and ".join(changed)
        )
    return again


def _unsign(submission: Submission, declared: Declaration, changed: list[str], by: Actor) -> None:
    if "@" in declared.email:
        _tell_void(submission, declared, changed)
    audit.record(submission.case, "void_signature", by=by, detail={"role": declared.role, "changed": changed})
    db.session.delete(declared)
    db.session.flush()


def _tell_void(submission: Submission, declared: Declaration, changed: list[str]) -> None:
    notices.mail(
        "signature_void", declared.email, f"signature void {submission.case} {declared.role} {submission.version}",
        submission_id=submission.id, path="/privacy", for_school=True, name=declared.name,
        school=submission.school.name, reference=submission.reference, changed=" and ".join(changed),
    )  # fmt: skip


# Parts


def _missing(submission: Submission, key: str) -> Signature:
    if submission.is_draft or submission.has_ended:
        raise WrongStage("Confirmations are asked for between submitting and the end.")
    for one in signatures.of(submission):
        if one.declarer.key == key:
            if one.declared:
                raise Refused(f"{one.name} has confirmed already.")
            return one
    raise NotFound


def _send(submission: Submission, one: Signature, name: str, email: str) -> None:
    if one.link:
        links.end(one.link)
    last = workdays.add(today(), CONFIRMED_WITHIN, bank_holidays())
    link = links.make(
        _purpose(one.declarer), email=email, name=name.strip()[:LONGEST], submission_id=submission.id,
        payload={"role": one.declarer.key}, lasts=datetime.combine(last, time(23, 59), LONDON) - now(),
    )  # fmt: skip
    _mail("sign", link, submission, f"sign {link.id}")


def _purpose(declarer: Declarer) -> Purpose:
    return Purpose.PARTNER if declarer.key.startswith("partner") else Purpose.SIGN


def _mail(template: str, link: Link, submission: Submission, key: str) -> None:
    notices.mail(
        template, link.email, key, submission_id=submission.id, link=link, name=link.name,
        for_school=True, school=submission.school.name, reference=submission.reference, expires=link.expires_at,
        lead=submission.lead.name if submission.lead else submission.school.name,
    )  # fmt: skip


def _use(link: Link, submission: Submission) -> None:
    """Use the link up; the lock lets the last of two who confirm at once see that all have."""
    links.use(link)
    db.session.scalar(select(Submission.id).where(Submission.id == submission.id).with_for_update())


def _reminder(link: Link) -> str:
    return f"sign reminder {link.id} {today()}"


def _page(submission: Submission) -> str:
    return f"/apply/{submission.public_id}/signatures"
