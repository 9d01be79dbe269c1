"""The people of the examples, and their schools. All are invented.

Alice is the headteacher, Ed her editor, Sam the headteacher of another school. Olu is the case officer, Harriet the
Head of SEN, Priya, Pete and Pam score, Cleo chairs the panel, Aisha is the area education officer, Dev the director.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pyotp
from flask import current_app
from sqlalchemy import select

from eoi.extensions import db, now, today
from eoi.models import Membership, School, SecondFactor, SignIn, User, UserRole
from eoi.models.sign_in import How, token_hash
from eoi.rules.permissions import Actor, Role
from eoi.rules.second_factor import encrypted
from eoi.workflow import register

HOPEFIELD, RIVERSIDE, MEADOW, ELSEWHERE = 900001, 900002, 900003, 900004

#: What every authenticator app of the examples shares with the service.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

STAFF: dict[str, tuple[Role, ...]] = {
    "olu": (Role.SEN_OFFICER,),
    "oscar": (Role.SEN_OFFICER,),
    "harriet": (Role.HEAD_OF_SEN,),
    "priya": (Role.SCORER,),
    "pete": (Role.SCORER, Role.ESTATES),
    "pam": (Role.SCORER, Role.FINANCE),
    "cleo": (Role.PANEL_CHAIR,),
    "aisha": (Role.AEO,),
    "dev": (Role.DIRECTOR,),
    "ada": (Role.ADMIN,),
    "audrey": (Role.AUDITOR,),
}
AT_SCHOOL: dict[str, tuple[int, Role]] = {
    "alice": (HOPEFIELD, Role.HEADTEACHER),
    "ed": (HOPEFIELD, Role.EDITOR),
    "rita": (RIVERSIDE, Role.HEADTEACHER),
    "sam": (ELSEWHERE, Role.HEADTEACHER),
}


@dataclass(frozen=True)
class People:
    """Everybody by name, as users; `people.actor("olu")` is one as permissions see them."""

    by_name: dict[str, User]

    def __getattr__(self, name: str) -> User:
        return self.by_name[name]

    def actor(self, name: str) -> Actor:
        return self.by_name[name].actor(today())


def make_schools() -> None:
    """A maintained primary, an academy secondary, a special school, and a stranger's primary."""
    common = {"la_code": "886", "la_name": "Kent", "status": "Open", "town": "Maidstone", "postcode": "ME14 1XQ",
              "source": "Examples", "as_at": date(2026, 9, 1)}  # fmt: skip
    ashford = {"district_code": "E07000105", "district_name": "Ashford", "street": "School Lane"}
    maintained = {"type_name": "Community school", "type_group": "Local authority maintained schools"}
    academy = {
        "type_name": "Academy converter",
        "type_group": "Academies",
        "trust_name": "Weald and Downs Academy Trust",
    }
    special = {"type_name": "Foundation special school", "type_group": "Special schools", "phase": "Not applicable"}
    primary = {"phase": "Primary", "low_age": 4, "high_age": 11, "capacity": 420, "roll": 376.5}
    db.session.add_all([
        School(urn=HOPEFIELD, name="Hopefield Primary School", establishment_number="2001", **maintained, **primary,
               **ashford, **common),
        School(urn=RIVERSIDE, name="Riverside Academy", establishment_number="4002", phase="Secondary", low_age=11,
               high_age=18, capacity=1200, roll=1080, **academy, **ashford, **common),
        School(urn=MEADOW, name="Meadow View School", establishment_number="7003", low_age=4, high_age=19, **special,
               **ashford, **common),
        School(urn=ELSEWHERE, name="Elsewhere Primary School", establishment_number="2004", **maintained, **primary,
               **ashford, **common),
    ])  # fmt: skip
    register.index_schools((HOPEFIELD, RIVERSIDE, MEADOW, ELSEWHERE))


def make_people() -> People:
    """Everybody, each with a session that goes on in a browser: `token_of`. The caller commits."""
    by_name = {}
    for name in [*STAFF, *AT_SCHOOL]:
        user = User(email=f"{name}@example.org", name=f"{name.capitalize()} Example", created_at=now())
        user.role_rows = [UserRole(role=role) for role in STAFF.get(name, ())]
        if name in AT_SCHOOL:
            urn, role = AT_SCHOOL[name]
            user.memberships = [Membership(urn=urn, role=role, confirmed_at=now())]
        by_name[name] = user
    db.session.add_all(by_name.values())
    db.session.flush()
    db.session.add_all(session_of(user) for user in by_name.values())
    db.session.flush()
    return People(by_name)


def saved_people() -> People:
    """Everybody by name, as they stand in the database."""
    users = db.session.scalars(select(User).order_by(User.id))
    return People({user.email.partition("@")[0]: user for user in users})


def token_of(user: User) -> str:
    """The token of the person's session in the examples."""
    return f"the session of {user.email}"


def session_of(user: User, token: str = "") -> SignIn:
    """A session of this person that has just begun."""
    began = {"how": How.PASSWORD, "began_at": now(), "used_at": now()}
    seen = {"device": "Firefox on Windows", "address": "127.0.0.1"}
    return SignIn(user_id=user.id, token_hash=token_hash(token or token_of(user)), **began, **seen)


def second_factor_of(user: User) -> SecondFactor:
    """The authenticator app of this person: `SECRET` makes its codes."""
    kept = encrypted(SECRET, current_app.config["SECRET_KEY"])
    return SecondFactor(user_id=user.id, secret=kept, last_step=0, set_up_at=now())


def code_of_now(steps: int = 0) -> str:
    """What the app shows at this moment, or so many half-minutes later."""
    return pyotp.TOTP(SECRET).at(now() + timedelta(seconds=30 * steps))
