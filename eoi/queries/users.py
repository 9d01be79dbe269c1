"""Every read of people: who signs in, who is listed, who may stand in."""

from datetime import datetime

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eoi.extensions import db
from eoi.models import AuditEntry, Delegation, Identity, Membership, School, SignIn, User, UserRole
from eoi.models.sign_in import token_hash
from eoi.rules.permissions import Role


def signed_in(user_id: int, token: str) -> tuple[User, SignIn] | None:
    """The active person of a session that goes on, with roles, memberships and delegations, in one query."""
    whole = (joinedload(User.role_rows), joinedload(User.memberships), joinedload(User.delegations))
    rows = select(User, SignIn).join(SignIn, SignIn.user_id == User.id).options(*whole, joinedload(User.second_factor))
    goes_on = (SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None), User.active.is_(True))
    found = db.session.execute(rows.where(User.id == user_id, *goes_on)).unique().one_or_none()
    return (found[0], found[1]) if found else None


def sessions_of(user_id: int, since: datetime) -> list[SignIn]:
    """The person's sessions that began later than this and were not ended, the latest used first."""
    rows = select(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.began_at > since)
    return list(db.session.scalars(rows.order_by(SignIn.used_at.desc(), SignIn.id.desc())))


def by_identity(issuer: str, subject: str) -> User | None:
    """The person with this name at the council's own sign-in."""
    return db.session.scalar(select(User).join(Identity).where(Identity.issuer == issuer, Identity.subject == subject))


def by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def password_of(email: str) -> Row[int, str | None, bool, bool] | None:
    """(id, password hash, active, of the council) of this address: columns, so that none costs as much as one."""
    council = select(UserRole.user_id).where(UserRole.user_id == User.id).exists()
    return db.session.execute(
        select(User.id, User.password_hash, User.active, council).where(User.email == email.strip().lower())
    ).one_or_none()


def by_id(user_id: int) -> User | None:
    """Anybody, with what an administrator looks at."""
    whole = (selectinload(User.role_rows), selectinload(User.memberships), selectinload(User.delegations))
    return db.session.get(User, user_id, options=(*whole, joinedload(User.second_factor), joinedload(User.identity)))


def with_factor(user_id: int) -> User | None:
    """Anybody, with their second factor, in one query."""
    return db.session.get(User, user_id, options=(joinedload(User.second_factor),))


def history(user: User) -> list[AuditEntry]:
    """What was done to and with the account, the newest first, at most 50 entries."""
    rows = select(AuditEntry).options(joinedload(AuditEntry.detail)).where(AuditEntry.case == f"user:{user.id}")
    return list(db.session.scalars(rows.order_by(AuditEntry.seq.desc()).limit(50)))


def listed(q: str = "", role: Role | None = None, active: bool | None = None) -> Select[User]:
    """The people whose name, address or school match, by name; pages cut it."""
    people = select(User).options(selectinload(User.role_rows), selectinload(User.memberships))
    for word in q.lower().split():
        found = f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        at_school = (
            select(Membership.user_id)
            .join(School, School.urn == Membership.urn)
            .where(func.lower(School.name).like(found, escape="!"))
        )
        people = people.where(
            or_(
                func.lower(User.name).like(found, escape="!"),
                User.email.like(found, escape="!"),
                User.id.in_(at_school),
            )
        )
    if role:
        holders = select(UserRole.user_id).where(UserRole.role == role)
        people = people.where(or_(User.id.in_(holders), User.memberships.any(Membership.role == role)))
    if active is not None:
        people = people.where(User.active.is_(active))
    return people.order_by(User.name, User.id)


def schools_of(users: list[User]) -> dict[int, str]:
    """The names of these people's schools by URN, in one query."""
    urns = {membership.urn for user in users for membership in user.memberships}
    names = select(School.urn, School.name).where(School.urn.in_(urns))
    return dict(db.session.execute(names).all()) if urns else {}


def holders(role: Role) -> list[User]:
    """The active people with this council role, by name."""
    rows = select(User).join(User.role_rows).where(UserRole.role == role, User.active.is_(True)).order_by(User.name)
    return list(db.session.scalars(rows))


def staff() -> list[User]:
    """The active people with any council role, by name."""
    rows = select(User).where(User.active.is_(True), User.role_rows.any()).order_by(User.name)
    return list(db.session.scalars(rows))


def delegations() -> list[Delegation]:
    """Every recorded delegation, the newest first, with its person."""
    rows = select(Delegation).options(joinedload(Delegation.user)).order_by(Delegation.id.desc())
    return list(db.session.scalars(rows))


def of_school(urn: int) -> list[User]:
    """The active people whose place at this school is confirmed, headteachers first."""
    rows = (
        select(User)
        .join(User.memberships)
        .where(Membership.urn == urn, Membership.confirmed_at.is_not(None), User.active.is_(True))
        .order_by(Membership.role.desc(), User.name)
    )
    return list(db.session.scalars(rows))


def members_of(urn: int) -> list[Membership]:
    """Every confirmed place at this school, switched off accounts too: headteachers first, then by name."""
    rows = (
        select(Membership)
        .join(Membership.user)
        .where(Membership.urn == urn, Membership.confirmed_at.is_not(None))
        .options(contains_eager(Membership.user))
        .order_by(Membership.role.desc(), User.name)
    )
    return list(db.session.scalars(rows))


def demonstration_accounts() -> list[User]:
    """The accounts that the sign-in page offers in demonstration mode."""
    whole = (selectinload(User.role_rows), selectinload(User.memberships), selectinload(User.delegations))
    rows = select(User).options(*whole)
    return list(db.session.scalars(rows.where(User.demonstration.is_(True), User.active.is_(True)).order_by(User.id)))
