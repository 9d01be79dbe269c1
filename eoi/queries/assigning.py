"""Who has how much to score, which cases lack scorers, and what ties are known. Nothing here is ever stored."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from eoi.extensions import db
from eoi.models import (
    Assignment,
    Conflict,
    Declaration,
    Membership,
    Round,
    School,
    SectionAnswers,
    Submission,
    User,
    UserRole,
)
from eoi.models.submission import ENDED
from eoi.queries.lists import CaseRow
from eoi.queries.submissions import visible_to
from eoi.queries.tasks import SCORED_AT, WANTED
from eoi.rules.assigning import Around, Known, Lacking, shared_out, ties
from eoi.rules.permissions import Actor, Role
from eoi.rules.stages import Stage

Tied = Mapping[tuple[int, int], tuple[str, ...]]  # (case, person) -> what is known


#: The sections of the form that name people of the school.
CONTACTS = ("contacts", "governors")


class Place(NamedTuple):
    """A case with the schools that it is about."""

    id: int
    urn: int
    partner_urn: int | None
    trust: str
    partner_trust: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A case without enough scorers, and who would get it by load."""

    case: CaseRow
    present: tuple[User, ...]
    proposed: tuple[User, ...]
    needed: int

    @property
    def short(self) -> int:
        """How many scorers it would still lack."""
        return self.needed - len(self.proposed)


