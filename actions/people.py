"""Verbs about people: consent, language, reachability."""

from domain.clock import Clock
from domain.people import Person
from storage.store import Store


async def consent(
    store: Store, clock: Clock, *, telegram_id: int, language: str, example: bool = False
) -> Person:
    """Store a person, who has just agreed to it; asking again changes nothing."""
    async with store.transaction():
        return await store.people.add(
            telegram_id=telegram_id,
            language=language,
            consented_at=clock(),
            example=example,
        )


async def speak(store: Store, person: Person, *, language: str) -> None:
    """Speak another language to a person from now on."""
    async with store.transaction(reading=False):
        await store.people.change(person.id, language=language)


async def set_reachable(store: Store, person: Person, *, reachable: bool) -> None:
    """Record that a person has blocked the bot, or has come back."""
    async with store.transaction(reading=False):
        await store.people.change(person.id, reachable=reachable)
