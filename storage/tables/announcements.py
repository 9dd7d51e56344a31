"""Announcements, and audiences that were kept for the next ones."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import Identity, UtcTime, metadata

# `texts` are Telegram's HTML by language, `first` the language that stands in for a missing one;
# `audience` is domain/audiences.py's, of which `exchange_id` repeats the exchange; `totals` is what
# became of it once its deliveries are forgotten; `changes_proposed` counts proposed changes, which
# are thrown away, so that none gets the number of an earlier one.
announcements = Table(
    "announcements",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("author", ForeignKey("people.id", ondelete="SET NULL")),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False, default=0),
    Column("texts", JSON, nullable=False),
    Column("first", String(8)),
    Column("audience", JSON(none_as_null=True)),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="SET NULL")),
    Column("session_id", ForeignKey("sessions.id", ondelete="SET NULL")),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("file_kind", String(12)),
    Column("file_size", BigInteger),
    Column("link_text", String(80)),
    Column("link_url", Text),
    Column("timing", String(8), nullable=False),
    Column("send_at", UtcTime),
    Column("due_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("asked_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("released_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("begun_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("number", Integer),
    Column("totals", JSON(none_as_null=True)),
    Column("changes_proposed", Integer, nullable=False, server_default="0"),
    Index("ix_announcements_author", "author"),
    Index("ix_announcements_exchange_id", "exchange_id"),
    Index(
        "ix_announcements_running",
        "state",
        sqlite_where=text("state IN ('scheduled', 'sending')"),
        postgresql_where=text("state IN ('scheduled', 'sending')"),
    ),
)

# One at a time: what is proposed later takes its place.
proposed_changes = Table(
    "proposed_changes",
    metadata,
    Column("announcement_id", ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("html", Text, nullable=False),
    Column("proposed_by", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("proposed_at", UtcTime, nullable=False),
    Index("ix_proposed_changes_proposed_by", "proposed_by"),
)

saved_audiences = Table(
    "saved_audiences",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("audience", JSON, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    UniqueConstraint("person_id", "name"),
)
