"""How migrations run: each upgrade is one transaction on both engines, so that it happens whole or not at all."""

from typing import Any

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, DateTime, Enum

from eoi.extensions import db
from eoi.models.base import UtcDateTime
from eoi.revisions import is_of_models


def number(migration: MigrationContext, _: object, directives: list[MigrationScript]) -> None:
    """Name the new migration by the next number, and write none where nothing has changed."""
    script = directives[0]
    compared = getattr(context.config.cmd_opts, "autogenerate", False)
    if compared and script.upgrade_ops.is_empty():
        directives[:] = []
        return
    head = ScriptDirectory.from_config(context.config).get_current_head()
    script.rev_id = f"{int(head or 0) + 1:04d}"


def plain(kind: str, item: Any, _: object) -> str | bool:
    """Write our own column types as the database sees them: a migration must not change when the code does."""
    if kind == "type" and isinstance(item, UtcDateTime | DateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def migrate(connection: Connection) -> None:
    """Bring this connection's database to the revision asked for, in one transaction."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # Batch mode recreates tables: references are checked at the end instead. The pragma works only outside a
        # transaction, and the driver begins none before DDL unless told.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=plain,
        process_revision_directives=number,
        include_object=is_of_models,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuntimeError(f"The migration left a row of {broken[0]} that refers to nothing in {broken[2]}")
    connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations need the database: writing them out as SQL is not offered.")
with db.engine.connect() as connection:
    try:
        migrate(connection)
    finally:
        connection.invalidate()  # the next one is opened with references checked again
