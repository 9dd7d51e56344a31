"""Dismissals: an organisation that is not to be suggested, as another one has said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """Why an organisation is not to be suggested."""

    TOPIC = "topic"
    REGION = "region"
    SIZE = "size"
    PARTNERS = "partners"
    """They are partners already."""
    OTHER = "other"
    LATER = "later"
    """Not now: comes back after a while."""
    REPORTED = "reported"
    """Somebody has told the coordinators of it; taken back only by whoever reported."""


NOT_FOR_US = (Why.TOPIC, Why.REGION, Why.SIZE, Why.PARTNERS, Why.OTHER)
"""What a person may choose as a reason; the others follow from what they do."""
LATER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Dismissal:
    """`organisation` does not wish `other` to be suggested, until a time or (None) for good."""

    organisation: int
    other: int
    why: Why
    at: datetime
    until: datetime | None = None
