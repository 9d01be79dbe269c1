"""panel: abstaining, rounds that one assessor may do"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("score", sa.Column("abstained", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("round", sa.Column("one_assessor", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("round", "one_assessor")
    op.drop_column("score", "abstained")
