"""What comes after a session: who was there, papers, feedback, follow-ups, good practice."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from storage.tables.base import Identity, UtcTime, Words, metadata

attendances = Table(
    "attendances",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("present", Boolean, nullable=False),
    Column("by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("session_id", "membership_id"),
    Index("ix_attendances_membership_id", "membership_id"),
)

# Minutes and files. Of a file only how Telegram names it is kept, never its bytes.
papers = Table(
    "papers",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("minutes", Boolean, nullable=False),
    Column("words", Text),
    Column("file_id", String(300)),
    Column("file_name", String(300)),
    Column("file_kind", String(10)),
    Column("by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcTime, nullable=False),
    Index("ix_papers_session_id", "session_id"),
)

# A row for each member who was asked, so that nobody is asked twice.
session_feedback = Table(
    "session_feedback",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("helped", String(8)),
    Column("what", String(16)),
    Column("words", Text),
    PrimaryKeyConstraint("session_id", "membership_id"),
    Index("ix_session_feedback_membership_id", "membership_id"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("words", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("created_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcTime, nullable=False),
    Column("agreed_at", UtcTime),
    Column("declined_at", UtcTime),
    Column("done_at", UtcTime),
    Column("remind_at", UtcTime),
    Index("ix_follow_ups_session_id", "session_id"),
    Index("ix_follow_ups_membership_id", "membership_id"),
    Index(
        "ix_follow_ups_remind_at",
        "remind_at",
        sqlite_where=text("remind_at IS NOT NULL"),
        postgresql_where=text("remind_at IS NOT NULL"),
    ),
)

practices = Table(
    "practices",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="SET NULL")),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("words", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("topics", Words, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_practices_exchange_id", "exchange_id"),
    Index("ix_practices_session_id", "session_id"),
    Index("ix_practices_membership_id", "membership_id"),
)
