"""Private addresses at which people subscribe to their calendar."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.tables.base import Identity, UtcTime, metadata

# Only the digest of an address is kept: who reads this table cannot read calendars.
calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("made_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Index("ix_calendar_feeds_person_id", "person_id"),
)
