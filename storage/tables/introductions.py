"""Introductions, and who has been shown to whom."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from storage.tables.base import Identity, UtcTime, metadata

introductions = Table(
    "introductions",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("asking", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("asked", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("asked_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("state", String(12), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("reminded_at", UtcTime),
    Column("settled_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("settled_at", UtcTime),
    # The pair in a fixed order: while one request is open, neither side can open a second.
    Column("lower_side", BigInteger, nullable=False),
    Column("upper_side", BigInteger, nullable=False),
    Index(
        "uq_introductions_open_pair",
        "lower_side",
        "upper_side",
        unique=True,
        sqlite_where=text("state = 'asked'"),
        postgresql_where=text("state = 'asked'"),
    ),
    Index("ix_introductions_state", "state", "asked_at"),
    Index("ix_introductions_asking", "asking"),
    Index("ix_introductions_asked", "asked"),
)

# How often an organisation has been shown to another, so that popular places are not flooded.
showings = Table(
    "showings",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("shown_to", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("last_shown_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("organisation_id", "shown_to"),
    Index("ix_showings_last_shown_at", "last_shown_at"),
)

# What came of an introduction, as each side answers for itself.
outcomes = Table(
    "outcomes",
    metadata,
    Column("introduction_id", ForeignKey("introductions.id", ondelete="CASCADE"), nullable=False),
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("met", String(12)),
    Column("helped", String(12)),
    Column("partnership", String(12)),
    Column("asked_at", UtcTime),
    Column("changed_at", UtcTime),
    PrimaryKeyConstraint("introduction_id", "organisation_id"),
)

# How a person has narrowed the search for partners; remembered until it is cleared.
searches = Table(
    "searches",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("filters", JSON, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)
