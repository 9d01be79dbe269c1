"""desk: the words of a case by audience, saved views, errands, how far somebody has read"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SQLITE = [
    """CREATE VIRTUAL TABLE case_text_index USING fts5 (
        body, content='case_text', content_rowid='id', detail=none, tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER case_text_added AFTER INSERT ON case_text
    BEGIN INSERT INTO case_text_index (rowid, body) VALUES (new.id, new.body); END""",
    """CREATE TRIGGER case_text_removed AFTER DELETE ON case_text
    BEGIN INSERT INTO case_text_index (case_text_index, rowid, body) VALUES ('delete', old.id, old.body); END""",
    """CREATE TRIGGER case_text_changed AFTER UPDATE ON case_text
    BEGIN INSERT INTO case_text_index (case_text_index, rowid, body) VALUES ('delete', old.id, old.body);
    INSERT INTO case_text_index (rowid, body) VALUES (new.id, new.body); END""",
]
POSTGRESQL = ["CREATE INDEX ix_case_text_body ON case_text USING gin (to_tsvector('simple', body))"]


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "case_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("readers", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], ondelete="CASCADE",
                                name=op.f("fk_case_text_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_text")),
        sa.UniqueConstraint("submission_id", "readers", name=op.f("uq_case_text_submission_id_readers")),
    )  # fmt: skip
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False),
        sa.Column("opens_first", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE",
                                name=op.f("fk_saved_view_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_view_user_id_name")),
    )  # fmt: skip
    op.create_index("uq_saved_view_first", "saved_view", ["user_id"], unique=True,
                    sqlite_where=sa.text("opens_first"), postgresql_where=sa.text("opens_first"))  # fmt: skip
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("done_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE", name=op.f("fk_errand_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
        sa.UniqueConstraint("public_id", name=op.f("uq_errand_public_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_errand_user_id_created_at"), "errand", ["user_id", "created_at"])
    op.create_table(
        "errand_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("errand_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["errand_id"], ["errand.id"], ondelete="CASCADE",
                                name=op.f("fk_errand_case_errand_id_errand")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], ondelete="CASCADE",
                                name=op.f("fk_errand_case_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand_case")),
        sa.UniqueConstraint("errand_id", "number", name=op.f("uq_errand_case_errand_id_number")),
    )  # fmt: skip
    op.create_index(op.f("ix_errand_case_submission_id"), "errand_case", ["submission_id"])
    op.add_column("user", sa.Column("read_until", moment, nullable=True))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    _have_the_words_written()


def _have_the_words_written() -> None:
    """The words of the cases that are there already are written by the worker, once."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM submission WHERE stage != 'draft' LIMIT 1")).first():
        moment = datetime.now(UTC)
        outgoing = sa.table(
            "outgoing", sa.column("kind"), sa.column("key"), sa.column("payload"), sa.column("state"),
            sa.column("due_at", sa.DateTime(timezone=True)), sa.column("attempts"), sa.column("last_error"),
            sa.column("created_at", sa.DateTime(timezone=True)),
        )  # fmt: skip
        op.execute(
            outgoing.insert().values(
                kind="index_cases", key="index_cases 0011", payload=sa.text("'{}'"), state="waiting", due_at=moment,
                attempts=0, last_error="", created_at=moment,
            )
        )  # fmt: skip


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_text_index")
    op.drop_column("user", "read_until")
    for name in ("errand_case", "errand", "saved_view", "case_text"):
        op.drop_table(name)
