"""Organisations that coordinators have hidden."""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.add_column("organisations", sa.Column("hidden_at", UtcTime))


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_column("hidden_at")
