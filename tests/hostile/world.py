"""A world with a case at most stages, and for each endpoint the address and the person of an honest request."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import got_request_exception
from sqlalchemy import select

from eoi.extensions import db
from eoi.models import Document, Letter, Link, Round, School, Submission
from eoi.models.link import Purpose
from eoi.models.submission import Channel
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase
from eoi.workflow import links, logging
from eoi.workflow.logging import Sender
from tests.cases import Cases
from tests.clock import START
from tests.people import ELSEWHERE, HOPEFIELD, RIVERSIDE, People

#: Reading and refused requests may leave these behind, and nothing else.
TRACES = {"access", "throttle", "kept_form", "alembic_version"}


@dataclass
class World:
    """Cases by the stage they stand at, the people, and what went wrong inside the application so far."""

    people: People
    cases: dict[str, str]  # stage -> reference, or public id while it is a draft
    public: dict[str, str]  # stage -> public id
    args: dict[str, str]  # other parts of addresses
    crashes: list[str]

    def digest(self) -> dict[str, str]:
        """Table -> SHA-256 of its rows, of all tables but traces."""
        db.session.rollback()
        found = {}
        for table in db.metadata.sorted_tables:
            if table.name not in TRACES:
                rows = db.session.execute(select(table)).all()
                found[table.name] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
        db.session.rollback()
        return found


WALKED: tuple[tuple[Stage, int, Path, Need], ...] = (
    (Stage.DRAFT, HOPEFIELD, Path.SRP, Need.ASD),
    (Stage.SUBMITTED, HOPEFIELD, Path.SATELLITE, Need.ASD),
    (Stage.RETURNED, HOPEFIELD, Path.SATELLITE, Need.SEMH),
    (Stage.DETAIL, RIVERSIDE, Path.SRP, Need.ASD),
    (Stage.ASSESSMENT, RIVERSIDE, Path.SATELLITE, Need.ASD),
    (Stage.WITH_HEAD, RIVERSIDE, Path.SATELLITE, Need.SEMH),
    (Stage.CONDITIONS, ELSEWHERE, Path.SRP, Need.ASD),
    (Stage.INELIGIBLE_PROPOSED, ELSEWHERE, Path.SATELLITE, Need.ASD),
    (Stage.CHECK, ELSEWHERE, Path.SATELLITE, Need.SEMH),
)


@pytest.fixture
def world(app, db, people, cases) -> Iterator[World]:
    """A case at each of `WALKED`, one that waits for an exception, one that an officer logs."""
    walked = {}
    for stage, urn, path, need in WALKED:
        cases.clock.travel(START)
        road = cases.road(path=path, need=need, urn=urn)
        if stage is Stage.DRAFT:
            road.fill(())
            road.add_file("floor_plan")
        walked[stage.value] = road.to(stage)
    cases.clock.travel(START)
    walked["exception"] = cases.road(need=Need.SEMH, urn=HOPEFIELD).submission
    walked["logged"] = _logged(cases, people)
    link = links.make(Purpose.RESET, email="audrey@example.org", name="Audrey", user=people.audrey)
    db.session.commit()
    crashes: list[str] = []

    def note(_: object, exception: Exception, **__: object) -> None:
        crashes.append(repr(exception))

    got_request_exception.connect(note, app)
    yield World(
        people,
        {name: s.reference or s.public_id for name, s in walked.items()},
        {name: s.public_id for name, s in walked.items()},
        _args(people, link),
        crashes,
    )
    got_request_exception.disconnect(note, app)


def _logged(cases: Cases, people: People) -> Submission:
    """What Elsewhere's headteacher said on the phone."""
    sender = Sender("Sam Example", "Headteacher", "sam@example.org", date(2026, 11, 23))
    offer = (Path.SRP, Need.SEMH, Phase.PRIMARY)
    school = db.session.get_one(School, ELSEWHERE)
    return logging.log(
        cases.round, school, offer, Channel.PHONE, sender, "No place lies near.", la_code="886", by=people.actor("olu")
    )


def _args(people: People, link: Link) -> dict[str, str]:
    document = db.session.scalars(select(Document.public_id).order_by(Document.id)).first()
    letter = db.session.scalars(select(Letter.public_id).where(Letter.issued_at.is_(None))).first()
    return {
        "document_id": str(document), "name": str(letter),
        "letter_id": str(letter), "slug": str(db.session.scalar(select(Round.slug))),
        "user_id": str(people.audrey.id), "urn": "900001", "number": "1", "delegation_id": "1", "work_id": "1",
        "token": links.address(link).rpartition("/")[2], "which": "off", "kind": "information", "key": "offer",
        "action": "shortlist",
    }  # fmt: skip
