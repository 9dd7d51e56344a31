"""Rounds within exchanges: when they come, who takes part, who sits with whom."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import Identity, UtcTime, metadata

# An exchange has one programme at a time.
round_programmes = Table(
    "round_programmes",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("size", Integer, nullable=False),
    Column("every_days", Integer, nullable=False),
    Column("next_at", UtcTime),
    Column("until", Date, nullable=False),
    Column("started_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("started_at", UtcTime, nullable=False),
    Column("paused_at", UtcTime),
    Column("stopped_at", UtcTime),
    Index(
        "uq_round_programmes_running",
        "exchange_id",
        unique=True,
        sqlite_where=text("stopped_at IS NULL"),
        postgresql_where=text("stopped_at IS NULL"),
    ),
    Index("ix_round_programmes_exchange_id", "exchange_id"),
)

# Who has not answered has no row.
round_parts = Table(
    "round_parts",
    metadata,
    Column("programme_id", ForeignKey("round_programmes.id", ondelete="CASCADE"), nullable=False),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("takes_part", Boolean, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("paused_until", Date),
    PrimaryKeyConstraint("programme_id", "membership_id"),
    Index("ix_round_parts_membership_id", "membership_id"),
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("programme_id", ForeignKey("round_programmes.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("begins_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("nudged_at", UtcTime),
    Column("asked_at", UtcTime),
    UniqueConstraint("programme_id", "number", name="uq_rounds_programme_id"),
    Index(
        "ix_rounds_ends_at",
        "ends_at",
        sqlite_where=text("asked_at IS NULL"),
        postgresql_where=text("asked_at IS NULL"),
    ),
)

# `reasons` and `against` name members by the ids of their memberships, and nothing else of them.
round_groups = Table(
    "round_groups",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("round_id", ForeignKey("rounds.id", ondelete="CASCADE"), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("against", JSON, nullable=False),
    Column("broken_at", UtcTime),
    Index("ix_round_groups_round_id", "round_id"),
)

# One row a member and round: in which group, or why in none. So nobody sits twice, and nobody is
# left out unsaid.
round_seats = Table(
    "round_seats",
    metadata,
    Column("round_id", ForeignKey("rounds.id", ondelete="CASCADE"), nullable=False),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("group_id", ForeignKey("round_groups.id", ondelete="CASCADE")),
    Column("why", String(20)),
    Column("met", String(10)),
    Column("helped", Boolean),
    PrimaryKeyConstraint("round_id", "membership_id"),
    Index("ix_round_seats_group_id", "group_id"),
    Index("ix_round_seats_membership_id", "membership_id"),
)
