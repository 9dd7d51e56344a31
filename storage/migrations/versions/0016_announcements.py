"""Announcements, and audiences that were kept."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    op.create_table(
        "saved_audiences",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_saved_audiences_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_audiences")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_audiences_person_id")),
    )
    op.create_table(
        "announcements",
        sa.Column("id", ID, nullable=False),
        sa.Column("author", ID, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("first", sa.String(length=8), nullable=True),
        sa.Column("audience", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("exchange_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_kind", sa.String(length=12), nullable=True),
        sa.Column("file_size", sa.BigInteger(), nullable=True),
        sa.Column("link_text", sa.String(length=80), nullable=True),
        sa.Column("link_url", sa.Text(), nullable=True),
        sa.Column("timing", sa.String(length=8), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("released_by", ID, nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("totals", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_announcements_asked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["author"], ["people.id"], name=op.f("fk_announcements_author"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_announcements_exchange_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["released_by"],
            ["people.id"],
            name=op.f("fk_announcements_released_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("fk_announcements_session_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.create_index("ix_announcements_author", ["author"], unique=False)
        batch_op.create_index("ix_announcements_exchange_id", ["exchange_id"], unique=False)
        batch_op.create_index(
            "ix_announcements_running",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state IN ('scheduled', 'sending')"),
            postgresql_where=sa.text("state IN ('scheduled', 'sending')"),
        )


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_announcements_running",
            sqlite_where=sa.text("state IN ('scheduled', 'sending')"),
            postgresql_where=sa.text("state IN ('scheduled', 'sending')"),
        )
        batch_op.drop_index("ix_announcements_exchange_id")
        batch_op.drop_index("ix_announcements_author")

    op.drop_table("announcements")
    op.drop_table("saved_audiences")
