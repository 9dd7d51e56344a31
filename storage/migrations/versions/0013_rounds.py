"""Rounds within exchanges."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    op.create_table(
        "round_programmes",
        sa.Column("id", ID, nullable=False),
        sa.Column("exchange_id", ID, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("started_by", ID, nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_round_programmes_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["started_by"],
            ["people.id"],
            name=op.f("fk_round_programmes_started_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_programmes")),
    )
    with op.batch_alter_table("round_programmes", schema=None) as batch_op:
        batch_op.create_index("ix_round_programmes_exchange_id", ["exchange_id"], unique=False)
        batch_op.create_index(
            "uq_round_programmes_running",
            ["exchange_id"],
            unique=True,
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )

    op.create_table(
        "round_parts",
        sa.Column("programme_id", ID, nullable=False),
        sa.Column("membership_id", ID, nullable=False),
        sa.Column("takes_part", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["memberships.id"],
            name=op.f("fk_round_parts_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["round_programmes.id"],
            name=op.f("fk_round_parts_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("programme_id", "membership_id", name=op.f("pk_round_parts")),
    )
    with op.batch_alter_table("round_parts", schema=None) as batch_op:
        batch_op.create_index("ix_round_parts_membership_id", ["membership_id"], unique=False)

    op.create_table(
        "rounds",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["round_programmes.id"],
            name=op.f("fk_rounds_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("programme_id", "number", name="uq_rounds_programme_id"),
    )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rounds_ends_at",
            ["ends_at"],
            unique=False,
            sqlite_where=sa.text("asked_at IS NULL"),
            postgresql_where=sa.text("asked_at IS NULL"),
        )

    op.create_table(
        "round_groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_groups_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_groups")),
    )
    with op.batch_alter_table("round_groups", schema=None) as batch_op:
        batch_op.create_index("ix_round_groups_round_id", ["round_id"], unique=False)

    op.create_table(
        "round_seats",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("membership_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("why", sa.String(length=20), nullable=True),
        sa.Column("met", sa.String(length=10), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["round_groups.id"],
            name=op.f("fk_round_seats_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["memberships.id"],
            name=op.f("fk_round_seats_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_seats_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "membership_id", name=op.f("pk_round_seats")),
    )
    with op.batch_alter_table("round_seats", schema=None) as batch_op:
        batch_op.create_index("ix_round_seats_group_id", ["group_id"], unique=False)
        batch_op.create_index("ix_round_seats_membership_id", ["membership_id"], unique=False)


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("round_seats", schema=None) as batch_op:
        batch_op.drop_index("ix_round_seats_membership_id")
        batch_op.drop_index("ix_round_seats_group_id")

    op.drop_table("round_seats")
    with op.batch_alter_table("round_groups", schema=None) as batch_op:
        batch_op.drop_index("ix_round_groups_round_id")

    op.drop_table("round_groups")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_rounds_ends_at",
            sqlite_where=sa.text("asked_at IS NULL"),
            postgresql_where=sa.text("asked_at IS NULL"),
        )

    op.drop_table("rounds")
    with op.batch_alter_table("round_parts", schema=None) as batch_op:
        batch_op.drop_index("ix_round_parts_membership_id")

    op.drop_table("round_parts")
    with op.batch_alter_table("round_programmes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_round_programmes_running",
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )
        batch_op.drop_index("ix_round_programmes_exchange_id")

    op.drop_table("round_programmes")
