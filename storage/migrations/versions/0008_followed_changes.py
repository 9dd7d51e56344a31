"""Changes of organisations are followed by those who keep them in memory."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Without UPDATE of the same columns nothing changes that a match could depend on; the table is
# small, so every change counts.
_SQLITE = """
CREATE TRIGGER follow_organisation_{verb} AFTER {verb} ON organisations
BEGIN
    INSERT INTO organisation_changes (organisation_id, number)
    VALUES ({row}.id, (SELECT coalesce(max(number), 0) + 1 FROM organisation_changes))
    ON CONFLICT (organisation_id) DO UPDATE SET number = excluded.number;
END
"""
_POSTGRESQL = """
CREATE FUNCTION follow_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organisation_changes (organisation_id, number)
    VALUES (coalesce(NEW.id, OLD.id), pg_current_xact_id()::text::bigint)
    ON CONFLICT (organisation_id) DO UPDATE SET number = excluded.number;
    RETURN NULL;
END
$$
"""
_VERBS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def upgrade() -> None:
    """Up."""
    op.create_table(
        "organisation_changes",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id"),
    )
    op.create_index("ix_organisation_changes_number", "organisation_changes", ["number"])
    if op.get_bind().dialect.name == "sqlite":
        for verb, row in _VERBS.items():
            op.execute(_SQLITE.format(verb=verb, row=row))
        return
    op.execute(_POSTGRESQL)
    op.execute(
        "CREATE TRIGGER follow_organisation AFTER INSERT OR UPDATE OR DELETE ON organisations "
        "FOR EACH ROW EXECUTE FUNCTION follow_organisation()"
    )


def downgrade() -> None:
    """Down."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in _VERBS:
            op.execute(f"DROP TRIGGER follow_organisation_{verb}")
    else:
        op.execute("DROP TRIGGER follow_organisation ON organisations")
        op.execute("DROP FUNCTION follow_organisation()")
    op.drop_index("ix_organisation_changes_number", table_name="organisation_changes")
    op.drop_table("organisation_changes")
