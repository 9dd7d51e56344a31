"""Practices (Praxisbeispiele): short notes of what worked, for others to take up."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_TITLE = 120
LONGEST_WORDS = 2_500
MOST_TOPICS = 5


@dataclass(frozen=True, slots=True)
class Practice:
    """A member's note out of an exchange, perhaps out of one of its sessions.

    `language` is that of the words; `open`: everybody with a published profile may read it, else
    who takes part in the exchange.
    """

    id: int
    exchange: int
    membership: int
    title: str
    words: str
    language: str
    topics: frozenset[str]
    open: bool
    at: datetime
    session: int | None = None


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A page of the notes that somebody may read, the nearest to `topics` first."""

    topics: tuple[str, ...]
    page: int
    last: int
    total: int
    practices: tuple[Practice, ...]
