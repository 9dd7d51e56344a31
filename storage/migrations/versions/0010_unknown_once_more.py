"""What is unknown may be queued again, and is known as such."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.add_column("outbox", sa.Column("unknown_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE outbox SET unknown_at = settled_at WHERE state = 'unknown'")


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("unknown_at")
