"""Who finds which submission: `visible_to` is the SQL form of the permissions."""

import pytest

from eoi.extensions import db
from eoi.models.submission import Channel
from eoi.queries import submissions
from eoi.rules.permissions import SYSTEM, Permission, may
from eoi.rules.stages import Stage
from tests.people import AT_SCHOOL, STAFF

READERS = {"olu", "oscar", "harriet", "cleo", "aisha", "dev", "audrey"}


def finders(people, submission):
    """Everybody who finds it."""
    everybody = [*STAFF, *AT_SCHOOL]
    return {name for name in everybody if submissions.find(submission.public_id, people.actor(name))}


def test_draft_of_a_school_is_its_own(cases, people):
    draft = cases.at(Stage.DRAFT)
    assert finders(people, draft) == {"alice", "ed"}
    assert submissions.find(draft.public_id, SYSTEM) is draft


def test_sent_case_is_found_by_readers_and_those_assigned(cases, people):
    assert finders(people, cases.at(Stage.CHECK)) == {"alice", "ed"} | READERS
    scored = cases.at(Stage.ASSESSMENT, urn=900004)
    assert finders(people, scored) == {"sam"} | READERS | {"priya", "pete", "pam"}


@pytest.mark.parametrize("confirmed", [False, True])
def test_draft_that_is_logged_is_open_to_officers_until_the_school_has_it(cases, people, clock, confirmed):
    draft = cases.at(Stage.DRAFT)
    draft.channel, draft.confirmed_at = Channel.PHONE, clock() if confirmed else None
    db.session.commit()
    assert finders(people, draft) == {"alice", "ed"} | (set() if confirmed else {"olu", "oscar"})
    facts = submissions.case_facts(draft)
    loggers = {name for name in STAFF if may(people.actor(name), Permission.LOG_FOR_SCHOOL, facts)}
    assert loggers == (set() if confirmed else {"olu", "oscar"})


def test_officers_log_nothing_on_a_case_that_a_school_fills_in(cases, people):
    for stage, urn in ((Stage.DRAFT, 900001), (Stage.SUBMITTED, 900004)):
        facts = submissions.case_facts(cases.at(stage, urn=urn))
        assert not may(people.actor("olu"), Permission.LOG_FOR_SCHOOL, facts)