def load() -> dict[int, int]:
    """How many cases each active scorer has open: assigned, at a stage that is scored, not locked, no conflict."""
    conflicted = select(Conflict.id).where(
        Conflict.submission_id == Assignment.submission_id, Conflict.user_id == Assignment.user_id,
        Conflict.conflicted.is_(True),
    )  # fmt: skip
    open_ = (
        select(Assignment.user_id, func.count().label("number"))
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(Assignment.locked_at.is_(None), Submission.stage.in_(SCORED_AT), ~conflicted.exists())
        .group_by(Assignment.user_id)
        .subquery()
    )
    found = (
        select(UserRole.user_id, func.coalesce(open_.c.number, 0))
        .join(User, User.id == UserRole.user_id)
        .outerjoin(open_, open_.c.user_id == UserRole.user_id)
        .where(UserRole.role == Role.SCORER, User.active.is_(True))
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def lacking(actor: Actor, people: Mapping[int, User]) -> list[Plan]:
    """The cases in assessment that have too few scorers, the first due first, each with those who would get it."""
    other = aliased(School)
    rows = db.session.execute(
        select(
            Submission.id, Submission.reference, Submission.version, Submission.due_on, Submission.urn,
            Submission.partner_urn, School.name.label("school"), School.trust_name.label("trust"),
            other.trust_name.label("partner_trust"), Submission.path, Submission.need, Submission.phase,
            School.district_name.label("district"), Submission.places, WANTED.label("wanted"),
        )
        .join(Round, Round.id == Submission.round_id)
        .join(School, School.urn == Submission.urn)
        .outerjoin(other, other.urn == Submission.partner_urn)
        .where(visible_to(actor), Submission.stage == Stage.ASSESSMENT)
        .order_by(Submission.due_on.is_(None), Submission.due_on, Submission.id)
    ).all()  # fmt: skip
    ids = [row.id for row in rows]
    present, conflicted = _assigned(ids), _conflicted(ids)
    rows = [row for row in rows if len(present[row.id] - conflicted[row.id]) < row.wanted]
    tied = known(rows, people.values())
    work = load()
    cases = [
        Lacking(
            row.id, row.wanted - len(present[row.id] - conflicted[row.id]), row.due_on,
            frozenset(present[row.id] | conflicted[row.id] | {who for who in work if tied.get((row.id, who))}),
        )
        for row in rows
    ]  # fmt: skip
    given = shared_out(cases, work)
    return [
        Plan(
            row, tuple(people[who] for who in sorted(present[row.id]) if who in people),
            tuple(people[who] for who in given[row.id] if who in people), case.needed,
        )
        for row, case in zip(rows, cases, strict=True)
    ]  # fmt: skip


def _assigned(ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    scorers = select(UserRole.user_id).where(UserRole.role == Role.SCORER)
    rows = select(Assignment.submission_id, Assignment.user_id).where(
        Assignment.submission_id.in_(ids), Assignment.user_id.in_(scorers)
    )
    for case, who in db.session.execute(rows):
        found[case].add(who)
    return found


def _conflicted(ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = select(Conflict.submission_id, Conflict.user_id).where(
        Conflict.submission_id.in_(ids), Conflict.conflicted.is_(True)
    )
    for case, who in db.session.execute(rows):
        found[case].add(who)
    return found


def known(rows: Sequence[Place | CaseRow], people: Collection[User]) -> Tied:
    """What is known that ties these people to these cases: accounts at the school, its trust, addresses it gave."""
    ids, emails = [row.id for row in rows], defaultdict[int, set[str]](set)
    contacts = (
        select(SectionAnswers.submission_id, SectionAnswers.answers, Declaration.email)
        .outerjoin(Declaration, Declaration.submission_id == SectionAnswers.submission_id)
        .where(SectionAnswers.submission_id.in_(ids), SectionAnswers.key.in_(CONTACTS))
    )
    for case, answers, declared in db.session.execute(contacts):
        emails[case] |= {str(text).lower() for key, text in answers.items() if key.endswith("_email") and text}
        emails[case].add((declared or "").lower())
    held = _known_of([user.id for user in people])
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for row in rows:
        trusts = frozenset(filter(None, (row.trust, row.partner_trust)))
        around = Around(frozenset(filter(None, (row.urn, row.partner_urn))), trusts, frozenset(emails[row.id] - {""}))
        for user in people:
            schools = held.get(user.id, {})
            person = Known(
                user.email, {urn: name for urn, (name, _) in schools.items()},
                frozenset(trust for _, trust in schools.values() if trust),
            )  # fmt: skip
            if told := ties(person, around):
                found[(row.id, user.id)] = told
    return found


def _known_of(ids: Sequence[int]) -> dict[int, dict[int, tuple[str, str]]]:
    """Person -> the schools they have an account at, by URN: name and trust."""
    found: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    rows = (
        select(Membership.user_id, School.urn, School.name, School.trust_name)
        .join(School, School.urn == Membership.urn)
        .where(Membership.user_id.in_(ids))
    )
    for user_id, urn, name, trust in db.session.execute(rows):
        found[user_id][urn] = (name, trust)
    return found


def of_case(submission: Submission) -> Place:
    """One case as `known` takes it."""
    partner = submission.partner
    return Place(
        submission.id, submission.urn, submission.partner_urn, submission.school.trust_name,
        partner.trust_name if partner else "",
    )  # fmt: skip


def owned() -> dict[int, int]:
    """How many cases that go on each officer has."""
    rows = select(Submission.owner_id, func.count()).where(Submission.stage.not_in((*ENDED, Stage.DRAFT)))
    return {who: number for who, number in db.session.execute(rows.group_by(Submission.owner_id)) if who}


def open_work(person: User, by: Actor) -> tuple[Sequence[Submission], Sequence[Assignment]]:
    """What this person has in hand, as far as `by` may see it: their cases that go on, and what they have to score."""
    owned = select(Submission).where(
        visible_to(by), Submission.owner_id == person.id, Submission.stage.not_in((*ENDED, Stage.DRAFT))
    )
    scored = (
        select(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(
            visible_to(by),
            Assignment.user_id == person.id,
            Assignment.locked_at.is_(None),
            Submission.stage.in_(SCORED_AT),
        )
    )
    by_day = (Submission.due_on.is_(None), Submission.due_on, Submission.id)
    return (
        db.session.scalars(owned.order_by(*by_day)).all(),
        db.session.scalars(scored.order_by(Assignment.id)).all(),
    )
