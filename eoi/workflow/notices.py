"""Mail to people: promised with the change that it tells of, written and sent by a job after it."""

import hashlib
from datetime import date, datetime
from email.headerregistry import Address
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from eoi.extensions import db
from eoi.models import Logged, Submission
from eoi.models.link import Link
from eoi.models.outgoing import Outgoing
from eoi.outbound import mail as post
from eoi.outbound.render import link as address_on_site
from eoi.outbound.render import render
from eoi.queries import users
from eoi.rules.permissions import Role
from eoi.workflow import links, outgoing

DEMONSTRATION_MARK = "Demonstration, not a decision"
ONE_TIME = "[A link that works once. It is not kept here]"


def mail(
    template: str,
    to: str,
    key: str,
    *,
    submission_id: int | None = None,
    due_at: datetime | None = None,
    link: Link | None = None,
    path: str = "",
    for_school: bool = False,
    **facts: object,
) -> Outgoing:
    """Promise a mail of `templates/mail/<template>.txt` to one address; the caller commits.

    `facts` are what the text needs: strings, numbers, booleans, dates, moments and lists of them. `link` is a one-time
    link, or `path` a page of the site; the text names either as `link`. The same `key` is never sent twice. One
    `for_school`, or for those who stand behind it, its people may read in the list of the case's mails.
    """
    payload = {
        "template": template,
        "to": to,
        "facts": {name: _packed(fact) for name, fact in facts.items()},
        "link_id": link.id if link else None,
        "path": path,
        "for_school": for_school,
    }
    return outgoing.promise("mail", f"mail {key}", payload, submission_id, due_at)


def tell_school(template: str, submission: Submission, key: str, *, path: str = "", **facts: Any) -> None:
    """Promise a mail about this case to the person who follows it at the school; the caller commits.

    The text may name the person, the school and the reference beside `facts`; `path` leads to the case by default.
    """
    if contact := _contact(submission):
        name, email = contact
        mail(
            template, email, key, submission_id=submission.id, path=path or f"/apply/{submission.public_id}",
            for_school=True, name=name, school=submission.school.name, reference=submission.reference, **facts,
        )  # fmt: skip


def tell_council(template: str, submission: Submission, key: str, *, path: str, **facts: Any) -> None:
    """Promise a mail about this case to its officer, or to the team while it has none; the caller commits."""
    officer, config = submission.owner, current_app.config
    to, name = (officer.email, officer.name) if officer and officer.active else (config["COUNCIL_EMAIL"], "colleagues")
    mail(
        template, to, key, submission_id=submission.id, path=path, name=name, school=submission.school.name,
        reference=submission.reference, **facts,
    )  # fmt: skip


def _contact(submission: Submission) -> tuple[str, str] | None:
    """Name and address: the lead, or a headteacher with an account, or who sent what an officer wrote down.

    What is its author's alone is told to nobody else.
    """
    if author := submission.held_by:
        return (author.name, author.email) if author.active else None
    lead = submission.lead
    if lead and lead.active:
        return lead.name, lead.email
    for user in users.of_school(submission.urn):
        if any(m.urn == submission.urn and m.role is Role.HEADTEACHER for m in user.memberships):
            return user.name, user.email
    logged = db.session.get(Logged, submission.id)
    return (logged.sender_name, logged.sender_email) if logged else None


def deliver(work: Outgoing) -> None:
    """Write the promised mail and send it. Once it has gone, only its template and receiver stay in the database."""
    payload, config = work.payload, current_app.config
    subject, text = written(payload)
    html = render("mail/layout.html", **_house_facts(), subject=subject, blocks=blocks(text))
    post.send(
        post.compose(
            to=payload["to"],
            subject=subject,
            text=text,
            html=html,
            sender=Address(config["COUNCIL_SEN_TEAM"], addr_spec=config["COUNCIL_EMAIL"]),
            message_id=f"<{hashlib.sha256(work.key.encode()).hexdigest()[:32]}@{urlsplit(config['SITE_URL']).hostname}>",
            date=work.created_at,
        ),
        config["SMTP_URL"],
    )
    work.payload = _kept(work)


def _kept(work: Outgoing) -> dict[str, Any]:
    """What stays of a mail that has gone: of one about a case also what it said, without any one-time link."""
    payload = work.payload
    kept = {"template": payload["template"], "to": payload["to"]}
    if work.submission_id:
        subject, text = shown(payload)
        kept |= {"subject": subject, "text": text, "for_school": payload.get("for_school", False)}
    return kept


def shown(payload: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail as the list of a case shows it, waiting or gone. No one-time link is in it.

    Both are empty where a mail went before they were kept.
    """
    if "facts" not in payload:
        return payload.get("subject", ""), payload.get("text", "")
    return written(payload, ONE_TIME if payload["link_id"] else "")


def written(payload: dict[str, Any], link: str = "") -> tuple[str, str]:
    """Subject and plain text of a promised mail: the template's first line, and the rest of it.

    `link` stands where its own would.
    """
    facts = {name: _unpacked(fact) for name, fact in payload["facts"].items()}
    facts["link"] = link or _address(payload)
    whole = render(f"mail/{payload['template']}.txt", **_house_facts(), **facts)
    subject, _, text = whole.strip().partition("\n")
    if current_app.config["DEMONSTRATION"]:
        subject = f"{DEMONSTRATION_MARK}: {subject}"
    return subject, text.strip() + "\n"


def blocks(text: str) -> list[str | list[str]]:
    """The plain text as paragraphs, and lists where each line begins with "- ": the HTML part says the same."""
    cut: list[str | list[str]] = []
    for block in text.strip().split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            cut.append([line[2:] for line in lines])
        elif lines:
            cut.append("\n".join(lines))
    return cut


def _address(payload: dict[str, Any]) -> str:
    if payload["link_id"]:
        return links.address(db.session.get_one(Link, payload["link_id"]))
    return address_on_site(current_app.config["SITE_URL"], payload["path"])


def _house_facts() -> dict[str, object]:
    """What every mail may name: the council, how to reach its team, whether all this is a demonstration."""
    config = current_app.config
    return {
        "council": config["COUNCIL_NAME"],
        "team": config["COUNCIL_SEN_TEAM"],
        "team_email": config["COUNCIL_EMAIL"],
        "team_phone": config["COUNCIL_PHONE"],
        "demonstration_mark": DEMONSTRATION_MARK if config["DEMONSTRATION"] else "",
    }


def _packed(fact: object) -> object:
    """A fact as JSON holds it."""
    if isinstance(fact, datetime):
        return {"moment": fact.isoformat()}
    if isinstance(fact, date):
        return {"day": fact.isoformat()}
    if isinstance(fact, list | tuple):
        return [_packed(part) for part in fact]
    return fact


def _unpacked(fact: Any) -> object:
    if isinstance(fact, dict) and "moment" in fact:
        return datetime.fromisoformat(fact["moment"])
    if isinstance(fact, dict) and "day" in fact:
        return date.fromisoformat(fact["day"])
    return [_unpacked(part) for part in fact] if isinstance(fact, list) else fact
