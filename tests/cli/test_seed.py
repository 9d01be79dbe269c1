"""Seeding fills every stage with whole cases: the same for the same seed, each with a sound audit chain."""

from collections import Counter

import pytest
from sqlalchemy import select

from eoi.cli.demo import issue_from_record
from eoi.cli.seed import seeding
from eoi.models import Letter, SectionAnswers, Snapshot, Submission
from eoi.rules.chain import digest
from eoi.rules.stages import Stage
from eoi.rules.words import Step
from eoi.workflow import register, submitting
from eoi.workflow.verifying import Verification


@pytest.fixture
def seeded(db):
    """40 cases, of which the last 12 are copies."""
    register.load_sample("886")
    seeding.seed(40, 1, issue_from_record, lambda: None, patterns=28)
    db.session.commit()
    return db.session.scalars(select(Submission).order_by(Submission.id)).all()


def test_seed_fills_every_stage_at_real_schools(seeded):
    assert {s.stage for s in seeded} == set(Stage)
    assert Counter(s.stage is Stage.DRAFT for s in seeded)[False] == len({s.reference for s in seeded} - {None})
    assert all(s.school.is_open and s.school.is_mainstream for s in seeded)


def test_seeded_cases_verify(seeded):
    """Chains, frozen answers, letters, facts: copies are as whole as what they were copied from."""
    verification = Verification(None)
    assert list(verification.faults()) == []
    assert verification.checked["cases"] == len(seeded)


def test_copies_name_their_own_school_and_number(seeded, db):
    copies = seeded[28:]
    ids = [s.id for s in copies]
    for row in db.session.scalars(select(SectionAnswers).where(SectionAnswers.submission_id.in_(ids))):
        assert row.answers.get("head_email", f"head@{row.submission.urn}.school.example") == (
            f"head@{row.submission.urn}.school.example"
        )
    for frozen in db.session.scalars(select(Snapshot).where(Snapshot.submission_id.in_(ids))):
        assert frozen.sha256 == digest(frozen.content)
        assert frozen.content["register"]["urn"] == frozen.submission.urn
    for letter in db.session.scalars(select(Letter).where(Letter.submission_id.in_(ids))):
        assert letter.number.startswith(letter.submission.reference)


def test_seeded_answers_could_be_sent(seeded):
    sent = [s for s in seeded if s.stage in (Stage.SUBMITTED, Stage.CHECK)]
    assert sent != []
    assert [submitting.ready(s, (Step.EOI,)) for s in sent] == [{}] * len(sent)


def test_same_seed_makes_the_same_cases(db):
    register.load_sample("886")
    db.session.commit()
    made = []
    for _ in range(2):
        seeding.seed(30, 7, issue_from_record, lambda: None, patterns=28)
        cases = db.session.scalars(select(Submission).order_by(Submission.id))
        made.append([(s.urn, s.path, s.need, s.phase, s.stage, s.places, s.score, s.reference) for s in cases])
        db.session.rollback()
    assert len(made[0]) == 30
    assert made[0] == made[1]
