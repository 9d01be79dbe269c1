"""Fifty schools submit at the same instant, to two web processes.

Each presses the button of a declaration that is open before it. The references are without gap, nothing is lost, and
the last has its answer within 3 seconds (`tests/test_rush.py` allows more, for other tests run beside it).
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 3_000  # milliseconds


def main() -> list[str]:
    """One line an engine; raises with the end of the run where something was lost, or the last waited too long."""
    lines = ["| engine | schools | errors | lost | references | the last answer |", "|---|---|---|---|---|---|"]
    for engine in ("sqlite", "postgresql"):
        command = [sys.executable, "-m", "pytest", "-q", "--engine", engine, "tests/test_rush.py"]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        took = re.search(r"(\d+) milliseconds until the last of (\d+)", found.stdout)
        if found.returncode or not took:
            raise AssertionError(found.stdout[-3000:])
        if int(took[1]) > WITHIN:
            raise AssertionError(f"{engine}: the last of {took[2]} had its answer after {took[1]} ms")
        lines.append(f"| {engine} | {took[2]} | 0 | 0 | unique, without gap | {took[1]} ms |")
    return lines
