"""A message to a person, before it belongs to any Telegram library."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Button:
    """A button beneath a message: `data` comes back when it is pressed, `url` opens a page."""

    text: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a message's words."""

    filename: str
    content: bytes


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
class NotYet:
    """It is not to be said before a moment of the product's time; `reason` as in Nothing."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to say any more; `reason` is a short word for the report."""

    reason: str
