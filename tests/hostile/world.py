"""A world with a case at most stages, made once a run and gone back to in milliseconds, and what watches over it."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, got_request_exception
from sqlalchemy import Engine as Database
from sqlalchemy import event, select

from eoi.extensions import db
from eoi.models import User
from tests.cases import Cases, make_round
from tests.clock import Clock
from tests.conftest import fresh
from tests.databases import Engine
from tests.hostile.making import Made, make
from tests.people import make_people, make_schools

#: Reading and refused requests may leave these behind, and nothing else.
TRACES = {"access", "throttle", "kept_form"}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?')
NAME = "hostile"


@dataclass
class World:
    """What was made, the people as they sign in, and what went wrong inside the application so far."""

    app: Flask
    engine: Engine
    made: Made
    users: dict[str, User]
    crashes: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)  # tables that somebody wrote to since the last look

    def again(self) -> None:
        """Back to how it was made."""
        db.session.remove()
        db.engine.dispose()
        self.engine.reset(NAME)
        self.written.clear()

    def digest(self) -> dict[str, str]:
        """Table -> SHA-256 of its rows, of all tables but traces."""
        db.session.rollback()
        found = {}
        for table in db.metadata.sorted_tables:
            if table.name not in TRACES:
                rows = db.session.execute(select(table)).all()
                found[table.name] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
        db.session.rollback()
        self.written.clear()
        return found

    def changed(self, before: dict[str, str]) -> list[str]:
        """The tables that differ from `before`. Where no statement wrote, there is nothing to compare."""
        if not self.written - TRACES:
            return []
        after = self.digest()
        return [name for name in before if after[name] != before[name]]


@dataclass(frozen=True)
class Kept:
    """The world on the shelf."""

    made: Made
    files: str


@pytest.fixture(scope="session")
def shelf(application: Flask, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The world made once; its database is a template of its own."""
    clock, files = Clock(), f"file://{tmp_path_factory.mktemp('hostile')}"
    with fresh(application, engine, CLOCK=clock, FILES_URL=files), application.app_context():
        make_schools()
        people = make_people()
        made = make(Cases(people, clock, make_round()))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        engine.keep(NAME)
    return Kept(made, files)


@pytest.fixture
def world(shelf: Kept, application: Flask, engine: Engine, clock: Clock, tmp_path: Path) -> Iterator[World]:
    """The world, its files and its time."""
    config = {"CLOCK": clock, "DATA_DIR": tmp_path, "FILES_URL": shelf.files}
    with fresh(application, engine, NAME, **config), application.app_context():
        users = {user.email.partition("@")[0]: user for user in db.session.scalars(select(User))}
        db.session.expunge_all()
        db.session.rollback()
        made = World(application, engine, shelf.made, users)
        with _watched(made):
            yield made


@contextmanager
def _watched(world: World) -> Iterator[None]:
    def crashed(_: object, exception: Exception, **__: object) -> None:
        world.crashes.append(repr(exception))

    def wrote(_: Any, __: Any, statement: str, *___: Any) -> None:
        if found := WRITES.match(statement):
            world.written.add(found[1])

    got_request_exception.connect(crashed, world.app)
    event.listen(Database, "before_cursor_execute", wrote)
    yield
    event.remove(Database, "before_cursor_execute", wrote)
    got_request_exception.disconnect(crashed, world.app)
