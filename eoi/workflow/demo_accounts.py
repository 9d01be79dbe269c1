"""The accounts of a demonstration: invented people, one a role, all with one published password."""

from dataclasses import dataclass, field

from flask import current_app
from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Membership, School, User, UserRole
from eoi.queries import users
from eoi.rules.errors import NotAllowed
from eoi.rules.permissions import SYSTEM, Role
from eoi.rules.register import OPEN_STATUSES
from eoi.workflow import audit

PASSWORD = "demonstration-only"  # printed on the sign-in page, and refused as anybody's own


@dataclass(frozen=True, slots=True)
class Account:
    """One person of the demonstration."""

    name: str
    email: str  # before @demo.example
    job_title: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    school: tuple[int, str, str] | None = None  # URN; type group and phase of another, where the register lacks it


def _staff(email: str, name: str, job_title: str, *roles: Role) -> Account:
    return Account(name, email, job_title, frozenset(roles))


EAST_PECKHAM = (118290, "Local authority maintained schools", "Primary")
CORNWALLIS = (135371, "Academies", "Secondary")

ACCOUNTS = (
    Account("Alice Marsh", "headteacher", "Headteacher", school=EAST_PECKHAM),
    Account("Sam Okafor", "headteacher2", "Principal", school=CORNWALLIS),
    _staff("officer", "Olu Adeyemi", "SEN provision officer", Role.SEN_OFFICER),
    _staff("officer2", "Orla Byrne", "SEN provision officer", Role.SEN_OFFICER),
    _staff("panel1", "Priya Nair", "Educational psychologist", Role.SCORER),
    _staff("panel2", "Pete Holloway", "Education estates manager", Role.SCORER, Role.ESTATES),
    _staff("panel3", "Farah Siddiqui", "Schools finance business partner", Role.SCORER, Role.FINANCE),
    _staff("chair", "Chidi Bennett", "Assistant director, SEN", Role.PANEL_CHAIR),
    _staff("aeo", "Anna Kowalska", "Area education officer", Role.AEO),
    _staff("head", "Harriet Lane", "Head of SEN", Role.HEAD_OF_SEN),
    _staff("director", "David Mensah", "Director of education", Role.DIRECTOR),
    _staff("admin", "Ada Whitlock", "Service administrator", Role.ADMIN),
    _staff("auditor", "Aziz Rahman", "Internal auditor", Role.AUDITOR),
)


def make_demonstration_accounts(password_hash: str) -> list[User]:
    """Make the demonstration accounts that are missing, the headteachers' at real schools of the register.

    The caller commits. Raises NotAllowed outside demonstration mode.
    """
    if not current_app.config["DEMONSTRATION"]:
        raise NotAllowed("Demonstration accounts exist in demonstration mode only.")
    made = [_made(account, password_hash) for account in ACCOUNTS if not users.by_email(_address(account))]
    db.session.flush()
    for user in made:
        audit.record(f"user:{user.id}", "made for the demonstration", by=SYSTEM)
    return made


def _made(account: Account, password_hash: str) -> User:
    user = User(
        email=_address(account),
        name=account.name,
        job_title=account.job_title,
        password_hash=password_hash,
        demonstration=True,
        active=True,
        created_at=now(),
        role_rows=[UserRole(role=role) for role in sorted(account.roles)],
    )
    school = _school(*account.school) if account.school else None
    if school:
        user.memberships = [Membership(urn=school.urn, role=Role.HEADTEACHER, confirmed_at=now())]
    db.session.add(user)
    return user


def _school(urn: int, group: str, phase: str) -> School | None:
    """The named school, or the first open one of its kind in a register that lacks it."""
    like_it = select(School).where(School.status.in_(OPEN_STATUSES), School.type_group == group, School.phase == phase)
    return db.session.get(School, urn) or db.session.scalar(like_it.order_by(School.urn).limit(1))


def _address(account: Account) -> str:
    return f"{account.email}@demo.example"
