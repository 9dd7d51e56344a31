"""What all tables share: names of constraints, a UTC time and a short list."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Text, TypeDecorator

from storage.sealing import Seal

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up by itself only in a column that is called INTEGER.
Identity = BigInteger().with_variant(Integer, "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite, which knows no zones, stores it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """A text that is stored encrypted where there are keys: the engine's dialect has the seal, so
    that no query can forget it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Sealed."""
        seal: Seal | None = getattr(dialect, "seal", None)
        return value if seal is None else seal.close(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Opened."""
        seal: Seal | None = getattr(dialect, "seal", None)
        return value if seal is None else seal.open(value)


class Words(TypeDecorator[frozenset[str]]):
    """A set of short ids as a sorted JSON list; None stays None: 'not stated'."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(
        self, value: frozenset[str] | None, dialect: Dialect
    ) -> list[str] | None:
        """To a list in a fixed order."""
        return None if value is None else sorted(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> frozenset[str] | None:
        """From a list."""
        return None if value is None else frozenset(value)
