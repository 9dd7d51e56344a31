"""The outbox: one row a notice and recipient: a person, or a group."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import Identity, UtcTime, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("kind", String(60), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("recipient", ForeignKey("people.id", ondelete="CASCADE")),
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE")),
    Column("payload", JSON, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("owner", String(60)),
    Column("owned_until", UtcTime),
    Column("reason", String(80)),
    Column("message_id", BigInteger),
    Column("settled_at", UtcTime),
    # When a request for it was last left unknown; queued again, it may arrive a second time.
    Column("unknown_at", UtcTime),
    UniqueConstraint("kind", "subject", "recipient", name="uq_outbox_kind"),
    Index(
        "ix_outbox_due",
        "priority",
        "due_at",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "ix_outbox_owned",
        "owned_until",
        sqlite_where=text("state IN ('claimed', 'sending')"),
        postgresql_where=text("state IN ('claimed', 'sending')"),
    ),
    Index("ix_outbox_recipient", "recipient"),
    # NULL equals nothing, so that the constraint above says nothing of groups.
    Index(
        "uq_outbox_group",
        "kind",
        "subject",
        "group_id",
        unique=True,
        sqlite_where=text("group_id IS NOT NULL"),
        postgresql_where=text("group_id IS NOT NULL"),
    ),
)
