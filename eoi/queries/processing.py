"""The record of processing activities, as the statements and the papers draw it. It is a file, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from eoi.rules.retention import SCHEDULE, Kept, Line

FILE = Path(__file__).parents[1] / "data" / "record_of_processing.toml"


@cache
def record() -> dict[str, Any]:
    """The whole record: `activities`, `safeguards`, `accessibility`, `as_at`, `confirm`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def lines(activity: dict[str, Any]) -> list[Line]:
    """The lines of the schedule that an activity names. Raises ValueError for one that the schedule has not."""
    return [SCHEDULE[Kept(name)] for name in activity["kept"]]


def all_lines() -> list[Line]:
    """Every line of the schedule that some activity names, in the order of the schedule."""
    named = {name for activity in record()["activities"] for name in activity["kept"]}
    return [line for kept, line in SCHEDULE.items() if kept.value in named]
