"""Sessions: the meetings of an exchange, who comes, and what they bring."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.texts import Texts


class Form(StrEnum):
    """How a session is held."""

    ONLINE = "online"
    IN_PERSON = "in-person"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Series:
    """Sessions that come again by an RRULE (RFC 5545) in local time of `zone`. Each occurrence is
    a session of its own, so that one can be moved or cancelled. `sequence` grows with everything
    that members are told of the whole of it."""

    id: int
    exchange: int
    rule: str
    zone: str
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting. Times are in UTC; `zone` is the IANA name of the place whose clocks count.

    `uid` and `sequence` are iCalendar's: the first stays, the second grows with every change that
    others are told of. `capacity` None: as many as like. `language` is spoken, `interpreters`
    names languages into which it is interpreted. `announced_at` None: a draft, seen by
    coordinators only.
    """

    id: int
    exchange: int
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    form: Form
    title: Texts
    agenda: Texts = field(default_factory=dict)
    guests: str | None = None
    place: str | None = None
    link: str | None = None
    capacity: int | None = None
    language: str | None = None
    interpreters: frozenset[str] = frozenset()
    series: int | None = None
    created_by: int | None = None
    created_at: datetime | None = None
    announced_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.cancelled_at is not None

    @property
    def announced(self) -> bool:
        """Whether members know of it."""
        return self.announced_at is not None

    @property
    def lasts(self) -> timedelta:
        """How long it takes."""
        return self.ends_at - self.starts_at


class Reply(StrEnum):
    """What a member has answered to a session, and where that has led."""

    YES = "yes"
    """Comes: has a seat."""
    WAITING = "waiting"
    """Would come: waits for a seat. Moves up by itself, in the order of `since`."""
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Rsvp:
    """A member's reply to a session; `since` is when they said so, which orders the waiting."""

    session: int
    membership: int
    reply: Reply
    since: datetime


@dataclass(frozen=True, slots=True)
class Contribution:
    """A case or a practice that a member brings, in a sentence; `topics` group it."""

    id: int
    session: int
    membership: int
    words: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reminder:
    """That members are to be reminded of a session so many minutes before; a row until done."""

    id: int
    session: int
    minutes: int
    due_at: datetime
