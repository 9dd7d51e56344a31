"""The whole bot in a process of its own, with an announcement and a reminder that are no kinds of
the product's, so that their words cost what words cost and mean nothing.

    python -m tests.bench.announcing_bot    # settings from the environment
"""

import asyncio
import signal
from dataclasses import dataclass

from bot.journal import keep_journal
from bot.settings import Settings
from delivery.message import Button, Message
from delivery.render import WORDS
from domain.notices import NOTICES, Notice, Priority
from domain.people import Person
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Announced(Notice):
    """Something is told to everybody."""

    number: int

    @property
    def subject(self) -> str:
        """Which of several."""
        return f"announced:{self.number}"

    @property
    def priority(self) -> Priority:
        """After everything else."""
        return Priority.ANNOUNCEMENT


class Reminded(Announced):
    """Something will be soon."""

    @property
    def subject(self) -> str:
        """Which of several."""
        return f"reminded:{self.number}"

    @property
    def priority(self) -> Priority:
        """Before announcements."""
        return Priority.REMINDER


async def _words(_store: Store, _person: Person, notice: Announced) -> Message:
    text = f"<b>{notice.subject}</b>\n\n" + "A session on water losses. " * 12
    return Message(text, ((Button("I am coming", data="none"), Button("I am not", data="none")),))


def known() -> None:
    """To the outbox, and to the renderer."""
    for kind in (Announced, Reminded):
        NOTICES[kind.__name__] = kind
        WORDS[kind] = _words


async def _main() -> None:
    from bot.listening import listen

    settings = Settings()
    keep_journal("warning", settings.token)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await listen(settings, stop)


if __name__ == "__main__":
    known()
    asyncio.run(_main())
