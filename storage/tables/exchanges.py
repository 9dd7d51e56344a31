"""Exchanges, who takes part in them, and the Telegram groups in which they are at home."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from storage.tables.base import Identity, Sealed, UtcTime, Words, metadata

# A group in which an exchange is at home; nothing of what is said there is kept.
groups = Table(
    "groups",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("language", String(8), nullable=False),
    Column("linked_at", UtcTime, nullable=False),
)

# `title`, `description` and `rules` are texts by language; `reminders` minutes before a session.
exchanges = Table(
    "exchanges",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("entry", String(16), nullable=False),
    Column("title", JSON, nullable=False),
    Column("description", JSON, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("sectors", Words, nullable=False),
    Column("topics", Words, nullable=False),
    Column("contact_name", String(200), nullable=False),
    Column("contact_email", Sealed, nullable=False),
    Column("contact_phone", Sealed),
    Column("zone", String(60), nullable=False),
    Column("reminders", JSON, nullable=False),
    Column("group_id", ForeignKey("groups.id", ondelete="SET NULL")),
    Column("created_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
)

exchange_coordinators = Table(
    "exchange_coordinators",
    metadata,
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("since", UtcTime, nullable=False),
    PrimaryKeyConstraint("exchange_id", "person_id"),
    Index("ix_exchange_coordinators_person_id", "person_id"),
)

# One row a person and exchange for good, whatever its state; who has no Telegram has no person_id
# but a name and an e-mail address.
memberships = Table(
    "memberships",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE")),
    Column("state", String(12), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("name", String(200)),
    Column("email", Sealed),
    Column("organisation", String(300)),
    Column("note", Text),
    Column("settled_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("settled_at", UtcTime),
    Column("reason", String(30)),
    Column("handed_on_at", UtcTime),
    Column("reminders", JSON(none_as_null=True)),
    Column("shows_coming", Boolean, nullable=False, default=False),
    Column("showing_said_at", UtcTime),
    Index(
        "uq_memberships_person",
        "exchange_id",
        "person_id",
        unique=True,
        sqlite_where=text("person_id IS NOT NULL"),
        postgresql_where=text("person_id IS NOT NULL"),
    ),
    Index("ix_memberships_exchange_id", "exchange_id", "state"),
    Index("ix_memberships_person_id", "person_id"),
    Index(
        "ix_memberships_asked",
        "asked_at",
        sqlite_where=text("state = 'asked'"),
        postgresql_where=text("state = 'asked'"),
    ),
)

# A code on a flyer or in a link. Only its digest is kept.
exchange_codes = Table(
    "exchange_codes",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("made_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("made_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("revoked_at", UtcTime),
    Column("used", Integer, nullable=False, default=0),
    Index("ix_exchange_codes_exchange_id", "exchange_id"),
)

# A code by which who runs an exchange brings the bot into its Telegram group, once.
group_codes = Table(
    "group_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False),
    Column("made_by", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_in", ForeignKey("groups.id", ondelete="SET NULL")),
    Column("used_at", UtcTime),
    Index("ix_group_codes_exchange_id", "exchange_id"),
    Index("ix_group_codes_made_by", "made_by"),
    Index("ix_group_codes_expires_at", "expires_at"),
)
