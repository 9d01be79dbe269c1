"""People's accounts: invited, accepted, given roles, switched off. The only code that writes `User` and its rows.

Beside it `access_requests` writes the places at schools that people asked for themselves.
The caller commits. Passwords arrive hashed, because hashing is too slow to do inside a transaction.
"""

from collections.abc import Collection
from typing import Any

from flask import current_app

from eoi.extensions import db, now, today
from eoi.models import Link, Membership, School, User, UserRole
from eoi.models.link import Purpose
from eoi.models.sign_in import How
from eoi.queries import users
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.permissions import ROLE_LABELS, SCHOOL_ROLES, SYSTEM, Actor, CaseFacts, Permission, Role, may
from eoi.rules.words import listed
from eoi.workflow import ahead, audit, links, notices, sign_ins


def invite(
    email: str,
    name: str,
    *,
    by: Actor,
    urn: int | None = None,
    role: Role | None = None,
    roles: Collection[Role] = (),
    job_title: str = "",
    again: bool = False,
) -> User:
    """Invite somebody to a school (`urn`, with `role` there) or to council `roles`, new to the service or not.

    A place given by an invitation is confirmed. Somebody without a password gets a link to choose one; somebody with
    one, or who signs in with the council's account, is told what was added. Raises NotAllowed; Invalid for a school or
    roles that cannot be, and, unless it is `again`, for somebody who was given all of it before.
    """
    _may_invite(by, urn, role, roles)
    school = _school(urn, role)
    if set(roles) & SCHOOL_ROLES or not (school or roles):
        raise Invalid({"roles": "Choose at least one role"})
    user = users.by_email(email) or add(email, name, job_title)
    if not user.active:
        raise Invalid({"email": f"{user.email} is switched off. Switch the account on first"})
    if not again and _has(user, urn, role, roles):
        raise Invalid({"email": f"{user.email} has been invited with this role already"})
    if school and role:
        _join(user, school.urn, role, by)
    user.role_rows += [UserRole(role=role) for role in sorted(set(roles) - user.roles)]
    db.session.flush()
    granted = [ROLE_LABELS[r] for r in roles] + ([f"{ROLE_LABELS[role]} at {school.name}"] if school and role else [])
    seq = audit.record(f"user:{user.id}", "invited", by=by, detail={"email": user.email, "granted": granted})
    inviter = by.name if by.kind == "user" else ""
    facts: dict[str, Any] = {"name": user.name, "granted": listed(granted), "inviter": inviter}
    if user.password_hash is None and may_use_password(user):
        _send_invitation(user, facts)
    else:
        notices.mail("added", user.email, f"added {user.id} {seq}", path="/sign-in", **facts)
    return user


def invite_again(user: User, *, by: Actor) -> None:
    """Send a fresh invitation to somebody who has not yet chosen a password; older links stop working."""
    _require(by, Permission.MANAGE_USERS)
    if user.password_hash or not may_use_password(user):
        raise Refused("This person chooses no password: they have one, or sign in at the council, or are switched off.")
    audit.record(f"user:{user.id}", "invited again", by=by)
    _send_invitation(user, {"name": user.name, "granted": "", "inviter": by.name})


def accept(link: Link, *, name: str, password_hash: str) -> User:
    """Take up an invitation: the link is used up and the person has a password. Raises LinkDead."""
    user = _holder(link)
    links.use(link)
    user.name, user.password_hash = name, password_hash
    links.withdraw(Purpose.INVITE, Purpose.RESET, user=user)
    audit.record(f"user:{user.id}", "accepted the invitation", by=user.actor(today()))
    return user


def may_use_password(user: User) -> bool:
    """Whether this person signs in by a password of ours: the council may leave its people to its own sign-in."""
    return user.active and (current_app.config["STAFF_PASSWORDS"] or not user.roles)


def password_of(email: str) -> tuple[int, str | None]:
    """The id of the person with this address and the hash of the password that lets them in; none for anybody else."""
    found = users.password_of(email)
    if found is None:
        return 0, None
    user_id, kept, active, council = found
    return user_id, kept if active and (current_app.config["STAFF_PASSWORDS"] or not council) else None


