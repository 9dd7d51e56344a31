"""Sessions of exchanges, who comes, what they bring, and when to remind of them."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import Identity, UtcTime, Words, metadata

# `sequence` counts what members were told of the whole series.
series = Table(
    "series",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("rule", String(300), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("sequence", Integer, nullable=False, server_default="0"),
    Index("ix_series_exchange_id", "exchange_id"),
)

# `title` and `agenda` are texts by language; `uid` and `sequence` are iCalendar's.
sessions = Table(
    "sessions",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("series_id", ForeignKey("series.id", ondelete="SET NULL")),
    Column("uid", String(80), nullable=False, unique=True),
    Column("sequence", Integer, nullable=False, default=0),
    Column("starts_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("form", String(12), nullable=False),
    Column("title", JSON, nullable=False),
    Column("agenda", JSON, nullable=False),
    Column("guests", Text),
    Column("place", Text),
    Column("link", Text),
    Column("capacity", Integer),
    Column("language", String(8)),
    Column("interpreters", Words, nullable=False),
    Column("created_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcTime, nullable=False),
    Column("announced_at", UtcTime),
    Column("cancelled_at", UtcTime),
    Index("ix_sessions_exchange_id", "exchange_id", "starts_at"),
    Index("ix_sessions_starts_at", "starts_at"),
    Index("ix_sessions_series_id", "series_id"),
)

rsvps = Table(
    "rsvps",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("reply", String(8), nullable=False),
    Column("since", UtcTime, nullable=False),
    PrimaryKeyConstraint("session_id", "membership_id"),
    Index("ix_rsvps_session_id", "session_id", "reply", "since"),
    Index("ix_rsvps_membership_id", "membership_id"),
)

contributions = Table(
    "contributions",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("words", Text, nullable=False),
    Column("topics", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_contributions_session_id", "session_id"),
    Index("ix_contributions_membership_id", "membership_id"),
)

# One row a session and distance, not one a member: who is reminded is decided when it is due.
reminders = Table(
    "reminders",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Column("reason", String(40)),
    UniqueConstraint("session_id", "minutes", name="uq_reminders_session_id"),
    Index(
        "ix_reminders_due_at",
        "due_at",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)
