"""A backup taken while several processes save, and what came of it elsewhere."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from eoi import backup
from eoi.cli.backup import beside
from eoi.extensions import db
from eoi.models import SectionAnswers
from eoi.outbound import files
from eoi.workflow.verifying import Verification
from tests.house.sources import ROOT

WRITERS = (
    ("need", "need_case"),
    ("inclusion", "inclusion_record"),
    ("daily", "daily_model"),
    ("leadership", "senior_leader"),
)


@dataclass
class Outcome:
    """Saves by writer: told as saved before the backup began, found in it, and told when it had ended."""

    before: list[int]
    restored: list[int]
    after: list[int]
    saves: int
    seconds: float
    faults: list[str]
    file: Path

    def check(self) -> None:
        """Everything acknowledged before is there; the backup was taken in the middle of the saves; all is whole."""
        assert all(kept >= told for kept, told in zip(self.restored, self.before, strict=True)), self
        assert sum(self.before) > 0, self
        assert sum(self.restored) < self.saves, self
        assert self.faults == [], self

    def __str__(self) -> str:
        return (
            f"{self.saves} saves by {len(self.before)} processes: {sum(self.before)} acknowledged before the backup "
            f"began, {sum(self.restored)} in it, {sum(self.after)} when it ended ({self.seconds:.1f} s). Of those "
            f"acknowledged before, {self.missing} are missing. Faults found in the restored: {len(self.faults)}."
        )

    @property
    def missing(self) -> int:
        return sum(max(0, told - kept) for kept, told in zip(self.restored, self.before, strict=True))


def backup_during_saves(app: Flask, submission_id: int, user_id: int, folder: Path, elsewhere: str, saves: int,
                        writers: int) -> Outcome:  # fmt: skip
    """Save in `writers` processes, back up in the middle, restore into the empty database `elsewhere`, and verify."""
    each, target = saves // writers, folder / "backup.tar.gz"
    told = [folder / f"told-{number}" for number in range(writers)]
    about = [app.config["SQLALCHEMY_DATABASE_URI"], str(app.config["DATA_DIR"]), str(submission_id)]
    processes = [
        saver(file, *about, section, question, str(user_id), str(each))
        for file, (section, question) in zip(told, WRITERS, strict=False)
    ]
    try:
        wait_until(lambda: all(acknowledged(file) for file in told) and sum(map(acknowledged, told)) > saves / 5)
        before, began = [acknowledged(file) for file in told], time.monotonic()
        backup.make(target)
        took, after = time.monotonic() - began, [acknowledged(file) for file in told]
    finally:
        ended = [process.wait(timeout=120) for process in processes]
    assert ended == [0] * writers
    assert [acknowledged(file) for file in told] == [each] * writers
    restored, faults = look_elsewhere(app, target, folder, elsewhere, submission_id)
    kept = [restored.get(section, 0) for section, _ in WRITERS[:writers]]
    return Outcome(before, kept, after, each * writers, took, faults, target)


def saver(told: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A process that saves, and writes what it was told into this file."""
    with told.open("wb") as out:
        call = [sys.executable, "-W", "error", "-m", "tests.workflow.savers", *arguments]
        return subprocess.Popen(call, cwd=ROOT, stdout=out)


def look_elsewhere(
    app: Flask, file: Path, folder: Path, elsewhere: str, submission_id: int
) -> tuple[dict[str, int], list[str]]:
    """Restore the backup there: the saves by section of the case, and the faults that are found."""
    other = beside(app, folder / "elsewhere", elsewhere)
    (folder / "elsewhere").mkdir()
    with other.app_context():
        backup.restore(file)
        faults = list(Verification(files.open_store(other.config["FILES_URL"])).faults())
        rows = select(SectionAnswers).where(SectionAnswers.submission_id == submission_id)
        saves = {row.key: last_save(row) for row in db.session.scalars(rows)}
        db.session.remove()
        db.engine.dispose()
    return saves, faults


def last_save(row: SectionAnswers) -> int:
    """The number of the save that the section holds: its version says the same."""
    [words] = row.answers.values()
    assert words == f"Save {row.version}"
    return row.version


def acknowledged(file: Path) -> int:
    """How many saves this process was told are saved so far."""
    return file.read_bytes().count(b"\n")


def wait_until(holds, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)
