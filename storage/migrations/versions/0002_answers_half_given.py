"""How many messages of an answer have left, so that it goes on there after a crash."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.add_column(
        "handled_updates",
        sa.Column("said", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("handled_updates", schema=None) as batch_op:
        batch_op.drop_column("said")
