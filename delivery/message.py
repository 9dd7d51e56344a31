"""A message to a person, before it belongs to any Telegram library."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Button:
    """A button beneath a message: `data` comes back when it is pressed, `url` opens a page."""

    text: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a message's words: by its content, or by the `file_id` under which Telegram
    keeps it for this bot. A photo is shown, a document is offered; Telegram takes an id only for
    what the file was when it came."""

    filename: str = ""
    content: bytes = b""
    file_id: str | None = None
    kind: Literal["document", "photo"] = "document"


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads: Telegram's HTML, at most 4,096 characters (1,024 beside a file), and
    rows of buttons."""

    html: str
    keyboard: Keyboard = ()
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way to a chat."""

    chat_id: int
    message: Message


@dataclass(frozen=True, slots=True)
class Correction:
    """Other words, and other buttons, for a message of ours in a chat. Whether there is a file
    beside them stays as it was: a message with an attachment changes its caption."""

    chat_id: int
    message_id: int
    message: Message


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A message of ours is taken out of a chat: Telegram allows it for 48 hours, and by its own
    clock. Where that is over it reads `otherwise` from then on, if anything."""

    chat_id: int
    message_id: int
    otherwise: Message | None = None


Mail = Letter | Correction | Withdrawal
"""What a worker can take to Telegram."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a message that its reader has (`message_id`; None: not yet): it reads
    otherwise. With `sent_at` it is taken away instead, as long as Telegram lets us."""

    message_id: int | None
    message: Message
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NotYet:
    """It is not to be said before a moment of the product's time; `reason` as in Nothing."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to say any more; `reason` is a short word for the report."""

    reason: str
