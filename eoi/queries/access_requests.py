"""Requests for access to a school, with what is known beside each of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from eoi.extensions import db
from eoi.models import Invitation, Link, Membership, School, Submission, User
from eoi.models.link import Purpose
from eoi.rules.addresses import host_of_email, host_of_website
from eoi.rules.permissions import Role
from eoi.rules.stages import STAGES, Stage

PAGE = 25
LIVE = [stage for stage in Stage if not STAGES[stage].ended]


class Request(NamedTuple):
    """One request. `there` are the confirmed places at the school, `under_way` how many cases it has, drafts too."""

    place: Membership
    user: User
    school: School
    asked_at: datetime | None
    job_title: str
    there: list[Membership]
    under_way: int

    @property
    def host(self) -> str:
        return host_of_email(self.user.email)

    @property
    def site(self) -> str:
        """The host of the school's website, as the register has it."""
        return host_of_website(self.school.website)

    @property
    def sharing(self) -> list[User]:
        """The school's people whose address has the same host."""
        return [m.user for m in self.there if host_of_email(m.user.email) == self.host]

    @property
    def heads(self) -> list[Membership]:
        """The headteachers whom this headteacher may take over from."""
        return [m for m in self.there if m.role is Role.HEADTEACHER] if self.place.role is Role.HEADTEACHER else []


def count() -> int:
    """How many requests wait for an officer."""
    return db.session.scalar(_waiting().with_only_columns(func.count()).order_by(None)) or 0


def waiting() -> list[Request]:
    """The requests that have waited longest, at most a page, in four queries."""
    places = db.session.scalars(_waiting().options(contains_eager(Membership.user)).limit(PAGE)).all()
    urns = {place.urn for place in places}
    if not urns:
        return []
    schools = {s.urn: s for s in db.session.scalars(select(School).where(School.urn.in_(urns)))}
    theirs = (Submission.stage.in_(LIVE), Submission.held_by_id.is_(None))
    cases = select(Submission.urn, func.count()).where(Submission.urn.in_(urns), *theirs)
    under_way = dict(db.session.execute(cases.group_by(Submission.urn)).all())
    there, asked = _there(urns), _asked({place.user_id for place in places})
    found = []
    for place in places:
        link = asked.get((place.user_id, place.urn))
        job_title = link.payload["job_title"] if link else place.user.job_title
        at = link.used_at if link else None
        school, number = schools[place.urn], under_way.get(place.urn, 0)
        found.append(Request(place, place.user, school, at, job_title, there[place.urn], number))
    return found


def find(membership_id: int) -> Membership | None:
    """The request of this place, confirmed meanwhile or not."""
    return db.session.get(Membership, membership_id, options=[joinedload(Membership.user)])


def was_invited(urn: int, email: str) -> bool:
    """Whether the council's list of invitations named this address for this school."""
    named = select(Invitation.id).where(Invitation.urn == urn, Invitation.email == email.strip().lower())
    return db.session.scalar(named.limit(1)) is not None


def _waiting() -> Select[Membership]:
    places = select(Membership).join(Membership.user)
    return places.where(Membership.confirmed_at.is_(None), User.active.is_(True)).order_by(Membership.id)


def _there(urns: set[int]) -> dict[int, list[Membership]]:
    """The confirmed places at each school, headteachers first."""
    rows: Sequence[Membership] = db.session.scalars(
        select(Membership)
        .join(Membership.user)
        .where(Membership.urn.in_(urns), Membership.confirmed_at.is_not(None), User.active.is_(True))
        .options(contains_eager(Membership.user))
        .order_by(Membership.role.desc(), User.name)
    ).all()
    found = defaultdict(list)
    for place in rows:
        found[place.urn].append(place)
    return found


def _asked(user_ids: set[int]) -> dict[tuple[int, int], Link]:
    """The last used link of each person and school."""
    used = select(Link).where(Link.purpose == Purpose.ACCESS, Link.user_id.in_(user_ids), Link.used_at.is_not(None))
    return {(link.user_id or 0, link.payload["urn"]): link for link in db.session.scalars(used.order_by(Link.used_at))}
