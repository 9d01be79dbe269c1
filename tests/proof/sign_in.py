"""How long a sign-in takes to refuse somebody who has an account and somebody who has none: two medians, printed.

`python -m tests.proof.sign_in` takes passwords at their real cost.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask

from config import Settings
from eoi import create_app
from eoi.cli import start
from eoi.extensions import db, now
from eoi.models import Throttle, User
from eoi.rules import passwords
from tests.client import Client

TRIES = 200
KNOWN, UNKNOWN = "known@example.org", "stranger@example.org"


def medians(app: Flask, tries: int = TRIES) -> dict[str, float]:
    """Seconds of the middle try for each address, of so many tries in turns. The account has another password."""
    client = app.test_client()
    client.post("/sign-in", data={"email": UNKNOWN, "password": "a wrong password"})
    took: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for turn in range(tries):
        _forget_tries(app)
        for email in (KNOWN, UNKNOWN) if turn % 2 else (UNKNOWN, KNOWN):
            took[email].append(_timed(lambda email=email: client.post("/sign-in", data=_form(email)).status_code))  # type: ignore[misc]
    return {email: median(times) for email, times in took.items()}


def apart(found: dict[str, float]) -> float:
    """How far the two are apart, as a part of the shorter."""
    return abs(found[KNOWN] - found[UNKNOWN]) / min(found.values())


def make_account(app: Flask) -> None:
    """The account of the known address."""
    with app.app_context():
        kept = passwords.hashed("plum ladder harbour", passwords.cost_of(app.config))
        db.session.add(User(email=KNOWN, name="Known", password_hash=kept, created_at=now()))
        db.session.commit()


def main() -> str:
    """The medians at the real cost of a password, in words. Fails where they are more than a tenth apart."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(DATA_DIR=Path(folder), SECRET_KEY="proof only " * 4))
        app.test_client_class = Client
        with app.app_context():
            start.migrate_safely()
        make_account(app)
        found = medians(app)
        with app.app_context():
            db.engine.dispose()
    assert apart(found) < 0.10, f"the time tells who has an account: {said(found)}"
    return f"{TRIES} tries each in turns: {said(found)}."


def said(found: dict[str, float]) -> str:
    known, unknown = (f"{found[email] * 1000:.1f} ms" for email in (KNOWN, UNKNOWN))
    return f"sign-in refused in {known} to a known address, {unknown} to an unknown one, {apart(found):.1%} apart"


def _form(email: str) -> dict[str, str]:
    return {"email": email, "password": "a wrong password"}


def _timed(ask: Callable[[], int]) -> float:
    begun = perf_counter()
    assert ask() == 422
    return perf_counter() - begun


def _forget_tries(app: Flask) -> None:
    with app.app_context():
        db.session.query(Throttle).delete()
        db.session.commit()


if __name__ == "__main__":
    sys.stdout.write(main() + "\n")
