"""A case can be walked to every stage of the table, by the people whose step it is."""

import pytest

from eoi.queries import review
from eoi.rules.stages import Stage
from eoi.rules.words import Path
from tests.people import RIVERSIDE


@pytest.mark.parametrize("stage", list(Stage))
def test_resourced_provision_reaches_every_stage(cases, stage):
    submission = cases.at(stage, urn=RIVERSIDE) if stage is Stage.DFE else cases.at(stage)
    assert submission.stage is stage
    if stage is not Stage.DRAFT:
        assert submission.reference == "EOI-2026-0001"
        assert review.visited_stages(submission)[-1] is stage


@pytest.mark.parametrize("stage", [Stage.WITH_HEAD, Stage.OPEN])
def test_satellite_reaches_every_stage(cases, stage):
    assert cases.at(stage, path=Path.SATELLITE).stage is stage
