"""Who made a one-time code."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"))
        )
        batch_op.create_index("ix_codes_made_by", ["made_by"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_codes_made_by"), "people", ["made_by"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_codes_made_by"), type_="foreignkey")
        batch_op.drop_index("ix_codes_made_by")
        batch_op.drop_column("made_by")
