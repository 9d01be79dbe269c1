"""`make bench`: the figures of the main job, in `docs/figures.md` with the machine and the commit they were made on.

Each is made on a fresh SQLite database in a folder of its own; pages are asked inside one process, so a time is the
server's own, without the network.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event, select

from config import Settings
from eoi import create_app
from eoi.extensions import db, now, today
from eoi.models import Letter, PanelItem, PanelMeeting, Submission, User
from eoi.outbound.papers import letter_html, pack_html
from eoi.outbound.pdf_pool import Printer
from eoi.queries import papers
from eoi.queries.schools import find
from eoi.rules.guard import check
from eoi.rules.papers import LetterKind, PackPaper
from eoi.rules.stages import Stage
from tests.extracts import schools, write
from tests.outbound import reading
from tests.outbound.examples import letter
from tests.web.entering import enter

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("/review", "/review/submissions", "/review/submissions?need=asd&sort=school", "/review/submissions?page=30",
         "/review/submissions?q=primary", "/need")  # fmt: skip
Row = tuple[str, str, str]


def main() -> None:
    """Measure, print, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [*imports(Path(folder)), *seeded(Path(folder)), *letters()]
    page = "\n".join([*heading(), *(f"| {what} | {figure} | {target} |" for what, figure, target in rows), ""])
    (ROOT / "docs" / "figures.md").write_text(page)
    sys.stdout.write(page)


def heading() -> list[str]:
    """What was measured, where."""
    commit = _said("git", "rev-parse", "--short", "HEAD")
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")
    return [
        "# Figures",
        "",
        f"Made by `make bench` at commit {commit}, on {os.cpu_count()} cores of {model or platform.machine()}, "
        f"{platform.system()}, Python {platform.python_version()}, SQLite.",
        "",
        "| What | Figure | Target |",
        "|---|---|---|",
    ]


def imports(folder: Path) -> Iterator[Row]:
    """A register of 50,000 rows, imported by the command, in a process whose memory is looked at."""
    extract = folder / "edubasealldata20261101.csv"
    write(extract, schools(50_000))
    environment = {**os.environ, "EOI_DATA_DIR": str(folder / "import"), "FLASK_APP": "wsgi"}
    _said(sys.executable, "-m", "flask", "prepare", environment=environment)
    before = time.perf_counter()
    _said(sys.executable, "-m", "flask", "import-schools", str(extract), environment=environment)
    took = time.perf_counter() - before
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield "Import of a register of 50,000 rows, start of the command included", f"{took:.1f} s", "15 s"
    yield "Memory of that process at its highest", f"{most:.0f} MB", "200 MB"


def seeded(folder: Path) -> Iterator[Row]:
    """1,000 cases, and the pages that answer from them."""
    environment = {**os.environ, "EOI_DATA_DIR": str(folder / "seed"), "FLASK_APP": "wsgi", "EOI_DEMONSTRATION": "1"}
    _said(sys.executable, "-m", "flask", "db", "upgrade", environment=environment)
    _said(sys.executable, "-m", "flask", "demo", "--cases", "0", environment=environment)
    before = time.perf_counter()
    _said(sys.executable, "-m", "flask", "seed", "--submissions", "1000", "--seed", "1", environment=environment)
    yield "`flask seed --submissions 1000 --seed 1`", f"{time.perf_counter() - before:.1f} s", "20 s"
    app = create_app(Settings(DATA_DIR=folder / "seed", SECRET_KEY="bench only " * 4, DEMONSTRATION=True))
    with app.app_context():
        stages = set(db.session.scalars(select(Submission.stage).distinct()))
        yield "Stages that the seed fills", f"{len(stages)} of {len(Stage)}", f"{len(Stage)}"
        yield from lookups()
    yield from pages(app)
    yield from drafts(app)
    yield from packs(app, folder)


def lookups() -> Iterator[Row]:
    """The school look-up, inside the server."""
    for typed in ("st marys cofe", "118246", "ME14", "whitstable"):
        took = median(lambda typed=typed: find(typed))
        yield f"School look-up “{typed}”, 687 schools", f"{took:.1f} ms", "10 ms"


