"""Invitations to speak for an organisation; and what somebody has asked for outlives them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redeemed_by", ID, nullable=True),
        sa.Column("redeemed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_invitations_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["people.id"], name=op.f("fk_invitations_made_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["redeemed_by"],
            ["people.id"],
            name=op.f("fk_invitations_redeemed_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitations")),
    )
    op.create_index("ix_invitations_organisation_id", "invitations", ["organisation_id"])
    _asked_by(nullable=True, ondelete="SET NULL")


def downgrade() -> None:
    """Down."""
    op.execute("DELETE FROM introductions WHERE asked_by IS NULL")
    _asked_by(nullable=False, ondelete="CASCADE")
    op.drop_index("ix_invitations_organisation_id", "invitations")
    op.drop_table("invitations")


def _asked_by(*, nullable: bool, ondelete: str) -> None:
    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.drop_constraint("fk_introductions_asked_by", type_="foreignkey")
        batch_op.alter_column("asked_by", existing_type=ID, nullable=nullable)
        batch_op.create_foreign_key(
            "fk_introductions_asked_by", "people", ["asked_by"], ["id"], ondelete=ondelete
        )
