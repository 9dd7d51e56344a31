"""Which organisations have changed, for those who keep them in memory."""

from sqlalchemy import BigInteger, Column, Table

from storage.tables.base import metadata

# Written by triggers (migration 0008), so that no way of changing an organisation can forget it.
# `number` grows with every change: SQLite's own count, PostgreSQL's transaction ids. No foreign
# key: that an organisation is gone is a change, too.
organisation_changes = Table(
    "organisation_changes",
    metadata,
    Column("organisation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False, index=True),
)
