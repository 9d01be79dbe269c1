"""`flask stages`, and the page that shows what it prints."""

import re

from eoi.rules.stages import Stage
from eoi.rules.transitions import TRANSITIONS
from tests.house.sources import ROOT


def printed(app):
    done = app.test_cli_runner().invoke(args=["stages"])
    assert done.exit_code == 0
    return done.output.strip()


def test_stages_prints_every_stage_and_every_move(app):
    diagram = printed(app)
    assert diagram.startswith("stateDiagram-v2\n")
    assert [stage for stage in Stage if f"    {stage} : " not in diagram] == []
    shown = [step for step in TRANSITIONS if step.action not in ("withdraw", "reopen")]
    missing = [
        f"{source} --> {target} : {step.label}"
        for step in shown
        for source in step.sources
        for target in step.targets
        if f"    {source} --> {target} : {step.label}" not in diagram
    ]
    assert missing == []


def test_architecture_shows_what_stages_prints(app):
    page = (ROOT / "docs/architecture.md").read_text()
    (block,) = re.findall(r"<!-- stages: .*? -->\n```mermaid\n(.*?)\n```\n<!-- /stages -->", page, re.S)
    assert block == printed(app), "run `flask stages` and paste it into docs/architecture.md"
