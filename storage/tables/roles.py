"""Roles, the codes that give the first one, and the trail of who did what."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, Text

from storage.tables.base import Identity, UtcTime, metadata

roles = Table(
    "roles",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("role", String(20), nullable=False),
    Column("granted_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("granted_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("person_id", "role"),
)

# Only a digest of a code is kept: who reads the database cannot redeem it. `made_by` is NULL for
# one from the command line; who is erased takes their invitations along.
codes = Table(
    "codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("made_by", ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("made_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("redeemed_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("redeemed_at", UtcTime),
)

# Who did which verb to what: ids only, never what somebody wrote.
trail = Table(
    "trail",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("verb", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Index("ix_trail_at", "at"),
    Index("ix_trail_subject", "subject"),
)

# What people tell the coordinators: feedback, and reports of a person or organisation.
concerns = Table(
    "concerns",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("about", String(80)),
    Column("words", Text),
    Column("at", UtcTime, nullable=False),
    Column("settled_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("settled_at", UtcTime),
    Index("ix_concerns_at", "at"),
)
