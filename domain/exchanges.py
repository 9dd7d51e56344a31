"""Exchanges (Erfahrungsaustausch): standing, moderated rounds of peers on a theme, and who takes
part in them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.organisations import Sector
from domain.texts import Texts

DAY, HOUR = 24 * 60, 60
USUAL_REMINDERS = (7 * DAY, DAY, HOUR)
"""How many minutes before a session its members are reminded, where nobody has said otherwise."""

REMIND_AFTER = timedelta(days=3)
"""An unanswered request reminds the exchange's coordinators after so long."""
HAND_ON_AFTER = timedelta(days=7)
"""After so long it is put to the other coordinators, who may answer it from then on."""
ASK_AGAIN_AFTER = timedelta(days=30)
"""Who was declined may ask again after so long."""

NEW_FOR = timedelta(days=7)
"""For so long a member is shown as new to who runs the exchange."""


class Entry(StrEnum):
    """Who may join an exchange, and how."""

    OPEN = "open"
    """Whoever asks is a member."""
    ON_APPROVAL = "on-approval"
    """A coordinator admits."""
    VKU_MEMBERS = "vku-members"
    """A coordinator admits; only people of VKU's members are asked to ask."""
    BY_INVITATION = "by-invitation"
    """Only with an invitation's code; it is listed for nobody else."""


@dataclass(frozen=True, slots=True)
class Contact:
    """The human being who answers questions about an exchange; shown to whoever sees it."""

    name: str
    email: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange. `zone` is the IANA name in which its sessions are planned; `reminders` are
    minutes before a session; `group` is our id of its Telegram group, if it has one."""

    id: int
    entry: Entry
    title: Texts
    contact: Contact
    zone: str
    created_at: datetime
    description: Texts = field(default_factory=dict)
    rules: Texts = field(default_factory=dict)
    sectors: frozenset[Sector] = frozenset()
    topics: frozenset[str] = frozenset()
    reminders: tuple[int, ...] = USUAL_REMINDERS
    group: int | None = None
    created_by: int | None = None
    closed_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Group:
    """A Telegram group; nothing else is kept of it. `language` is spoken there by the bot."""

    id: int
    chat_id: int
    language: str


class MembershipState(StrEnum):
    """How somebody stands to an exchange, and how that state is left."""

    ASKED = "asked"
    """Waits for a coordinator, or to be taken back."""
    MEMBER = "member"
    """Takes part, until they leave or are removed."""
    DECLINED = "declined"
    """Was told why; may ask again after ASK_AGAIN_AFTER."""
    WITHDRAWN = "withdrawn"
    """Has taken the request back; may ask again at once."""
    LEFT = "left"
    """Has left; may ask again at once."""
    REMOVED = "removed"
    """A coordinator has removed them; as declined."""


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody in an exchange, or on the way there: one row for good, whatever its state.

    Who has no Telegram is entered by a coordinator with name and e-mail; then `person` is None.
    `reminders` are minutes before a session (None: as the exchange has them); `shows_coming`:
    whether other members may see that they come, and `showing_said` whether they have said so.
    """

    id: int
    exchange: int
    state: MembershipState
    asked_at: datetime
    person: int | None = None
    name: str | None = None
    email: str | None = None
    organisation: str | None = None
    note: str | None = None
    settled_by: int | None = None
    settled_at: datetime | None = None
    reason: str | None = None
    handed_on_at: datetime | None = None
    reminders: tuple[int, ...] | None = None
    shows_coming: bool = False
    showing_said: bool = False

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is MembershipState.ASKED

    @property
    def takes_part(self) -> bool:
        """Whether they are a member now."""
        return self.state is MembershipState.MEMBER