def pages(app: Flask) -> Iterator[Row]:
    """What the Head of SEN opens."""
    with app.app_context():
        user = db.session.scalars(select(User).where(User.email == "head@demo.example")).one()
        case = db.session.scalars(select(Submission.reference).where(Submission.stage == Stage.WITH_HEAD)).first()
        client = app.test_client()
        enter(client, user)
    for path in (*PAGES, f"/review/submissions/{case}", f"/review/submissions/{case}/answers"):
        with counted(app) as queries:
            answer = client.get(path)
        assert answer.status_code == 200, path
        took = median(lambda path=path: client.get(path))
        shown = path.replace(str(case), "<reference>")
        figure = f"{took:.1f} ms, {len(queries)} queries, {len(answer.data) / 1000:.0f} KB"
        yield (
            f"`{shown}` with 1,000 cases",
            figure,
            "25 ms, 8 queries" if path.startswith("/review/sub") else "10 queries",
        )


def drafts(app: Flask) -> Iterator[Row]:
    """The preview of a draft, at the server."""
    with app.app_context():
        user = db.session.scalars(select(User).where(User.email == "head@demo.example")).one()
        draft = db.session.scalars(
            select(Letter).where(Letter.issued_at.is_(None), Letter.ready_at.is_not(None))
        ).first()
        assert draft
        path = f"/review/submissions/{draft.submission.reference}/letters/{draft.public_id}/preview.pdf"
        client = app.test_client()
        enter(client, user)
    yield "Preview of a letter as PDF", f"{median(lambda: client.get(path), 11):.0f} ms", "120 ms"


def letters() -> Iterator[Row]:
    """One warm child."""
    printer = Printer()
    html = letter_html(letter(LetterKind.APPROVED))
    printer.pdf(html)
    took = median(lambda: printer.pdf(html), 10)
    printer.close()
    yield "A letter as PDF, one warm process", f"{took:.0f} ms", ""
    took = median(lambda: letter_html(letter(LetterKind.CONDITIONS, long=True)), 10)
    yield "The words of the longest letter filled from its record, for a page", f"{took:.1f} ms", ""
    took = median(lambda: check(letter(LetterKind.CONDITIONS, long=True)), 10)
    yield "The guard, on the longest letter", f"{took:.1f} ms", ""


def packs(app: Flask, folder: Path) -> Iterator[Row]:
    """A panel pack of 40 cases, as the worker makes it: gathered from the database, set as one document, checked."""
    with app.app_context():
        reader = db.session.scalars(select(User).where(User.email == "chair@demo.example")).one().actor(today())
        scored = select(Submission).where(Submission.score.is_not(None)).order_by(Submission.id).limit(40)
        meeting = PanelMeeting(held_on=today(), planned_at=now(), members=[])
        meeting.items = [PanelItem(submission_id=case.id, notes={}) for case in db.session.scalars(scored)]
        db.session.add(meeting)
        db.session.flush()
        printer = Printer(timeout=240)
        printer.warm()
        before = time.perf_counter()
        *_, paper = papers.pack(meeting, reader)
        assert isinstance(paper, PackPaper)
        pdf = printer.pdf(pack_html(paper))
        took = time.perf_counter() - before
        printer.close()
        db.session.rollback()
    yield f"Panel pack of {len(paper.shown)} cases, {reading.pages(pdf)} pages", f"{took:.1f} s", "20 s"
    yield "Errors of the PDF/UA checker in that pack", f"{len(reading.errors(pdf, folder))}", "0"


def median(work: Callable[[], object], times: int = 21) -> float:
    """Milliseconds of the middle one, after three to warm up."""
    for _ in range(3):
        work()
    tries = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        tries.append((time.perf_counter() - before) * 1000)
    return statistics.median(tries)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cu: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def _said(*command: str, environment: dict[str, str] | None = None) -> str:
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(command)}: {run.stderr[-2000:]}")
    return run.stdout.strip()


if __name__ == "__main__":
    main()
