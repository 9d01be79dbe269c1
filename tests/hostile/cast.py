"""Somebody of every role in every relation to the cases of the world, and a marker in fields that not all may see."""

import json
import re
from datetime import timedelta

from flask import current_app
from sqlalchemy import or_, select, update

from eoi.extensions import db, now, today
from eoi.models import (
    Assignment,
    Conflict,
    Decision,
    Delegation,
    Letter,
    Membership,
    Record,
    Score,
    SectionAnswers,
    Snapshot,
    Submission,
    User,
    UserRole,
)
from eoi.models.submission import Channel
from eoi.models.user import SCHOOL_ROLES
from eoi.outbound import files
from eoi.rules.permissions import Role
from eoi.rules.stages import Stage
from tests.hostile.table import EVERYBODY, Person, Tie
from tests.people import ELSEWHERE, HOPEFIELD, MEADOW, RIVERSIDE, session_of


def key_of(person: Person) -> str:
    """What goes before the @ of this person's address."""
    return re.sub("[^a-z]+", "-", person.name.lower()).strip("-")


def make_cast() -> None:
    """Everybody, and the markers. The caller commits."""
    shown = or_(Submission.stage != Stage.DRAFT, Submission.channel != Channel.FORM)
    cases = db.session.scalars(select(Submission).where(shown)).all()
    for person in EVERYBODY:
        if person.role:
            _enter(person, cases)
    _plant(cases)


def _user(email: str, name: str, role: Role) -> User:
    user = User(email=f"{email}@example.org", name=name, created_at=now())
    if role not in SCHOOL_ROLES:
        user.role_rows = [UserRole(role=role)]
    db.session.add(user)
    db.session.flush()
    db.session.add(session_of(user))
    return user


def _enter(person: Person, cases: list[Submission]) -> None:
    user = _user(key_of(person), person.name, person.role)
    if person.role in SCHOOL_ROLES:
        schools = (HOPEFIELD, RIVERSIDE, ELSEWHERE) if person.tie is not Tie.OTHER else (MEADOW,)
        confirmed = None if person.tie in (Tie.WAITING, Tie.AUTHOR) else now()
        user.memberships = [Membership(urn=urn, role=person.role, confirmed_at=confirmed) for urn in schools]
    if person.tie is Tie.AUTHOR:
        db.session.execute(update(Submission).where(Submission.held_by_id.is_not(None)).values(held_by_id=user.id))
    if person.tie in (Tie.DELEGATED, Tie.DELEGATED_CONFLICTED):
        span = {"starts_on": today(), "ends_on": today() + timedelta(days=9)}
        db.session.add(Delegation(user=user, submission_id=None, reason="Leave.", made_at=now(), **span))
    for case in cases:
        scores = person.tie in (Tie.ASSIGNED, Tie.UNDECLARED) or (
            person.tie is Tie.CONFLICTED and person.role in SCORING
        )
        if scores and case.stage is not Stage.DRAFT:
            db.session.add(Assignment(submission_id=case.id, user_id=user.id, assigned_at=now()))
        if person.tie in (Tie.ASSIGNED, Tie.CONFLICTED, Tie.DELEGATED_CONFLICTED):
            against = person.tie is not Tie.ASSIGNED
            db.session.add(Conflict(submission_id=case.id, user_id=user.id, conflicted=against, declared_at=now()))


SCORING = {Role.SCORER, Role.ESTATES, Role.FINANCE}


def _plant(cases: list[Submission]) -> None:
    """Words that are found nowhere else."""
    quick = _user("quick", "Quentin Quick", Role.SCORER)
    slow = _user("slow", "Sidney Slow", Role.SCORER)
    _user("zqcolleague", "Aaron Colleague", Role.SEN_OFFICER)
    for case in cases:
        for user, locked, comment in ((quick, now(), "Zqlockedscore"), (slow, None, "Zqopenscore")):
            tied = {"submission_id": case.id, "user_id": user.id}
            db.session.add(Assignment(assigned_at=now(), locked_at=locked, **tied))
            db.session.add(Score(criterion="C1", value=3, comment=comment, changed_at=now(), **tied))
        against = _user(f"against-{case.id}", "Agnes Against", Role.FINANCE)
        db.session.add(
            Conflict(
                submission_id=case.id, user_id=against.id, conflicted=True, handling="Zqhandling", declared_at=now()
            )
        )
    db.session.flush()
    ids = [case.id for case in cases]
    for record in db.session.scalars(select(Record).where(Record.submission_id.in_(ids))):
        record.answers = {key: f"{value} Zqrecord" if _free(value) else value for key, value in record.answers.items()}
    for held in (*db.session.scalars(select(SectionAnswers)), *db.session.scalars(select(Snapshot))):
        field = "answers" if isinstance(held, SectionAnswers) else "content"
        setattr(held, field, _marked(getattr(held, field)))
    printed = files.open_store(current_app.config["FILES_URL"]).put(b"%PDF-1.7 a form of the examples")
    db.session.execute(update(Snapshot).values(pdf_key=printed))
    told = select(Letter.decision_id).where(Letter.issued_at.is_(None), Letter.decision_id.is_not(None))
    words = {"strengths": "Zqdecision", "equality": "Zqequality"}
    db.session.execute(update(Decision).where(Decision.id.in_(told)).values(**words))
    db.session.execute(update(Letter).where(Letter.issued_at.is_(None)).values(paragraph="Zqletter"))


def _free(value: object) -> bool:
    return isinstance(value, str) and " " in value


def _marked(content: object) -> object:
    """The lead contact's address with the marker in it, wherever it stands."""
    text = json.dumps(content)
    found = re.search(r'"lead_email"[^}]*?"([^"@{}\s]+@[^"]+)"', text)
    return json.loads(text.replace(found[1], f"Zqcontact.{found[1]}")) if found else content
