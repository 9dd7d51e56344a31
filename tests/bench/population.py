"""People for a bench: they have consented, and the first question waits for each."""

from actions import people
from domain.clock import wall_clock
from domain.conversations import Conversation
from domain.languages import LANGUAGES
from storage.migrate import upgrading
from storage.store import Store

FIRST = 1_000_000
"""The Telegram id of the first; the others follow."""
_AT_ONCE = 500


async def settle_people(database_url: str, count: int) -> None:
    """A new database with so many people, in all languages by turns."""
    await upgrading(database_url)
    store = Store(database_url)
    try:
        for first in range(FIRST, FIRST + count, _AT_ONCE):
            async with store.unit():
                for telegram_id in range(first, min(first + _AT_ONCE, FIRST + count)):
                    await _settle(store, telegram_id)
    finally:
        await store.close()


async def _settle(store: Store, telegram_id: int) -> None:
    language = LANGUAGES[telegram_id % len(LANGUAGES)]
    person = await people.consent(store, wall_clock, telegram_id=telegram_id, language=language)
    async with store.transaction():
        await store.conversations.keep(
            person.id, Conversation(step="name", turn=1), at=wall_clock()
        )
