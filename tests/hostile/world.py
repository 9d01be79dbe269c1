"""A world with a case at most stages, made once a run and gone back to in milliseconds, and what watches over it."""

import hashlib
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, got_request_exception
from sqlalchemy import Engine as Database
from sqlalchemy import event, select, text

from eoi.extensions import db
from eoi.models import User
from tests.cases import Cases, make_round
from tests.clock import Clock
from tests.conftest import fresh
from tests.databases import Engine, Postgres
from tests.hostile.cast import make_cast
from tests.hostile.making import Made, make
from tests.people import make_people, make_schools

#: Reading and refused requests may leave these behind, and nothing else.
TRACES = {"access", "throttle", "kept_form"}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?')
NAME = "hostile"
CAST = "cast"


@dataclass
class World:
    """What was made, the people as they sign in, and what went wrong inside the application so far."""

    app: Flask
    engine: Engine
    made: Made
    users: dict[str, User]
    crashes: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)  # tables that somebody wrote to since the last look
    name: str = NAME

    touched: set[str] = field(default_factory=set)  # tables that somebody wrote to since they were as made

    def again(self) -> None:
        """Back to how it was made. PostgreSQL takes a tenth of a second to copy a database: there, table by table."""
        db.session.remove()
        if isinstance(self.engine, Postgres) and self.touched <= db.metadata.tables.keys():
            put_back(self.touched)
        else:
            db.engine.dispose()
            self.engine.reset(self.name)
        self.touched.clear()
        self.written.clear()

    def digest(self, tables: Collection[str] | None = None) -> dict[str, str]:
        """Table -> SHA-256 of its rows, of these tables, or of all; traces left out."""
        db.session.rollback()
        found = {}
        for table in db.metadata.sorted_tables:
            if table.name not in TRACES and (tables is None or table.name in tables):
                rows = db.session.execute(select(table)).all()
                found[table.name] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
        db.session.rollback()
        self.written.clear()
        return found

    def changed(self, before: dict[str, str]) -> list[str]:
        """The tables that differ from `before`. Where no statement wrote, there is nothing to compare."""
        if not self.written - TRACES:
            return []
        return [name for name, digest in self.digest(frozenset(self.written)).items() if digest != before[name]]


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
        keep(engine, NAME)
    return Kept(made, files)


@pytest.fixture(scope="session")
def cast_shelf(shelf: Kept, application: Flask, engine: Engine) -> Kept:
    """The world with somebody of every role in every relation, and markers in its fields."""
    with fresh(application, engine, NAME, CLOCK=Clock(), FILES_URL=shelf.files), application.app_context():
        make_cast()
        db.session.commit()
        keep(engine, CAST)
    return shelf


@pytest.fixture
def world(shelf: Kept, application: Flask, engine: Engine, clock: Clock, tmp_path: Path) -> Iterator[World]:
    """The world, its files and its time."""
    with opened(NAME, shelf, application, engine, clock, tmp_path) as made:
        yield made


@pytest.fixture
def peopled(cast_shelf: Kept, application: Flask, engine: Engine, clock: Clock, tmp_path: Path) -> Iterator[World]:
    """The world with the cast of the access table."""
    with opened(CAST, cast_shelf, application, engine, clock, tmp_path) as made:
        yield made


@contextmanager
def opened(name: str, kept: Kept, app: Flask, engine: Engine, clock: Clock, folder: Path) -> Iterator[World]:
    """The world of this name, watched."""
    with fresh(app, engine, name, CLOCK=clock, DATA_DIR=folder, FILES_URL=kept.files), app.app_context():
        users = {user.email.partition("@")[0]: user for user in db.session.scalars(select(User))}
        db.session.expunge_all()
        db.session.rollback()
        made = World(app, engine, kept.made, users, name=name)
        with _watched(made):
            yield made


def keep(engine: Engine, name: str) -> None:
    """Make the database a template of this name, on PostgreSQL with copies of its tables."""
    db.session.remove()
    if isinstance(engine, Postgres):
        set_aside()
    db.engine.dispose()
    engine.keep(name)


def set_aside() -> None:
    """Copies of all tables in a schema of their own, from which `put_back` fills them again."""
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS made CASCADE"))
        connection.execute(text("CREATE SCHEMA made"))
        for table in db.metadata.sorted_tables:
            connection.execute(text(f'CREATE TABLE made."{table.name}" AS TABLE public."{table.name}"'))


def put_back(tables: Collection[str]) -> None:
    """Fill these tables from their copies; the numbers of new rows go on where they are."""
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no trigger, no foreign key
        for name in sorted(tables):
            connection.execute(text(f'DELETE FROM "{name}"'))
            connection.execute(text(f'INSERT INTO "{name}" SELECT * FROM made."{name}"'))


def _falling_with() -> dict[str, set[str]]:
    """Table -> those whose rows the database deletes with its rows."""
    found: dict[str, set[str]] = {table.name: {table.name} for table in db.metadata.sorted_tables}
    for table in reversed(db.metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.ondelete:
                found[key.column.table.name] |= found[table.name]
    return found


@contextmanager
def _watched(world: World) -> Iterator[None]:
    def crashed(_: object, exception: Exception, **__: object) -> None:
        world.crashes.append(repr(exception))

    falling = _falling_with()

    def wrote(_: Any, __: Any, statement: str, *___: Any) -> None:
        if found := WRITES.match(statement):
            names = falling.get(found[1], {found[1]}) if statement.lstrip().startswith("DELETE") else {found[1]}
            world.written.update(names)
            world.touched.update(names)

    got_request_exception.connect(crashed, world.app)
    event.listen(Database, "before_cursor_execute", wrote)
    yield
    event.remove(Database, "before_cursor_execute", wrote)
    got_request_exception.disconnect(crashed, world.app)