def forgot(email: str) -> None:
    """Send a link for a new password, if there is such an active account. Nobody is told whether there is."""
    user = users.by_email(email)
    if user is None or not may_use_password(user):
        return
    links.withdraw(Purpose.RESET, user=user)
    link = links.make(Purpose.RESET, email=user.email, name=user.name, user=user)
    audit.record(f"user:{user.id}", "asked for a new password", by=SYSTEM)
    notices.mail("reset", user.email, f"reset {link.id}", link=link, name=user.name)


def reset(link: Link, *, password_hash: str) -> User:
    """Choose a new password by link. Raises LinkDead."""
    user = _holder(link)
    links.use(link)
    change_password(user, password_hash=password_hash)
    return user


def change_password(user: User, *, password_hash: str) -> None:
    """Keep the person's new password. Every session ends, open links to choose one too, and the person is told."""
    user.password_hash = password_hash
    sign_ins.end_all(user)
    links.withdraw(Purpose.INVITE, Purpose.RESET, Purpose.SIGN_IN, user=user)
    seq = audit.record(f"user:{user.id}", "chose a new password", by=user.actor(today()))
    key = f"password changed {user.id} {seq}"
    notices.mail("password_changed", user.email, key, path="/forgotten", name=user.name)


def signed_in(user: User, *, how: How, user_agent: str, address: str | None) -> str:
    """Begin a session of the person who has just proven who they are: the token for its cookie."""
    user.last_seen_at = now()
    audit.record(f"user:{user.id}", "signed in", by=user.actor(today()), detail={"how": how})
    return sign_ins.begin(user, how=how, user_agent=user_agent, address=address)


def sign_out_everywhere(user: User, *, by: Actor, but: int | None = None) -> None:
    """End every session of the person, `but` the one with this id."""
    if by.id != user.id:
        _require(by, Permission.MANAGE_USERS)
    sign_ins.end_all(user, but=but)
    audit.record(f"user:{user.id}", "signed out everywhere", by=by)


def change_roles(user: User, roles: Collection[Role], *, by: Actor) -> None:
    """Give the person exactly these council roles. Their sessions end.

    Nobody changes their own, and one administrator always stays. Raises NotAllowed or Invalid.
    """
    _require(by, Permission.MANAGE_USERS)
    wanted = frozenset(roles)
    if wanted & SCHOOL_ROLES:
        raise Invalid({"roles": "A role at a school is given by an invitation to that school"})
    if user.id == by.id:
        raise NotAllowed("Nobody changes their own roles. Ask another administrator.")
    if Role.ADMIN in user.roles - wanted:
        _keep_one_administrator(user)
    before = user.roles
    if wanted == before:
        return
    user.role_rows = [row for row in user.role_rows if row.role in wanted]
    user.role_rows += [UserRole(role=role) for role in sorted(wanted - before)]
    sign_ins.end_all(user)
    audit.record(f"user:{user.id}", "roles changed", by=by, detail={"from": sorted(before), "to": sorted(wanted)})


def switch_off(user: User, *, reason: str, by: Actor) -> None:
    """End the account: no sign-in, every session and open link ended. The record keeps the name."""
    _require(by, Permission.MANAGE_USERS)
    if user.id == by.id:
        raise NotAllowed("You cannot switch off your own account. Ask another administrator.")
    if Role.ADMIN in user.roles:
        _keep_one_administrator(user)
    if not user.active:
        return
    user.active = False
    sign_ins.end_all(user)
    links.withdraw(*Purpose, user=user)
    audit.record(f"user:{user.id}", "switched off", by=by, detail={"reason": reason})


def switch_on(user: User, *, reason: str, by: Actor) -> None:
    """Let the person sign in again, with the roles they had."""
    _require(by, Permission.MANAGE_USERS)
    if user.active:
        return
    user.active = True
    audit.record(f"user:{user.id}", "switched on", by=by, detail={"reason": reason})


