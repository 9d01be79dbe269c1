"""ahead: drafts begun before an officer has confirmed their author"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LIVE = "stage NOT IN ('declined', 'open', 'withdrawn', 'ineligible', 'lapsed', 'not_established')"
OFFER = ["round_id", "urn", "path", "need", "phase"]


def upgrade() -> None:
    # written out: batch mode would recreate the table
    op.execute(
        "ALTER TABLE submission ADD COLUMN held_by_id INTEGER CONSTRAINT fk_submission_held_by_id_user"
        ' REFERENCES "user" (id)'
    )
    op.add_column("submission", sa.Column("beside", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_submission_held_by_id", "submission", ["held_by_id"])
    op.drop_index("uq_submission_live", "submission")
    _unique("uq_submission_live", OFFER, f"{LIVE} AND held_by_id IS NULL AND NOT beside")
    _unique("uq_submission_held", [*OFFER, "held_by_id"], f"{LIVE} AND held_by_id IS NOT NULL")


def downgrade() -> None:
    op.drop_index("uq_submission_held", "submission")
    op.drop_index("uq_submission_live", "submission")
    op.drop_index("ix_submission_held_by_id", "submission")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_column("held_by_id")
        batch_op.drop_column("beside")
    _unique("uq_submission_live", OFFER, LIVE)


def _unique(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, "submission", columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )
