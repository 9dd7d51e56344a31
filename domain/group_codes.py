"""Codes by which who runs an exchange brings the bot into its Telegram group."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(days=1)
LINK = "g"
"""What a link into a group begins with, before a hyphen and the code."""


@dataclass(frozen=True, slots=True)
class GroupCode:
    """A code as it is kept: its digest alone. Only who made it can use it, in one group."""

    digest: str
    exchange: int
    made_by: int
    expires_at: datetime
    used_in: int | None
    used_at: datetime | None

    def serves(self, person: int, now: datetime) -> bool:
        """Whether somebody can use it for the first time."""
        return self.made_by == person and self.used_at is None and now < self.expires_at
