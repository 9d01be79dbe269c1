"""The record of a world with a case at most stages, made by the real verbs, has no fault."""

from eoi.extensions import db
from eoi.outbound import files
from eoi.workflow.verifying import Verification


def test_record_of_the_world_verifies(world):
    verification = Verification(files.open_store(world.app.config["FILES_URL"]))
    assert list(verification.faults()) == []
    assert verification.checked["cases"] > 10
    db.session.rollback()
