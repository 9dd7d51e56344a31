"""Verbs about people: consent, language, reachability."""

from datetime import datetime, timedelta

from domain.clock import Clock
from domain.notices import WelcomeBack
from domain.people import Person
from storage.store import Store

A_DAY = timedelta(days=1)
A_MOMENT = timedelta(seconds=3)
LONG_AWAY = timedelta(days=60)
"""Who was not here for so long is told what waits."""


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


async def seen(store: Store, clock: Clock, person: Person) -> None:
    """Record, to the day, that a person is here. Who had blocked the bot can be reached again; they
    and those who were away for long are told what waits."""
    now = clock()
    if not person.reachable:
        await come_back(store, clock, person)
    elif person.seen_at is not None and now - person.seen_at >= LONG_AWAY:
        async with store.transaction():
            await store.people.change(person.id, seen_at=now)
            await _welcome(store, person, now)
    elif person.seen_at is None or now - person.seen_at >= A_DAY:
        async with store.transaction(reading=False):
            await store.people.change(person.id, seen_at=now)


async def come_back(store: Store, clock: Clock, person: Person) -> None:
    """A person who had blocked the bot can be reached again, and is told what waits."""
    if person.reachable:
        return
    async with store.transaction():
        await store.people.change(person.id, reachable=True, seen_at=clock())
        await _welcome(store, person, clock())


async def welcomed(store: Store, clock: Clock, person: Person) -> bool:
    """Whether a welcome was about to be said, which whoever asks says in its stead."""
    async with store.transaction():
        return await store.outbox.withdraw(
            WelcomeBack, person.id, reason="said-already", at=clock()
        )


async def _welcome(store: Store, person: Person, now: datetime) -> None:
    """In a moment: their /start, with which Telegram lets them come back, may say it itself."""
    notice = WelcomeBack(int(now.timestamp()))
    await store.outbox.add(notice, [person.id], at=now + A_MOMENT, answering=person.id)


async def set_reachable(store: Store, person: Person, *, reachable: bool) -> None:
    """Record that a person has blocked the bot, or has come back."""
    async with store.transaction(reading=False):
        await store.people.change(person.id, reachable=reachable)
