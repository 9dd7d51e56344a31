"""Codes for groups, and whether somebody has said who sees that they come."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    op.create_table(
        "group_codes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("exchange_id", ID, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_in", ID, nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_group_codes_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["people.id"], name=op.f("fk_group_codes_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["used_in"], ["groups.id"], name=op.f("fk_group_codes_used_in"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_group_codes")),
    )
    with op.batch_alter_table("group_codes", schema=None) as batch_op:
        batch_op.create_index("ix_group_codes_exchange_id", ["exchange_id"], unique=False)
        batch_op.create_index("ix_group_codes_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_group_codes_made_by", ["made_by"], unique=False)

    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("showing_said_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_column("showing_said_at")

    with op.batch_alter_table("group_codes", schema=None) as batch_op:
        batch_op.drop_index("ix_group_codes_made_by")
        batch_op.drop_index("ix_group_codes_expires_at")
        batch_op.drop_index("ix_group_codes_exchange_id")

    op.drop_table("group_codes")
