"""Where people stand in their conversations, and which updates have been handled."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    text,
)

from storage.tables.base import UtcTime, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)

# An update id commits together with what the update did. `answered` becomes true when the
# answer has certainly left; a repeated update that was answered is passed over in silence. `said`
# counts the messages that have left of an answer of several.
handled_updates = Table(
    "handled_updates",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("handled_at", UtcTime, nullable=False),
    Column("answered", Boolean, nullable=False, server_default=text("false"), default=False),
    Column("said", Integer, nullable=False, server_default=text("0"), default=0),
    PrimaryKeyConstraint("bot_id", "update_id"),
    Index("ix_handled_updates_handled_at", "handled_at"),
)
