"""Access to a school that people ask for themselves: the address confirmed by link, the place by an officer.

Until the link is used there is nothing but the link. Until an officer confirms it, the place opens nothing. What is
answered does not say whether an address is known. The caller commits; passwords arrive hashed.
"""

from flask import current_app
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from eoi.extensions import db, now, today
from eoi.models import Link, Membership, School, User
from eoi.models.link import Purpose
from eoi.queries import access_requests as queries
from eoi.queries import users
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused
from eoi.rules.permissions import ROLE_LABELS, SCHOOL_ROLES, SYSTEM, Actor, Permission, Role, may
from eoi.rules.retention import SCHEDULE, Kept
from eoi.workflow import accounts, ahead, audit, drafting, links, notices

ANSWERED = "Somebody has answered this request already."


def ask(email: str, *, name: str, urn: int, role: Role, job_title: str) -> None:
    """Send a link that confirms the address. Raises Invalid for a school that is not open.

    Council staff, whose roles no school's place may join, and accounts that are switched off get no mail.
    """
    school = db.session.get(School, urn)
    if school is None or not school.is_open:
        raise Invalid({"urn": "Choose a school that is open and on the register"})
    if role not in SCHOOL_ROLES:
        raise Invalid({"role": "Choose your role at the school"})
    user = users.by_email(email)
    if user and (not user.active or user.roles):
        return
    payload = {"urn": urn, "role": role.value, "job_title": job_title}
    link = links.make(Purpose.ACCESS, email=email, name=name, payload=payload)
    notices.mail(
        "access_link", link.email, f"access {link.id}", link=link, name=name, school=school.name,
        expires=link.expires_at,
    )  # fmt: skip


def needs_password(link: Link) -> bool:
    """Whether who holds this link has yet to choose a password."""
    user = users.by_email(link.email)
    return user is None or user.password_hash is None


def take_up(link: Link, *, name: str = "", password_hash: str | None = None) -> User:
    """The address is theirs: the account exists, and the place waits for an officer, or stands if it was invited.

    Raises LinkDead; Refused for who may not ask; MovedOn where the account began at the same moment elsewhere.
    """
    links.use(link)
    known = users.by_email(link.email)
    user = known or accounts.add(link.email, name, link.payload["job_title"])
    if not user.active or user.roles:
        raise Refused("This account cannot ask for access to a school.")
    if user.password_hash is None:
        if password_hash is None:
            raise Refused("Choose a password.")
        user.name, user.password_hash = name, password_hash
    if known:
        links.withdraw(Purpose.INVITE, Purpose.RESET, user=known)
    place = _placed(user, link, invited=known is None and queries.was_invited(link.payload["urn"], link.email))
    try:
        db.session.flush()
    except IntegrityError:  # two links of the same person, used at the same moment
        db.session.rollback()
        raise MovedOn("Your account was made a moment ago. Open the link in the email again.") from None
    links.give(link, user)
    detail = {"urn": place.urn, "role": place.role, "confirmed": bool(place.confirmed_at)}
    audit.record(f"user:{user.id}", "asked for access", by=user.actor(today()), detail=detail)
    return user


def confirm(place: Membership, *, instead_of: Membership | None = None, by: Actor) -> None:
    """Confirm that the person works at the school, as they said. Raises NotAllowed, MovedOn, Refused.

    `instead_of` is the headteacher's place that ends with it: what they led, the new headteacher leads from now on.
    """
    _require(by)
    user, urn, role = place.user, place.urn, place.role
    if not user.active:
        raise Refused("This account is switched off.")
    if instead_of and not (role is instead_of.role is Role.HEADTEACHER and instead_of.urn == urn):
        raise Refused("A headteacher takes over from a headteacher of the same school only.")
    values = {"confirmed_at": now(), "confirmed_by": by.id}
    _answer(place, update(Membership).values(values))
    detail = {"urn": urn, "role": role, "instead_of": instead_of.user.name if instead_of else None}
    drafted = ahead.give(urn, user, by=by)
    if instead_of:
        drafting.pass_on(urn, instead_of.user, user, by=by)
        accounts.leave_school(instead_of, by=by)
    seq = audit.record(f"user:{user.id}", "access confirmed", by=by, detail=detail)
    notices.mail(
        "access_confirmed", user.email, f"access confirmed {user.id} {seq}", path="/apply", name=user.name,
        school=_name(urn), role=ROLE_LABELS[role], submits=role is Role.HEADTEACHER, drafted=drafted,
    )  # fmt: skip


def refuse(place: Membership, *, reason: str, by: Actor) -> None:
    """The person gets no access to the school, and is told why. They may ask again. Raises NotAllowed, MovedOn."""
    _require(by)
    user, urn, role = place.user, place.urn, place.role
    _answer(place, delete(Membership))
    words = ahead.keep_apart(urn, user, by=by)
    seq = audit.record(f"user:{user.id}", "access refused", by=by, detail={"urn": urn, "role": role, "reason": reason})
    key = f"access refused {user.id} {seq}"
    notices.mail(
        "access_refused", user.email, key, path="/account/access" if words else "/ask-for-access", name=user.name,
        school=_name(urn), reason=reason, words=words, days=SCHEDULE[Kept.REFUSED].days,
    )  # fmt: skip


def ask_sign_in_link(email: str) -> None:
    """Send a link that signs in once, if a school's person has this address. Nobody is told whether there is one."""
    user = users.by_email(email)
    if user is None or not user.active or user.roles:
        return
    links.withdraw(Purpose.SIGN_IN, user=user)
    link = links.make(Purpose.SIGN_IN, email=user.email, name=user.name, user=user)
    audit.record(f"user:{user.id}", "asked for a link to sign in", by=SYSTEM)
    notices.mail("sign_in_link", user.email, f"sign in {link.id}", link=link, name=user.name)


def use_sign_in_link(link: Link) -> User:
    """The person whom this link signs in, the second step apart. Raises LinkDead, Refused."""
    user = link.user
    if user is None or not user.active or user.roles:
        raise Refused("This account does not sign in by link.")
    links.use(link)
    return user


def _placed(user: User, link: Link, *, invited: bool) -> Membership:
    """The place that the link asks for. One that is confirmed stays as it is; a role grows by an officer only."""
    urn, role = link.payload["urn"], Role(link.payload["role"])
    place = next((m for m in user.memberships if m.urn == urn), None)
    if place is None:
        place = Membership(urn=urn, role=role, confirmed_at=now() if invited else None)
        user.memberships.append(place)
    elif place.confirmed_at is None:
        place.role = role
    elif place.role is not role:
        email = current_app.config["COUNCIL_EMAIL"]
        raise Refused(f"You have a place at this school already. To change your role there, email {email}.")
    return place


def _answer(place: Membership, statement: object) -> None:
    """Answer the request once: of two officers at the same moment, the second is told."""
    user = place.user
    waiting = statement.where(Membership.id == place.id, Membership.confirmed_at.is_(None))  # type: ignore[attr-defined]
    if not db.session.scalar(waiting.returning(Membership.id).execution_options(synchronize_session=False)):
        raise MovedOn(ANSWERED)
    db.session.expire(user, ["memberships"])
    db.session.expire(place)


def _require(by: Actor) -> None:
    if not may(by, Permission.INVITE_SCHOOLS):
        raise NotAllowed


def _name(urn: int) -> str:
    return db.session.get_one(School, urn).name
