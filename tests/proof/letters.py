"""300 letters issued in the background while the worker is killed 50 times, at each step of issuing

A worker is a process of its own. It dies by SIGKILL at a step that the proof has chosen, and another follows it.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, update

from config import Settings
from eoi import create_app, jobs
from eoi.cli import start
from eoi.cli.demo import issue_from_record
from eoi.cli.seed.rounds import make_round
from eoi.cli.seed.seeding import seed as sow
from eoi.extensions import db, now, today
from eoi.models import AuditEntry, Letter, Outgoing, Submission, User, UserRole
from eoi.models.outgoing import State
from eoi.outbound import files, press
from eoi.rules.permissions import Role
from eoi.rules.stages import SILENT_UNTIL_LETTER
from eoi.workflow import letters, need, outgoing, register, releasing, telling

LETTERS, KILLS, SEED = 300, 50, 6
STEPS = ("claimed", "printed", "stored", "frozen", "told", "committed")
SECRET = "of this proof only " * 3


def main() -> list[str]:
    """Release, kill, and count. Raises AssertionError where a letter, number, mail or byte is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="eoi-") as folder:
        app = made(Path(folder))
        with app.app_context():
            wanted = _release(app)
        killed = _worked(Path(folder))
        with app.app_context():
            lines = _counted(app, wanted)
            db.session.remove()
            db.engine.dispose()
    hit = ", ".join(f"{step} {killed[step]}" for step in STEPS)
    assert all(killed[step] for step in STEPS), killed
    return [*lines, f"- The worker was killed {sum(killed.values())} times, at each step of issuing: {hit}"]


def made(folder: Path) -> Flask:
    return create_app(Settings(DATA_DIR=folder, DEMONSTRATION=True, SECRET_KEY=SECRET))


def _release(app: Flask) -> int:
    """Seed until enough letters wait, hand all over, and promise to issue them. How many it are."""
    start.migrate_safely()
    code = app.config["COUNCIL_LA_CODE"]
    register.load_sample(code)
    need.load(code)
    make_round("Proof", today() - timedelta(days=21), today() + timedelta(days=28))
    waiting: list[Letter] = []
    while len(waiting) < LETTERS:
        sow(1_500, SEED, issue_from_record, lambda: None)
        db.session.commit()
        rows = (
            select(Letter)
            .join(Submission)
            .where(Letter.issued_at.is_(None), Letter.ready_at.is_not(None), Submission.stage.in_(SILENT_UNTIL_LETTER))
        )
        waiting = list(db.session.scalars(rows.limit(LETTERS)))
    db.session.execute(update(Outgoing).where(Outgoing.state == State.WAITING).values(state=State.DONE))
    heads = select(User).join(User.role_rows).where(UserRole.role == Role.HEAD_OF_SEN)
    head = db.session.scalars(heads.limit(1)).unique().one().actor(today())
    round = waiting[0].submission.round
    releasing.release(round, [(letter, letter.version) for letter in waiting], None, by=head)
    db.session.commit()
    return len(waiting)


def _worked(folder: Path) -> Counter[str]:
    """Workers follow each other until nothing waits: each but the last dies at a step, after some letters."""
    chance, killed = random.Random(SEED), Counter[str]()
    steps = [STEPS[number % len(STEPS)] for number in range(KILLS)]
    for step in [*steps, ""]:
        command = [sys.executable, "-m", "tests.proof.letters", str(folder), step, str(chance.randint(1, 6))]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode == -signal.SIGKILL:
            killed[step] += 1
        elif ended.returncode:
            raise AssertionError(ended.stderr[-1000:])
    return killed


def _counted(app: Flask, wanted: int) -> list[str]:
    issued = db.session.scalars(select(Letter).where(Letter.release_id.is_not(None))).all()
    troubles = [letter.trouble for letter in issued if letter.trouble]
    store = files.open_store(app.config["FILES_URL"])
    assert len(issued) == wanted
    assert troubles == [], Counter(troubles)
    assert len({letter.number for letter in issued if letter.issued_at and letter.released_at}) == wanted
    assert all(files.key_of(store.get(letter.key or "")) == letter.key for letter in issued)
    numbers = [letter.number for letter in issued]
    mails = select(Outgoing.key).where(Outgoing.key.in_([f"mail letter {number}" for number in numbers]))
    promised = Counter(db.session.scalars(mails))
    assert set(promised.values()) <= {1}
    entries = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "issue_letter")
    cases = [f"submission:{letter.submission_id}" for letter in issued]
    per_case = db.session.execute(
        select(AuditEntry.case, func.count())
        .where(AuditEntry.action == "tell_letter", AuditEntry.case.in_(cases))
        .group_by(AuditEntry.case)
    )
    assert db.session.scalar(entries)
    assert max(count for _, count in per_case) >= 1
    orphans = len(set(store.keys()) - {letter.key for letter in db.session.scalars(select(Letter))})
    return [
        f"- {wanted} letters released: {wanted} issued, {len(set(numbers))} numbers, each told, {len(promised)} mails "
        "promised, none twice (a school without an account has none)",
        f"- The bytes of each are those that its SHA-256 names; {orphans} prints in the store are of no letter: "
        "what a killed worker had printed and not issued",
    ]


def _die_at(step: str, after: int) -> None:
    """Kill this process when the step is reached for the nth time."""
    left = [after]

    def reached() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(of, name: str) -> None:  # type: ignore[no-untyped-def]
        inner = getattr(of, name)

        def outer(*args, **kwargs):  # type: ignore[no-untyped-def]
            answer = inner(*args, **kwargs)
            reached()
            return answer

        setattr(of, name, outer)

    places = {
        "claimed": (outgoing, "claim"),
        "printed": (press._printer, "pdf"),
        "stored": (press, "print_and_keep"),
        "frozen": (letters, "_freeze"),
        "told": (telling, "tell"),
        "committed": (jobs, "run"),
    }
    wrapped(*places[step])


def work(folder: Path, step: str, after: int) -> None:
    """Claim and issue until nothing is due, or until killed. A lease of a dead worker is taken over at once."""
    app = made(folder)
    with app.app_context():
        taken = update(Outgoing).where(Outgoing.state == State.CLAIMED)
        db.session.execute(taken.values(leased_until=now() - timedelta(seconds=1)))
        db.session.commit()
        if step:
            _die_at(step, after)
        while jobs.step():
            pass


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
