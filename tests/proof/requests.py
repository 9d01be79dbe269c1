"""Generated requests: 20,000 on each engine.

Mutations of honest requests over all endpoints as each role (`tests/hostile/generated.py`). None may crash, and none
that is refused may change anything but `Access` and throttle rows.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "20000"
SEED = "20260"
TEST = "tests/hostile/test_generated.py::test_generated_requests_never_crash_and_refusals_change_nothing"


def main() -> list[str]:
    """One line an engine; raises with the end of the run where something was found."""
    lines = ["| engine | requests | roles | answers by status | crashes | refusals that changed something |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for engine in ("sqlite", "postgresql"):
        command = [sys.executable, "-m", "pytest", "-q", "--engine", engine, TEST]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                               env={**os.environ, "REQUESTS": NUMBER, "SEED": SEED})  # fmt: skip
        if found.returncode:
            raise AssertionError(found.stdout[-3000:])
        asked, roles = (_number(f"{what} generated requests", found.stdout) for what in ("", "roles of"))
        statuses = ", ".join(f"{code}: {number}" for number, code in
                             re.findall(r"(\d+) answers with status (\d+)", found.stdout))  # fmt: skip
        lines.append(f"| {engine} | {asked} | {roles} | {statuses} | 0 | 0 |")
    return lines


def _number(what: str, printed: str) -> str:
    return re.search(rf"(\d+) {what.strip()} in", printed)[1]  # type: ignore[index]
