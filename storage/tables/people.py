"""People who have consented."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table

from storage.tables.base import Identity, Sealed, UtcTime, Words, metadata

# `zone` is an IANA name; `quiet_from` and `quiet_until` are minutes after midnight there; `told` is
# what the person wishes to be told of (NULL: the usual); `withheld` names pieces of consent that
# were taken back; `erase_at` is when a wish to be erased comes true; `warned_at` is when they were
# told that they will be erased, since they are not here any more.
people = Table(
    "people",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("language", String(8), nullable=False),
    Column("consented_at", UtcTime, nullable=False),
    Column("name", String(200)),
    Column("function", String(200)),
    Column("email", Sealed),
    Column("phone", Sealed),
    Column("shares", Words),
    Column("zone", String(60)),
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
    Column("paused_until", UtcTime),
    Column("told", Words),
    Column("withheld", Words),
    Column("erase_at", UtcTime, index=True),
    Column("seen_at", UtcTime),
    Column("warned_at", UtcTime),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("example", Boolean, nullable=False, default=False),
)
