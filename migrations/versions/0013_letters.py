"""letters: wording, hand-over, release, ends, evidence of conditions, signatures"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LETTER = (
    ("ready_at", "DATETIME", "", ""),
    ("ready_by_id", "INTEGER", "user", "id"),
    ("released_at", "DATETIME", "", ""),
    ("release_id", "INTEGER", "letter_release", "id"),
    ("replaces_id", "INTEGER", "letter", "id"),
    ("ended_at", "DATETIME", "", ""),
)


def upgrade() -> None:
    op.create_table(
        "letter_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("route", sa.String(30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_letter_template_made_by_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_letter_template_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint(
            "round_id", "kind", "route", "version", name=op.f("uq_letter_template_round_id_kind_route_version")
        ),
    )
    op.create_table(
        "letter_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("goes_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_letter_release_made_by_id_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_letter_release_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_release")),
    )
    op.create_index(op.f("ix_letter_release_round_id"), "letter_release", ["round_id"])
    op.create_table(
        "pen",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_pen_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_pen")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(22), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_evidence_added_by_id_user")),
        sa.ForeignKeyConstraint(
            ["condition_id"], ["condition.id"], name=op.f("fk_evidence_condition_id_condition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    op.create_index(op.f("ix_evidence_condition_id"), "evidence", ["condition_id"])
    op.create_index(op.f("ix_evidence_key"), "evidence", ["key"])
    _letters()
    op.add_column("condition", sa.Column("not_met_on", sa.Date(), nullable=True))
    op.add_column("condition", sa.Column("not_met_note", sa.Text(), server_default="", nullable=False))


def _letters() -> None:
    """Columns written out: batch mode would recreate the table. What was issued was told at once."""
    moment = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    for name, kind, table, column in LETTER:
        tie = f' CONSTRAINT fk_letter_{name}_{table} REFERENCES "{table}" ({column})' if table else ""
        op.execute(f"ALTER TABLE letter ADD COLUMN {name} {moment if kind == 'DATETIME' else kind}{tie}")
    op.create_index(op.f("ix_letter_release_id"), "letter", ["release_id"])
    ends = sa.Enum("withdrawn", "corrected", "superseded", name="end", native_enum=False, length=40)
    op.add_column("letter", sa.Column("ended", ends, nullable=True))
    for name in ("closing", "trouble", "ended_reason"):
        op.add_column("letter", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("letter", sa.Column("overruled", sa.JSON(), server_default="[]", nullable=False))
    op.execute("UPDATE letter SET released_at = issued_at")


def downgrade() -> None:
    op.drop_column("condition", "not_met_note")
    op.drop_column("condition", "not_met_on")
    op.drop_index(op.f("ix_letter_release_id"), table_name="letter")
    with op.batch_alter_table("letter") as batch_op:
        for name in ("overruled", "ended_reason", "trouble", "closing", "ended", *(row[0] for row in reversed(LETTER))):
            batch_op.drop_column(name)
    op.drop_index(op.f("ix_evidence_key"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_condition_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_table("pen")
    op.drop_index(op.f("ix_letter_release_round_id"), table_name="letter_release")
    op.drop_table("letter_release")
    op.drop_table("letter_template")
