"""What several papers say: the council's letterhead, whom to ask, who signs, what is offered."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Decision, School, Submission, User
from eoi.rules.papers import Contact, Letterhead, Offer, Signatory
from eoi.rules.permissions import ROLE_LABELS, Role
from eoi.rules.words import Path, listed

YEARS = ("r", *(str(year) for year in range(1, 14)))  # year groups, in the order of age
MAINLY_MAINSTREAM = 50  # per cent of the week: from here on a resourced provision, below it a SEN unit (DfE census)


def letterhead() -> Letterhead:
    """The council's own, from settings."""
    config = current_app.config
    return Letterhead(
        council=config["COUNCIL_NAME"],
        team=config["COUNCIL_SEN_TEAM"],
        address=tuple(config["COUNCIL_ADDRESS"].splitlines()),
        email=config["COUNCIL_EMAIL"],
        phone=config["COUNCIL_PHONE"],
        privacy_url=on_site("/privacy"),
        site_url=config["SITE_URL"],
    )


def on_site(path: str) -> str:
    """The absolute address of a page."""
    return f"{current_app.config['SITE_URL'].rstrip('/')}{path}"


def contact(submission: Submission, named: str = "") -> Contact:
    """Whom the school asks: the contact named in the record of delivery, else the case officer, else the team."""
    config = current_app.config
    if named:
        name, _, role = named.partition(",")
        return Contact(name.strip(), role.strip() or "your contact", config["COUNCIL_EMAIL"], config["COUNCIL_PHONE"])
    if owner := submission.owner:
        return Contact(owner.name, owner.job_title or "case officer", owner.email, config["COUNCIL_PHONE"])
    return Contact(config["COUNCIL_SEN_TEAM"], config["COUNCIL_NAME"], config["COUNCIL_EMAIL"], config["COUNCIL_PHONE"])


def signatory(decision: Decision | None) -> Signatory:
    """The Head of SEN, of settings; the delegate, on the Head's behalf, where one decided."""
    head = Signatory(current_app.config["COUNCIL_SIGNATORY_NAME"], current_app.config["COUNCIL_SIGNATORY_ROLE"])
    if decision is None or not decision.delegated:
        return head
    return Signatory(decision.decided_by.name, _role(decision.decided_by), f"{head.name}, {head.role}")


def _role(user: User) -> str:
    held = [ROLE_LABELS[role] for role in reversed(Role) if role in user.roles]
    return user.job_title or (held[0] if held else "Delegate")


def offer(submission: Submission, answers: Mapping[str, Any]) -> Offer:
    """What the school offers, from its answers and the columns of the case."""
    growth = answers.get("build_up") or {}
    return Offer(
        path=submission.path,
        need=submission.need,
        phase=submission.phase,
        places=submission.places or 0,
        opening=submission.opening,
        year_groups=year_groups(answers.get("year_groups") or ()),
        build_up=tuple(growth[f"year_{n}"] for n in range(1, 5) if growth.get(f"year_{n}") is not None),
        in_mainstream=_in_mainstream(answers),
        designation=_designation(submission.path, answers.get("mainstream_share_entry")),
    )


def year_groups(keys: Iterable[str]) -> str:
    """Years 7 to 11; Reception to Year 6; Years 3 and 5."""
    chosen = sorted((key for key in keys if key in YEARS), key=YEARS.index)
    if not chosen:
        return ""
    first, last = chosen[0], chosen[-1]
    unbroken = YEARS.index(last) - YEARS.index(first) == len(chosen) - 1
    if first == "r":
        rest = [key for key in chosen if key != "r"]
        if not rest:
            return "Reception"
        return f"Reception to Year {last}" if unbroken else f"Reception and {year_groups(rest)}"
    if len(chosen) == 1:
        return f"Year {first}"
    return f"Years {first} to {last}" if unbroken and len(chosen) > 2 else f"Years {listed(chosen)}"


def _in_mainstream(answers: Mapping[str, Any]) -> str:
    entry, later = answers.get("mainstream_share_entry"), answers.get("mainstream_share_year_one")
    parts = [f"{entry}% at entry" if entry is not None else "", f"{later}% after a year" if later is not None else ""]
    return ", ".join(part for part in parts if part)


def _designation(path: Path, share: int | None) -> str:
    if path is Path.SATELLITE or share is None:
        return ""
    return "Resourced provision" if share >= MAINLY_MAINSTREAM else "SEN unit"


def linked(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the schools that offer the places together with this one."""
    urns = answers.get("linked_schools") or []
    if not urns:
        return ()
    return tuple(db.session.scalars(select(School.name).where(School.urn.in_(urns)).order_by(School.name)))


def lines(text: str) -> tuple[str, ...]:
    """One thing a line, as people typed it."""
    return tuple(line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t"))


def round_name(submission: Submission) -> str:
    """the Autumn 2026 round."""
    name = submission.round.name
    return f"the {name}" if "round" in name.lower() else f"the {name} round"


def term(day: date) -> str:
    """The school term that a day falls in, or that follows it: "the summer term 2027"."""
    if day.month <= 3:
        return f"the spring term {day.year}"
    return f"the {'summer' if day.month <= 7 else 'autumn'} term {day.year}"
