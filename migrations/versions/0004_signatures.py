"""signatures: the address whose link confirmed a declaration"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("declaration", sa.Column("email", sa.String(length=254), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("declaration", "email")
