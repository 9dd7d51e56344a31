"""Replying to a session: a seat, a place in the line, and moving up, in two languages at once."""

import pytest

from actions import telling
from domain.clock import wall_clock
from domain.notices import SessionAnnounced
from domain.roles import Role
from domain.sessions import Session
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import settled
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, read, says
from tests.support.exchanges import Setting, exchange, member, session
from tests.support.partners import SetClock
from tests.support.rounds import guest
from tests.support.sandbox_server import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def announced(
    bot: RunningBot, memory: Store, *languages: str, **more: int
) -> tuple[Setting, Session, list[Chat]]:
    """An exchange with a member of each language, who are told of a session."""
    clock = SetClock(wall_clock())
    there = await exchange(memory, clock)
    sides = [await settled(bot, memory, language) for language in languages]
    for one in sides:
        await member(memory, clock, there.exchange, one.person)
    made = await session(memory, clock, there.exchange, **more)
    async with memory.transaction():
        await telling.tell_members(memory, clock, SessionAnnounced(made.id, 0), there.exchange)
    chats = [one.chat for one in sides]
    for chat in chats:
        await chat.expect("SessionAnnounced")
    return there, made, chats


async def reply(chat: Chat, key: str, *keys: str) -> Message:
    """Press a button, and wait until its message says what was replied."""
    await chat.tap(key)
    return await chat.expect(*keys)


@ON_BOTH
async def test_who_declines_lets_the_next_one_move_up(bot: RunningBot, memory: Store) -> None:
    _, made, (german, arabic) = await announced(bot, memory, "de", "ar", capacity=1)
    card = await reply(german, "button-reply-yes", "replied-yes", "showing-question")
    assert german.words("button-reply-yes") not in buttons(card)
    waits = await reply(arabic, "button-reply-yes", "replied-waiting")
    told = await arabic.from_bot()
    await reply(german, "button-reply-no", "replied-no")
    moved = await arabic.expect("MovedUp", "replied-yes")
    assert moved["message_id"] != waits["message_id"]
    assert [len(await german.from_bot()), len(await arabic.from_bot())] == [2, len(told) + 1]
    await reply(german, "button-reply-yes", "replied-waiting")
    numbers = await memory.rsvps.numbers(made.id)
    assert {one.value: n for one, n in numbers.items()} == {"yes": 1, "waiting": 1}


@ON_BOTH
async def test_who_has_no_telegram_and_moves_up_is_told_by_a_coordinator(
    bot: RunningBot, memory: Store
) -> None:
    clock = SetClock(wall_clock())
    there, made, (ukrainian,) = await announced(bot, memory, "uk", capacity=1)
    chief = await settled(bot, memory, "ar")
    async with memory.transaction():
        await memory.roles.grant(chief.person.id, Role.COORDINATOR, by=None, at=clock())
        await memory.exchanges.entrust(there.exchange.id, chief.person.id, at=clock())
        await memory.exchanges.relieve(there.exchange.id, there.coordinator.id)
    theirs = await guest(memory, clock, there, "Gerda Gast")
    await reply(ukrainian, "button-reply-yes", "replied-yes")
    await chief.press(f"Rr:{made.id}:{theirs.id}:yes")
    await chief.chat.expect("record-stands-waiting")
    await reply(ukrainian, "button-reply-no", "replied-no")
    told = await chief.chat.expect("MovedUpToForward", "MovedUp")
    assert "Gerda Gast (Stadtwerke Gast)" in read(told["text"])
    assert "https://example.org/meet" in told["text"]
    assert await chief.times_told("MovedUpToForward") == 1


async def test_pressing_twice_and_an_old_message_say_the_same(
    bot: RunningBot, memory: Store
) -> None:
    _, made, (french,) = await announced(bot, memory, "fr")
    invitation = (await french.from_bot())[-1]
    for _ in range(2):
        answer = await french.sim.tap(
            french.person, invitation["message_id"], callback_data=f"xr:{made.id}:maybe"
        )
        assert answer["answer"]["text"] == french.words("toast-replied-maybe")
        said = await french.expect("replied-maybe")
        assert said["message_id"] == invitation["message_id"]
    async with memory.transaction():
        await memory.sessions.change(made.id, cancelled_at=wall_clock())
    await french.tap("button-reply-no")
    await french.expect("refusal-reply-cancelled")


async def test_members_see_numbers_and_the_names_that_may_be_seen(
    bot: RunningBot, memory: Store
) -> None:
    _, made, (german, arabic) = await announced(bot, memory, "de", "ar")
    await reply(german, "button-reply-yes", "replied-yes", "showing-question")
    await german.tap("button-showing-yes")
    card = await german.expect("showing-stands-yes", "replied-yes")
    assert not says("de", "showing-question", card["text"])
    await reply(arabic, "button-reply-yes", "replied-yes")
    await arabic.tap("button-showing-no")
    await arabic.expect("showing-stands-no")
    for chat, other in ((german, "ليلى"), (arabic, "Anna")):
        newest = (await chat.from_bot())[-1]
        await chat.sim.tap(chat.person, newest["message_id"], callback_data=f"Rw:{made.id}:0")
        page = await chat.expect("who-comes-yes", "who-comes-note")
        assert (other in page["text"]) is (chat is arabic)


async def test_what_a_member_brings_is_read_by_the_others_in_their_language(
    bot: RunningBot, memory: Store
) -> None:
    _, made, (german, arabic) = await announced(bot, memory, "de", "ar")
    newest = (await german.from_bot())[-1]
    await german.sim.tap(german.person, newest["message_id"], callback_data=f"Rb:{made.id}")
    await german.expect("contribution-question")
    await german.say("Solarenergie auf dem Dach unserer Kläranlage")
    kept = await german.expect("contribution-kept", "contribution-topics")
    assert any("Solarenergie" in one for one in buttons(kept)), "it may be said that it is not"
    newest = (await arabic.from_bot())[-1]
    await arabic.sim.tap(arabic.person, newest["message_id"], callback_data=f"Rl:{made.id}:0")
    page = await arabic.expect("brought-title", "brought-theme")
    assert "Solarenergie auf dem Dach" in page["text"]
    assert arabic.words("button-bring") in buttons(page)
    await german.tap("button-take-out-contribution")
    await german.expect("contribution-taken-out")
    assert await memory.contributions.of(made.id) == ()
