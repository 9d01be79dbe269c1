"""school_side: versions of files, explanations of answers, events and areas of rounds"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # written out: batch mode would recreate the table
    op.execute(
        "ALTER TABLE document ADD COLUMN replaces_id INTEGER CONSTRAINT fk_document_replaces_id_document"
        " REFERENCES document (id)"
    )
    op.add_column("section", sa.Column("explained", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("round", sa.Column("events", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("round", sa.Column("areas", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("round", "areas")
    op.drop_column("round", "events")
    op.drop_column("section", "explained")
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_column("replaces_id")
