"""The last minute before a round closes: fifty schools submit at the same instant, to the service as it runs."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from urllib.request import urlopen

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from eoi.cli.seed.road import Cast, Road
from eoi.extensions import db
from eoi.models import User
from eoi.rules.words import Need, Phase, Step
from eoi.rules.words import Path as Kind
from eoi.workflow import drafting
from tests.browser.walk_neighbours import add_head, add_school
from tests.cases import make_round
from tests.clock import Clock
from tests.people import People
from tests.web.entering import held_by

ROOT = Path(__file__).resolve().parents[1]
SCHOOLS = 50


class School:
    """One headteacher with a draft that is complete, at the declaration."""

    def __init__(self, port: int, cookie: str, public_id: str) -> None:
        self.port, self.cookie, self.path = port, cookie, f"/apply/{public_id}/declaration"
        self.status, self.took, self.form = 0, 0.0, {}

    def open(self) -> None:
        """Read the page and tick the box."""
        status, headers, page = self._ask("GET")
        assert status == 200, headers["Location"]
        self.cookie = re.match("session=([^;]+)", headers["Set-Cookie"])[1]  # type: ignore[index]  # holds the token
        found = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in ("csrf_token", "version")}
        self.form = {name: one[1] for name, one in found.items() if one}
        self.form |= {"declared": "y", "headteacher": "Robin Marlow"}

    def submit(self, together: threading.Barrier) -> None:
        """Press the button when all do. Seconds from there to the answer stand in `took`."""
        together.wait()
        began = time.perf_counter()
        self.status, _, _ = self._ask("POST")
        self.took = time.perf_counter() - began

    def _ask(self, method: str) -> tuple[int, HTTPMessage, str]:
        headers = {"Cookie": f"session={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, self.path, urlencode(self.form) if self.form else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()


def complete_drafts(people: People, clock: Clock) -> list[tuple[User, str]]:
    """Fifty schools with a draft that lacks nothing but the declaration: the headteacher and the draft's address.

    The round closes in ten minutes of real time, for the service has a clock of its own.
    """
    clock.moment = datetime.now(UTC)
    day = clock.moment.date()
    round = make_round(opens_at=clock.moment - timedelta(days=20), closes_at=clock.moment + timedelta(minutes=10),
                       decisions_by=day + timedelta(days=120), closures=[])  # fmt: skip
    made = []
    for number in range(SCHOOLS):
        school = add_school(910000 + number, f"School {number}", ("E07000105", "Ashford"), Phase.PRIMARY)
        head = add_head(school)
        draft = drafting.start(round, school, Kind.SRP, Need.ASD, Phase.PRIMARY, by=head)
        a = people.actor
        cast = Cast(head, a("olu"), [], a("cleo"), a("harriet"), a("dev"), a("aisha"), lambda _: None)
        Road(draft, cast, Random(number), lambda _: None, None).fill((Step.EOI,))
        made.append((db.session.get_one(User, head.id), draft.public_id))
    db.session.commit()
    return made


def at_the_declaration(app: Flask, port: int, drafts: list[tuple[User, str]]) -> list[School]:
    """Every headteacher in a browser of their own, with the page open."""
    seal = SecureCookieSessionInterface().get_signing_serializer(app)
    assert seal
    schools = [School(port, str(seal.dumps(held_by(app, head))), draft) for head, draft in drafts]
    for school in schools:
        school.open()
    return schools


def submit_at_once(schools: list[School]) -> None:
    """All press the button at the same instant."""
    together = threading.Barrier(len(schools))
    threads = [threading.Thread(target=school.submit, args=(together,)) for school in schools]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The pages of this test's database, by two web processes, on a free port: the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    config = app.config
    environ = {
        "DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"], "EOI_DATA_DIR": str(config["DATA_DIR"]),
        "FILES_URL": config["FILES_URL"], "SECRET_KEY": config["SECRET_KEY"], "PORT": str(port),
        "EOI_WEB_PROCESSES": "2", "FLASK_APP": "wsgi:app",
    }  # fmt: skip
    command = [sys.executable, "-m", "flask", "serve", "--web-only"]
    running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        _await(f"http://127.0.0.1:{port}/ready", running)
        yield port
    finally:
        running.terminate()
        running.wait(30)


def _await(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert running.poll() is None, "the service did not start"
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service is not ready")
