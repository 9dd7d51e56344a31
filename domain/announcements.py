"""Announcements: what coordinators tell many at once, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.audiences import Audience
from domain.outbox import DeliveryState
from domain.texts import FALLBACK, Texts
from domain.uploads import Upload

ALONE_UP_TO = 200
"""An announcement to more people needs another coordinator's release, if nothing else is set."""
LONGEST_TEXT = 3_500
"""Characters of an announcement, as Telegram counts them: it takes 4,096, with a head above."""
LONGEST_CAPTION = 800
"""The same beside a file, where Telegram takes 1,024."""
LONGEST_LINK_TEXT = 40
DELETABLE = timedelta(hours=48)
"""For so long Telegram lets a bot take a message of its own away again."""


class AnnouncementState(StrEnum):
    """What each state means, and how it is left."""

    DRAFT = "draft"
    """Is being written. Leaves when it is sent or scheduled, or, where many are meant, when
    another coordinator is asked to release it; or it is thrown away."""
    WAITING = "waiting"
    """Waits for another coordinator's release. Leaves by that (or is cancelled then, where who
    wanted it may not announce any more), or back to a draft."""
    SCHEDULED = "scheduled"
    """Begins at its time. Leaves when that has come (or is cancelled then, where who wanted it may
    not announce any more), or back to a draft."""
    SENDING = "sending"
    """Its deliveries are in the outbox. Leaves when none of them waits, or when it is stopped."""
    SENT = "sent"
    """Every delivery has been settled. Leaves only when it is withdrawn."""
    CANCELLED = "cancelled"
    """Was stopped: what waited is not sent, or never begun. Leaves only when it is withdrawn."""
    WITHDRAWN = "withdrawn"
    """Is taken back from everybody who has it. Final."""


_S = AnnouncementState
MAY_BECOME: Mapping[AnnouncementState, frozenset[AnnouncementState]] = {
    _S.DRAFT: frozenset({_S.WAITING, _S.SCHEDULED, _S.SENDING}),
    _S.WAITING: frozenset({_S.DRAFT, _S.SCHEDULED, _S.SENDING, _S.CANCELLED}),
    _S.SCHEDULED: frozenset({_S.DRAFT, _S.SENDING, _S.CANCELLED}),
    _S.SENDING: frozenset({_S.SENT, _S.CANCELLED, _S.WITHDRAWN}),
    _S.SENT: frozenset({_S.WITHDRAWN, _S.SENDING}),
    _S.CANCELLED: frozenset({_S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
}
"""Sent becomes sending again where a coordinator has the unknown ones sent once more."""


class Timing(StrEnum):
    """When an announcement leaves."""

    NOW = "now"
    AT = "at"
    """At one moment, the same for all."""
    LOCAL = "local"
    """When it is that hour where each of its readers lives."""


@dataclass(frozen=True, slots=True)
class When:
    """When an announcement leaves. `at` is None for now; for LOCAL it is what clocks on the wall
    show, written as if they were in UTC."""

    timing: Timing = Timing.NOW
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A button beneath an announcement that opens a page."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement. `texts` hold Telegram's HTML by language, `first` the language in which
    somebody reads it whose own is missing. `version` grows with every change, so that a button
    beneath an earlier one is known as stale. `number` is how many were meant when it began;
    `totals` is what became of them, once their deliveries are no longer kept."""

    id: int
    author: int | None
    state: AnnouncementState
    version: int
    created_at: datetime
    texts: Texts = field(default_factory=dict)
    first: str | None = None
    audience: Audience | None = None
    upload: Upload | None = None
    session: int | None = None
    link: Link | None = None
    when: When = When()
    asked_by: int | None = None
    released_by: int | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    number: int | None = None
    totals: Mapping[str, int] | None = None

    @property
    def subject(self) -> str:
        """What its deliveries are about, in the outbox."""
        return f"announcement:{self.id}"

    @property
    def fallback(self) -> tuple[str, ...]:
        """The order in which another language is taken where a reader's is missing."""
        return (self.first, *FALLBACK) if self.first else tuple(FALLBACK)

    @property
    def changeable(self) -> bool:
        """Whether everything about it may still be changed."""
        return self.state is AnnouncementState.DRAFT

    @property
    def told(self) -> bool:
        """Whether anybody may have read it."""
        return self.begun_at is not None


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """Another text, in a language, for an announcement that many have been told: it waits for
    another coordinator's release. `number` counts an announcement's proposals, so that a button
    beneath an earlier one is known as stale."""

    announcement: int
    number: int
    language: str
    html: str
    proposed_by: int


@dataclass(frozen=True, slots=True)
class Part:
    """So many deliveries in a state, for a reason if there is one."""

    state: DeliveryState
    reason: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an announcement. `audience` is how many were meant when it began; `gone` of
    them have been erased since, and their deliveries with them."""

    audience: int
    parts: tuple[Part, ...]
    gone: int = 0
    replies: int | None = None

    def of(self, *states: DeliveryState) -> int:
        """How many deliveries stand in one of these states."""
        return sum(one.number for one in self.parts if one.state in states)

    @property
    def waiting(self) -> int:
        """How many are still on their way."""
        return self.of(DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)

    @property
    def adds_up(self) -> bool:
        """Whether nobody is missing and nobody counted twice: who is gone is reckoned as what is
        left over, so that anybody too many would make them fewer than none."""
        counted = sum(one.number for one in self.parts)
        return self.gone >= 0 and self.audience == self.gone + counted


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient in the report's file."""

    name: str | None
    organisation: str | None
    state: DeliveryState
    reason: str | None
