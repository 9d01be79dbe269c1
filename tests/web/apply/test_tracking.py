"""After it is sent: the school reads where it stands, and never more than it may know."""

import pytest

from eoi.rules.stages import Stage
from tests.web.entering import enter

AFTER = [stage for stage in Stage if stage is not Stage.DRAFT]


@pytest.mark.parametrize("stage", AFTER)
def test_tracker_shows_the_public_stage(client, cases, people, stage):
    submission = cases.at(stage, urn=900002) if stage is Stage.DFE else cases.at(stage)
    alice = enter(client, people.rita if stage is Stage.DFE else people.alice)
    page = alice.get(f"/apply/{submission.public_id}").text
    assert f"<h1 class=\"govuk-heading-l\">{submission.public_stage}</h1>" in page
    assert alice.get("/apply").status_code == 200
