"""Organisations, what they offer and seek, and who represents them."""

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
    text,
)

from storage.tables.base import Identity, UtcTime, Words, metadata

organisations = Table(
    "organisations",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("name", String(300)),
    Column("kind", String(30)),
    Column("sectors", Words),
    Column("place", JSON(none_as_null=True)),
    Column("offers", Words),
    Column("seeks", Words),
    Column("languages", Words),
    Column("regions", Words),
    Column("forms", Words),
    Column("size", String(20)),
    Column("sdgs", Words),
    Column("active", Boolean),
    Column("regions_excluded", Words),
    Column("full_until", Date),
    Column("vku_member", Boolean),
    Column("confirmed_at", UtcTime),
    Column("confirmed_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("merged_into", ForeignKey("organisations.id", ondelete="SET NULL")),
    Column("published_at", UtcTime),
    # Set while coordinators hide it, whatever its people wish.
    Column("hidden_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("example", Boolean, nullable=False, default=False),
)

# What a profile offers and seeks, a row each, so that a search touches only who shares a topic.
organisation_topics = Table(
    "organisation_topics",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("direction", String(8), nullable=False),
    Column("topic", String(60), nullable=False),
    PrimaryKeyConstraint("organisation_id", "direction", "topic"),
    Index("ix_organisation_topics_topic", "topic", "direction"),
)

representatives = Table(
    "representatives",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("part", String(12), nullable=False, default="lead", server_default="lead"),
    PrimaryKeyConstraint("organisation_id", "person_id"),
    Index("ix_representatives_person_id", "person_id"),
)

# Somebody who wishes to speak for an organisation that is there already.
admissions = Table(
    "admissions",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("settled_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("settled_at", UtcTime),
    Index(
        "uq_admissions_open",
        "organisation_id",
        "person_id",
        unique=True,
        sqlite_where=text("state = 'asked'"),
        postgresql_where=text("state = 'asked'"),
    ),
    Index("ix_admissions_person_id", "person_id"),
)

# A link that lets a colleague speak for an organisation, once. Only a digest of it is kept.
invitations = Table(
    "invitations",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("made_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("expires_at", UtcTime, nullable=False),
    Column("redeemed_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("redeemed_at", UtcTime),
    Index("ix_invitations_organisation_id", "organisation_id"),
)

# What an organisation says of its existing partnerships; `partner_id` where it is known here.
partnerships = Table(
    "partnerships",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("partner", String(300), nullable=False),
    Column("partner_id", ForeignKey("organisations.id", ondelete="SET NULL")),
    Column("kind", String(30)),
    Column("since", Integer),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_partnerships_organisation_id", "organisation_id"),
)

# "Not for us" (for good), "later" (until a time), and blocks: seen from one organisation.
dismissals = Table(
    "dismissals",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("other_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String(30), nullable=False),
    Column("until", UtcTime),
    Column("by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("organisation_id", "other_id"),
    Index("ix_dismissals_other_id", "other_id"),
)
