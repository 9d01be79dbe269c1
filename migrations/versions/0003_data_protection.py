"""data protection: what was erased, held back and redacted; requests for information"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "foi_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("requester", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("logged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["logged_by_id"], ["user.id"], name=op.f("fk_foi_request_logged_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foi_request")),
        sa.UniqueConstraint("number", name=op.f("uq_foi_request_number")),
    )
    op.create_table(
        "person_erased",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("known_as", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["erased_by_id"], ["user.id"], name=op.f("fk_person_erased_erased_by_id_user")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_person_erased_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_erased")),
    )
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=60), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("kept", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("letters_stay", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["erased_by_id"], ["user.id"], name=op.f("fk_tombstone_erased_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sa.UniqueConstraint("case", "letters_stay", name=op.f("uq_tombstone_case_letters_stay")),
    )
    op.create_index(op.f("ix_tombstone_erased_at"), "tombstone", ["erased_at"], unique=False)
    op.create_table(
        "foi_case",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["foi_request.id"], name=op.f("fk_foi_case_request_id_foi_request"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_foi_case_submission_id_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", "submission_id", name=op.f("pk_foi_case")),
    )
    op.create_table(
        "foi_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("exemption", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_foi_mark_decided_by_id_user")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["foi_request.id"], name=op.f("fk_foi_mark_request_id_foi_request"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_foi_mark_submission_id_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foi_mark")),
        sa.UniqueConstraint(
            "request_id", "submission_id", "item", name=op.f("uq_foi_mark_request_id_submission_id_item")
        ),
    )
    op.create_index(op.f("ix_foi_mark_submission_id"), "foi_mark", ["submission_id"], unique=False)
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["placed_by_id"], ["user.id"], name=op.f("fk_hold_placed_by_id_user")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_hold_submission_id_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_submission_id"), "hold", ["submission_id"], unique=False)
    op.create_table(
        "provision_end",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("by_deed", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["noted_by_id"], ["user.id"], name=op.f("fk_provision_end_noted_by_id_user")),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_provision_end_submission_id_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_provision_end")),
    )
    op.create_table(
        "warned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("warned_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_warned_submission_id_submission"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_warned_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warned")),
        sa.UniqueConstraint("submission_id", "due_on", name=op.f("uq_warned_submission_id_due_on")),
        sa.UniqueConstraint("user_id", "due_on", name=op.f("uq_warned_user_id_due_on")),
    )
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redacted_by_id", sa.Integer(), nullable=True),
        sa.Column("report_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["redacted_by_id"], ["user.id"], name=op.f("fk_redaction_redacted_by_id_user")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_redaction_snapshot_id_snapshot"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_redaction_submission_id_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    op.create_index(op.f("ix_redaction_submission_id"), "redaction", ["submission_id"], unique=False)


def downgrade() -> None:
    op.drop_table("redaction")
    op.drop_table("warned")
    op.drop_table("provision_end")
    op.drop_table("hold")
    op.drop_table("foi_mark")
    op.drop_table("foi_case")
    op.drop_table("tombstone")
    op.drop_table("person_erased")
    op.drop_table("foi_request")
