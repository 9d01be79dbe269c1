"""The parts that the application is plugged together from: database, sign-in, forgery protection, clock, holidays."""

import sqlite3
from collections.abc import Container
from datetime import UTC, date, datetime

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase

from eoi.rules.words import LONDON

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
csrf = CSRFProtect()
login_manager = LoginManager()


PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "secure_delete=ON")


def prepare_sqlite(engine: Engine) -> None:
    """Open SQLite so that reads never lock, the first write takes the lock at once, and a commit is on disk.

    What is deleted is overwritten. Needs `isolation_level="IMMEDIATE"` in the engine's connect arguments.
    """

    @event.listens_for(engine, "connect")
    def pragmas(connection: sqlite3.Connection, _: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "savepoint")
    def begin_first(connection: Connection, _: str) -> None:
        raw = connection.connection.dbapi_connection
        if not raw.in_transaction:  # type: ignore[union-attr]
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def now() -> datetime:
    """The moment, in UTC, from the injected clock: tests travel in time by setting `CLOCK`."""
    moment: datetime = current_app.config["CLOCK"]()
    return moment.astimezone(UTC)


def today() -> date:
    """The day it is in Kent."""
    return now().astimezone(LONDON).date()


def bank_holidays() -> Container[date]:
    """England's bank holidays, from the injected source."""
    days: Container[date] = current_app.config["HOLIDAYS"]
    return days
