"""3,000 expressions of interest exported while people work, the worker killed twice.

Answers as a workbook and files as a ZIP, made by a worker that is killed without warning a third and two thirds of the
way; pages are asked for meanwhile. The lease of a dead worker's job is cut to ten seconds, so that the proof is short.
"""

import csv
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import quantiles
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from flask import Flask, current_app
from sqlalchemy import select, update

from config import Settings
from eoi import create_app
from eoi.extensions import db, today
from eoi.models import Errand, Outgoing, Snapshot, Submission, User
from eoi.models.errand import ErrandKind, ErrandState
from eoi.models.outgoing import State
from eoi.outbound import files
from eoi.rules.exporting import Folder, Format, Naming, Piece, What
from eoi.rules.stages import Stage
from eoi.workflow import errands

ROOT = Path(__file__).resolve().parents[2]
CASES = int(os.environ.get("PROOF_CASES", "3000"))
PORT = 5931
HEAD = "head@demo.example"
MOST_MEMORY, MOST_WAIT, LONGEST = 300, 100, 1500  # MB, milliseconds, seconds
PAGES = ("/review", "/review/submissions", "/review/submissions?q=hydrotherapy&sort=-places", "/review/board")
WORKER = (
    "from datetime import timedelta; from eoi.workflow import outgoing; outgoing.LEASE = timedelta(seconds=10);"
    "from wsgi import app; from eoi import jobs; app.app_context().push(); jobs.work_until_told()"
)


def main() -> Iterator[str]:
    """A line each of what was measured; raises where a promise does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "EOI_DATA_DIR": folder, "EOI_DEMONSTRATION": "1"}
        for command in (["prepare"], ["seed", "--submissions", str(CASES), "--seed", "5"]):
            subprocess.run(
                [sys.executable, "-m", "flask", *command], cwd=ROOT, env=env, check=True, capture_output=True
            )
        app = create_app(Settings(DATA_DIR=Path(folder), DEMONSTRATION=True, SECRET_KEY="proof only " * 5))
        with app.app_context():
            _prepared(app)
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{PORT}", "wsgi:app"], cwd=ROOT, env=env
        )
        try:
            with app.app_context():
                yield from _exported(env, web.pid, _signed_in())
        finally:
            web.terminate()
            web.wait()


def _prepared(app: Flask) -> None:
    """Printing is not what this proves: the copies share one print, and nothing else waits."""
    key = files.open_store(app.config["FILES_URL"]).put(b"%PDF-1.7\n" + os.urandom(80_000))
    db.session.execute(update(Snapshot).values(pdf_key=key))
    db.session.execute(update(Outgoing).values(state=State.DONE))
    db.session.commit()


def _signed_in() -> str:
    """The Head of SEN's session, as the header that names it."""
    browser = build_opener(HTTPCookieProcessor(jar := CookieJar()))
    address = f"http://127.0.0.1:{PORT}/sign-in"
    for _ in range(100):
        try:
            page = browser.open(address, timeout=10).read().decode()
            break
        except URLError:
            time.sleep(0.2)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"email": HEAD, "password": "demonstration-only", "csrf_token": token}
    browser.open(address, urlencode(form).encode(), timeout=10)
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def _exported(env: dict[str, str], web: int, cookie: str) -> Iterator[str]:
    person = db.session.scalars(select(User).where(User.email == HEAD)).one()
    cases = db.session.execute(select(Submission.id, Submission.version).where(Submission.stage != Stage.DRAFT)).all()
    asked = (
        {"what": What.ANSWERS, "format": Format.XLSX},
        {"what": What.FILES, "format": Format.ZIP, "pieces": [*Piece], "folder": Folder.DISTRICT,
         "naming": Naming.PLAIN},
    )  # fmt: skip
    for one in asked:
        by = person.actor(today())
        errand = errands.start(ErrandKind.EXPORT, [tuple(case) for case in cases], one, by=by)
        db.session.commit()
        yield _run(errand, env, web, cookie, len(cases))


def _run(errand: Errand, env: dict[str, str], web: int, cookie: str, cases: int) -> str:
    """One export, its worker killed twice."""
    waits: list[float] = []
    stop = threading.Event()
    readers = [threading.Thread(target=_read, args=(cookie, waits, stop, n)) for n in range(20)]
    worker, kills, peak, began = _worker(env), 0, 0, time.monotonic()
    for reader in readers:
        reader.start()
    try:
        while errand.state is ErrandState.UNDER_WAY and time.monotonic() - began < LONGEST:
            time.sleep(0.2)
            peak = max(peak, *(_memory(pid) for pid in (worker.pid, *_children(web))))
            db.session.rollback()
            db.session.refresh(errand)
            if kills < 2 and errand.done > errand.total * (kills + 1) / 3:
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait()
                worker, kills = _worker(env), kills + 1
    finally:
        stop.set()
        for reader in readers:
            reader.join()
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    took = time.monotonic() - began
    inside = _inside(errand)
    slowest = quantiles(waits, n=20)[18]
    line = (
        f"{errand.name}: {inside:,} of {cases:,} cases in one file of {errand.size / 1e6:.1f} MB after {took:.0f} s "
        f"and {kills} kills; the most memory of a process {peak} MB; {len(waits)} pages, 95 % within {slowest:.0f} ms"
    )
    if inside != cases or kills != 2 or peak > MOST_MEMORY or slowest > MOST_WAIT:
        raise AssertionError(line)
    return line


def _worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=env, stderr=subprocess.DEVNULL)


def _read(cookie: str, waits: list[float], stop: threading.Event, number: int) -> None:
    """A person who opens a page every two seconds or so."""
    while not stop.wait(1.5 + number / 20):
        connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
        began = time.monotonic()
        connection.request("GET", PAGES[number % len(PAGES)], headers={"Cookie": cookie, "Host": f"127.0.0.1:{PORT}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(f"{PAGES[number % len(PAGES)]}: {answer.status}")
        waits.append(1000 * (time.monotonic() - began))
        connection.close()


def _memory(pid: int) -> int:
    """The most that this process ever held, in MB."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in text.splitlines() if line.startswith("VmHWM")), 0)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _inside(errand: Errand) -> int:
    """How many cases the file holds, each once."""
    store = files.open_store(current_app.config["FILES_URL"])
    with tempfile.NamedTemporaryFile() as held:
        for bite in store.chunks(errand.key or ""):
            held.write(bite)
        held.flush()
        with zipfile.ZipFile(held.name) as archive:
            if archive.testzip():
                return 0
            if errand.asked["what"] == What.ANSWERS:
                return archive.read("xl/worksheets/sheet1.xml").count(b"<row ") - 1
            lines = list(csv.reader(io.StringIO(archive.read("Contents.csv").decode("utf-8-sig"))))[1:]
            named = sorted(line[2] for line in lines if line[2] and line[4])
            if named != sorted(name for name in archive.namelist() if name != "Contents.csv"):
                return 0
            return len({line[0] for line in lines})