def leave_school(membership: Membership, *, by: Actor) -> None:
    """End the person's place at a school. What they typed stays."""
    if not may(by, Permission.INVITE_SCHOOLS) and not _is_theirs(by, membership.urn, membership.role):
        _require(by, Permission.MANAGE_USERS)
    user = membership.user
    user.memberships.remove(membership)
    audit.record(f"user:{user.id}", "left the school", by=by, detail={"urn": membership.urn, "role": membership.role})


def create_admin(email: str, name: str = "Administrator") -> Link:
    """Make the first administrator, or another one, from the command line: the link to choose a password."""
    user = users.by_email(email) or add(email, name, "")
    if Role.ADMIN not in user.roles:
        user.role_rows.append(UserRole(role=Role.ADMIN))
    user.active = True
    db.session.flush()
    links.withdraw(Purpose.INVITE, Purpose.RESET, user=user)
    audit.record(f"user:{user.id}", "made an administrator", by=SYSTEM, detail={"email": user.email})
    return links.make(Purpose.INVITE, email=user.email, name=user.name, user=user)


def _may_invite(by: Actor, urn: int | None, role: Role | None, roles: Collection[Role]) -> None:
    """Administrators invite anybody; who invites schools invites to schools only, a headteacher editors of theirs."""
    if urn is not None and not roles and (may(by, Permission.INVITE_SCHOOLS) or _is_theirs(by, urn, role)):
        return
    _require(by, Permission.MANAGE_USERS)


def _is_theirs(by: Actor, urn: int, role: Role | None) -> bool:
    """Whether a headteacher may give or end this place: an editor's, at the headteacher's own school."""
    return role is Role.EDITOR and may(by, Permission.COLLEAGUES, CaseFacts(0, urn))


def _require(by: Actor, permission: Permission) -> None:
    if not may(by, permission):
        raise NotAllowed


def _school(urn: int | None, role: Role | None) -> School | None:
    if urn is None:
        return None
    if role not in SCHOOL_ROLES:
        raise Invalid({"role": "Choose headteacher or school editor"})
    school = db.session.get(School, urn)
    if school is None:
        raise Invalid({"urn": f"There is no school {urn} in the register"})
    return school


def add(email: str, name: str, job_title: str, *, demonstration: bool = False) -> User:
    """A new account, which nothing opens yet. The verbs of this layer alone call it."""
    user = User(email=email, name=name, job_title=job_title, demonstration=demonstration, active=True, created_at=now())
    db.session.add(user)
    return user


def _has(user: User, urn: int | None, role: Role | None, roles: Collection[Role]) -> bool:
    """Whether the person was given this place and these roles before."""
    placed = urn is None or any(m.urn == urn and m.role is role and m.confirmed_at for m in user.memberships)
    return placed and set(roles) <= user.roles


def _join(user: User, urn: int, role: Role, by: Actor) -> None:
    """A confirmed place at the school; what they drafted for it while they waited becomes the school's."""
    place = next((m for m in user.memberships if m.urn == urn), None)
    if place is None:
        place = Membership(urn=urn, role=role)
        user.memberships.append(place)
    place.role, place.confirmed_at = role, now()
    place.confirmed_by = by.id if by.kind == "user" else None
    if user.id:
        ahead.give(urn, user, by=by)


def _send_invitation(user: User, facts: dict[str, Any]) -> None:
    links.withdraw(Purpose.INVITE, user=user)
    link = links.make(Purpose.INVITE, email=user.email, name=user.name, user=user)
    notices.mail("invitation", user.email, f"invitation {link.id}", link=link, expires=link.expires_at, **facts)


def _holder(link: Link) -> User:
    """The active person that a link of an account belongs to."""
    if link.user is None or not link.user.active:
        raise Refused("This account is switched off.")
    return link.user


def _keep_one_administrator(user: User) -> None:
    if not [other for other in users.holders(Role.ADMIN) if other.id != user.id]:
        raise Refused("This is the only administrator. Give another person the role first.")
