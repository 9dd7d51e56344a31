"""What coordinators ask people who would like to join an exchange."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.tables.base import Identity, UtcTime, metadata

# A question and its answer go with either of the two who have written them.
enquiries = Table(
    "enquiries",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("membership_id", ForeignKey("memberships.id", ondelete="CASCADE"), nullable=False),
    Column("asked_by", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("answer", Text),
    Column("answered_at", UtcTime),
    Index("ix_enquiries_membership_id", "membership_id"),
    Index("ix_enquiries_asked_by", "asked_by"),
)
