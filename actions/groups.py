"""Verbs about the Telegram group of an exchange: link it, unlink it, and follow what becomes of
it."""

import secrets
from hashlib import sha256

from actions.running import require_running_alone, require_runs, runs
from domain.clock import Clock
from domain.errors import Refusal
from domain.exchanges import Exchange, Group
from domain.group_codes import LASTS, GroupCode
from domain.people import Person
from storage.store import Store


async def invite(store: Store, clock: Clock, *, by: Person, exchange: int) -> str:
    """A code by which the person, and nobody else, brings the bot into the group of an exchange
    that they run; once, within a day. An earlier one is worth nothing from then on."""
    async with store.transaction():
        there = await require_runs(store, by, exchange)
        code = secrets.token_urlsafe(24)
        await store.groups.add_code(
            _digest(code), exchange=there.id, by=by.id, at=clock(), expires_at=clock() + LASTS
        )
        return code


async def link(store: Store, clock: Clock, *, by: Person, chat_id: int, code: str) -> Exchange:
    """Let an exchange be at home in a chat of several, in which the language of who links it is
    spoken; it leaves the group in which it was before. Linking again with the same code in the
    same group changes nothing. A code that is wrong, was used, has expired or is somebody else's
    is refused alike."""
    async with store.transaction():
        found = await store.groups.code(_digest(code))
        if found is None:
            raise Refusal("refusal-group-code")
        await store.exchanges.lock(found.exchange)
        exchange = await _still_theirs(store, found, by)
        group = await store.exchanges.add_group(chat_id, by.language, at=clock())
        if found.used_in == group.id == exchange.group:
            return exchange
        if not found.serves(by.id, clock()):
            raise Refusal("refusal-group-code")
        if not await store.groups.use_code(found.digest, group=group.id, at=clock()):
            raise Refusal("refusal-group-code")
        await store.groups.speak(group.id, by.language)
        await _move_in(store, exchange, group)
        return await store.exchanges.by_id(exchange.id) or exchange


async def _still_theirs(store: Store, code: GroupCode, by: Person) -> Exchange:
    exchange = await store.exchanges.by_id(code.exchange)
    theirs = code.made_by == by.id and await runs(store, by, code.exchange)
    if exchange is None or not exchange.running or not theirs:
        raise Refusal("refusal-group-code")
    return exchange


async def _move_in(store: Store, exchange: Exchange, group: Group) -> None:
    await store.exchanges.change(exchange.id, group_id=group.id)
    if exchange.group is not None:
        await store.groups.remove_unused(exchange.group)


async def unlink(store: Store, *, by: Person, exchange: int) -> bool:
    """Post nothing into the exchange's group any more; False where it has none."""
    async with store.transaction():
        there = await require_running_alone(store, by, exchange)
        if there.group is None:
            return False
        await store.exchanges.change(there.id, group_id=None)
        await store.groups.remove_unused(there.group)
        return True


async def group_of(store: Store, *, by: Person, exchange: int) -> tuple[Exchange, Group | None]:
    """An exchange that the person runs, with its group."""
    there = await require_runs(store, by, exchange)
    return there, await store.groups.of_exchange(exchange)


async def forget(store: Store, chat_id: int) -> None:
    """The bot was sent away: nothing is left of the group, and nothing waits for it."""
    async with store.transaction():
        await store.exchanges.remove_group(chat_id)


async def follow(store: Store, chat_id: int, to: int) -> None:
    """A group has become a supergroup, and has another id at Telegram. Hearing of it twice, from
    either side, changes nothing."""
    async with store.transaction():
        old = await store.exchanges.group_in(chat_id)
        if old is None:
            return
        new = await store.exchanges.group_in(to)
        if new is None:
            await store.groups.move(chat_id, to)
            return
        await store.groups.hand_over(old.id, new.id)
        await store.exchanges.remove_group(chat_id)


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
