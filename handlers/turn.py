"""A turn: one update of one person, what is known as it comes in, and what is answered.

Handlers read the turn, call actions, and say what is to be said; what they say is sent after the
turn's work has been committed (bot/middlewares.py).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery
from markupsafe import Markup

from actions.understanding import Understanding
from delivery.buttons import Press
from delivery.message import Message
from domain.announcements import ALONE_UP_TO
from domain.clock import Clock
from domain.conversations import Conversation
from domain.introductions import Patience
from domain.keeping import Keeping
from domain.people import Person
from domain.uploads import Upload
from locales.speech import Speech, speech
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this bot, and how to reach them."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers call upon."""

    store: Store
    clock: Clock
    understanding: Understanding
    operator: Operator
    patience: Patience
    keeping: Keeping = field(default_factory=Keeping)
    alone_up_to: int = ALONE_UP_TO
    public_url: str | None = None
    """Where calendars can be subscribed to, if anywhere."""


@dataclass(frozen=True, slots=True)
class Send:
    """A new message. `question` marks the one that carries the question that waits."""

    message: Message
    question: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """The message of the pressed button, changed in place."""

    message_id: int
    message: Message
    question: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """A short answer to a press, above the chat; what matters also stands in a message."""

    text: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A chat's command menu, made anew after the turn's work has been committed.

    `language_of_telegram` is in which language its person's Telegram shows everybody's menu; None
    where it is not known.
    """

    chat_id: int
    language_of_telegram: str | None = None


Saying = Send | Edit | Toast | Menu


@dataclass(slots=True)
class Turn:
    """One update of one person in their private chat with the bot."""

    services: Services
    chat_id: int
    language: str
    person: Person | None
    conversation: Conversation
    text: str | None = None
    press: Press | None = None
    message_id: int | None = None
    is_question: bool = False
    """Whether the pressed button stands under the question that waits."""
    language_of_telegram: str | None = None
    """In which of our languages the person's Telegram shows everybody's menu, if it is known."""
    link: str | None = None
    """The deep link by which a stranger came; it is followed once they have agreed."""
    html: str | None = None
    """The words that were written as Telegram's HTML: escaped, with the marks of their writer."""
    upload: Upload | None = None
    """The document or the photo that was sent in place of words."""
    caption: str | None = None
    """The words beneath it, as Telegram's HTML."""
    sayings: list[Saying] = field(default_factory=list)

    @property
    def store(self) -> Store:
        """Everything that is remembered."""
        return self.services.store

    @property
    def clock(self) -> Clock:
        """What time it is."""
        return self.services.clock

    @property
    def say(self) -> Speech:
        """The person's language."""
        return speech(self.language)

    @property
    def who(self) -> Person:
        """The person, where consent has been given."""
        if self.person is None:
            raise RuntimeError("a handler for people who have consented met somebody else")
        return self.person

    def send(self, message: Message | Markup, *, question: bool = False) -> None:
        """Say something in a new message."""
        self.sayings.append(Send(_message(message), question))

    def show(self, message: Message | Markup, *, question: bool = False) -> None:
        """Say something in place of the message whose button was pressed; else in a new one."""
        if self.message_id is None:
            self.send(message, question=question)
        else:
            self.sayings.append(Edit(self.message_id, _message(message), question))

    def toast(self, text: str) -> None:
        """Answer a press in a few words."""
        self.sayings.append(Toast(text))

    def renew_menu(self, person: Person | None = None) -> None:
        """Make the command menu anew: this person's, or that of another whose role was changed."""
        if person is None or person.telegram_id == self.chat_id:
            self.sayings.append(Menu(self.chat_id, self.language_of_telegram))
        else:
            self.sayings.append(Menu(person.telegram_id))


def _message(said: Message | Markup) -> Message:
    return said if isinstance(said, Message) else Message(said)


Handler = Callable[..., Awaitable[None]]


class Pressed(Filter):
    """A button of one of these kinds was pressed."""

    def __init__(self, *kinds: type[Press]) -> None:
        self._kinds = kinds

    async def __call__(self, _: CallbackQuery, turn: Turn) -> bool | dict[str, Any]:
        """Whether it was; hands the press to the handler."""
        return {"press": turn.press} if isinstance(turn.press, self._kinds) else False


class Asked(Filter):
    """A question of the profile waits for an answer."""

    async def __call__(self, _: object, turn: Turn) -> bool:
        """Whether one does."""
        return turn.person is not None and turn.conversation.step is not None


class Words(Filter):
    """Something was written that is no command."""

    async def __call__(self, _: object, turn: Turn) -> bool:
        """Whether it was."""
        return turn.text is not None and not turn.text.startswith("/")


class Stranger(Filter):
    """Somebody who has not consented to being stored."""

    async def __call__(self, _: object, turn: Turn) -> bool:
        """Whether the person is one."""
        return turn.person is None
