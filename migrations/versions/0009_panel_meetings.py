"""panel meetings: agendas with what the panel says, and packs"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["planned_by_id"], ["user.id"], name=op.f("fk_panel_meeting_planned_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_meeting")),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("gathered", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["panel_meeting.id"], name=op.f("fk_pack_meeting_id_panel_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["user.id"], name=op.f("fk_pack_reader_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pack_public_id")),
    )
    op.create_index(op.f("ix_pack_meeting_id"), "pack", ["meeting_id"])

    op.create_table(
        "panel_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["panel_meeting.id"],
            name=op.f("fk_panel_item_meeting_id_panel_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_panel_item_submission_id_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_item")),
        sa.UniqueConstraint("meeting_id", "submission_id", name=op.f("uq_panel_item_meeting_id_submission_id")),
    )
    op.create_index(op.f("ix_panel_item_submission_id"), "panel_item", ["submission_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_panel_item_submission_id"), table_name="panel_item")

    op.drop_table("panel_item")
    op.drop_index(op.f("ix_pack_meeting_id"), table_name="pack")

    op.drop_table("pack")
    op.drop_table("panel_meeting")
