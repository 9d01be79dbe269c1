"""What every test may ask for: the real application on a fresh database, a clock that stands still, a browser."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from config import Settings
from eoi import create_app
from eoi.cli import start
from eoi.extensions import db as database
from tests.cases import Cases, make_round
from tests.clamd import clamd_in
from tests.client import Client
from tests.clock import Clock
from tests.databases import Cluster, Engine, Postgres, Sqlite, quick_folder
from tests.mailbox import Mailbox, open_mailbox
from tests.people import People, make_people, make_schools, saved_people

#: Argon2 at its cheapest, told by configuration.
CHEAP_PASSWORDS = {"ARGON2_TIME_COST": 1, "ARGON2_MEMORY_KIB": 8, "ARGON2_PARALLELISM": 1}
#: Staff sign in with a password alone, as in a demonstration, unless a test is about their second step.
ONE_STEP = {"SECOND_FACTOR_FOR_STAFF": False}
#: Pages are tried on SQLite alone: what they read and write is tried on both engines below them, each page and form
#: once more by tests/hostile, and the whole road by tests/browser.
ON_SQLITE_ALONE = Path(__file__).parent / "web"
ON_DATABASE = {"app", "db", "client", "empty_database", "mailbox", "people", "cases", "world", "peopled"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=("sqlite", "postgresql"), default="sqlite", help="what the database tests run on"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the throw-away cluster once, before the workers, which find it by this name in the environment."""
    if config.getoption("--engine") == "postgresql" and "PYTEST_XDIST_WORKER" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="eoi-", dir=quick_folder()))
        cluster = Cluster(folder)
        config.add_cleanup(lambda: shutil.rmtree(folder))
        cluster.start()
        config.add_cleanup(cluster.stop)
        os.environ["EOI_TEST_POSTGRES"] = cluster.socket


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what touches the database, and leave out what is for the other engine only."""
    for item in items:
        if ON_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        if item.path.is_relative_to(ON_SQLITE_ALONE):
            item.add_marker(pytest.mark.only("sqlite"))
    here = config.getoption("--engine")
    others = [item for item in items if (only := item.get_closest_marker("only")) and only.args[0] != here]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what tests counted. One that did not run proves nothing: skipped and expected failures fail the run."""
    for report in terminalreporter.getreports("passed"):
        for name, number in report.user_properties:
            terminalreporter.write_line(f"{number} {name} in {report.head_line}")
    quiet = [report.nodeid for kind in ("skipped", "xfailed") for report in terminalreporter.getreports(kind)]
    for name in quiet:
        terminalreporter.write_line(f"NOT RUN {name}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and (reporter.stats.get("skipped") or reporter.stats.get("xfailed")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def worker() -> str:
    """Which of the parallel runs this is."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, worker: str) -> Iterator[Engine]:
    """The database engine of this run: in memory-backed files, or in the throw-away cluster."""
    if request.config.getoption("--engine") == "postgresql":
        postgres = Postgres(os.environ["EOI_TEST_POSTGRES"], worker)
        yield postgres
        postgres.server.close()
        return
    with tempfile.TemporaryDirectory(prefix="eoi-", dir=quick_folder()) as folder:
        yield Sqlite(Path(folder))


@pytest.fixture(scope="session")
def application(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, built once a run; its migrated database is the template of every test's."""
    data = tmp_path_factory.mktemp("data")
    application = create_app(Settings(DATA_DIR=data, DATABASE_URL=engine.url, SECRET_KEY="tests-only-" * 4))
    application.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False, **CHEAP_PASSWORDS, **ONE_STEP)
    application.test_client_class = Client

    def migrate() -> None:
        with application.app_context():
            start.migrate_safely()
            database.engine.dispose()

    engine.prepare(migrate)
    return application


@pytest.fixture
def clock() -> Clock:
    """The time: `clock.travel("2026-12-01 12:00")`, `clock.advance(days=1)`."""
    return Clock()


@pytest.fixture(scope="session")
def populated(application: Flask, engine: Engine) -> str:
    """The name of the template that has everybody of the examples and their schools in it, made once a run."""
    with fresh(application, engine, CLOCK=Clock()), application.app_context():
        make_schools()
        make_people()
        database.session.commit()
        database.session.remove()
        database.engine.dispose()
        engine.keep("people")
    return "people"


@pytest.fixture
def app(
    request: pytest.FixtureRequest, application: Flask, engine: Engine, clock: Clock, tmp_path: Path
) -> Iterator[Flask]:
    """The application on a fresh database, with files of the test's own. Changes to `app.config` last one test."""
    template = request.getfixturevalue("populated") if "people" in request.fixturenames else ""
    files = f"file://{tmp_path / 'files'}"
    with fresh(application, engine, template, CLOCK=clock, DATA_DIR=tmp_path, FILES_URL=files):
        yield application


@contextmanager
def fresh(application: Flask, engine: Engine, template: str = "", **config: object) -> Iterator[None]:
    """The application on a copy of this template, with this configuration for as long as it lasts."""
    usual = dict(application.config)
    application.config.update(config)
    engine.reset(template)
    yield
    with application.app_context():
        database.engine.dispose()
    application.config.clear()
    application.config.update(usual)


@pytest.fixture
def db(app: Flask) -> Iterator[SQLAlchemy]:
    """The database, with a session open in the test: `db.session`. Commit before the client asks."""
    with app.app_context():
        yield database


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser that nobody has signed in with."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A real mail server; `jobs.drain()` delivers to it what was promised."""
    with open_mailbox() as opened:
        app.config["SMTP_URL"] = opened.url
        yield opened


@pytest.fixture
def empty_database(engine: Engine, worker: str, request: pytest.FixtureRequest) -> str:
    """The address of a database without tables, for what starts from nothing."""
    return engine.empty(f"empty_{worker}_{abs(hash(request.node.nodeid))}")


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real virus scanner."""
    with clamd_in(tmp_path_factory.mktemp("clamd")) as address:
        yield address


@pytest.fixture
def people(db: SQLAlchemy) -> People:
    """Everybody of the examples and their schools, saved."""
    return saved_people()


@pytest.fixture
def cases(db: SQLAlchemy, people: People, clock: Clock) -> Cases:
    """Cases at any stage, in a round that is open."""
    made = Cases(people, clock, make_round())
    db.session.commit()
    return made
