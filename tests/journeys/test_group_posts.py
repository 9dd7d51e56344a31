"""An exchange's Telegram group: linked by who runs it, told of sessions, and replied from; nothing
else is ever said there."""

from typing import Any

import pytest

from actions import groups, telling
from domain.clock import wall_clock
from domain.notices import SessionAnnounced
from domain.roles import Role
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import Side, newcomer, settled
from tests.journeys.test_groups import said_in
from tests.support.bot_process import RunningBot
from tests.support.chat import buttons, says
from tests.support.exchanges import Setting, exchange, member, session
from tests.support.partners import SetClock
from tests.support.sandbox_server import Message, Sim

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def run_by(bot: RunningBot, memory: Store, language: str) -> tuple[Setting, Side]:
    """An exchange, and somebody in a chat who runs it."""
    clock = SetClock(wall_clock())
    there, chief = await exchange(memory, clock), await settled(bot, memory, language)
    async with memory.transaction():
        await memory.roles.grant(chief.person.id, Role.COORDINATOR, by=None, at=clock())
        await memory.exchanges.entrust(there.exchange.id, chief.person.id, at=clock())
    return there, chief


async def code_of(chief: Side, there: Setting) -> str:
    """The code of a link that was asked for in the private chat."""
    await chief.press(f"Rg:{there.exchange.id}")
    await chief.chat.expect("group-stands-none")
    await chief.chat.tap("button-link-group")
    made = await chief.chat.expect("group-link-made")
    (address,) = [one["url"] for row in made["reply_markup"]["inline_keyboard"] for one in row
                  if "url" in one]  # fmt: skip
    username = (await chief.chat.sim.bot())["username"]
    start, code = address.split("=g-")
    assert start == f"https://t.me/{username}?startgroup"
    return str(code)


async def follows(sim: Sim, who: int, group: int, code: str) -> None:
    """What Telegram does with such a link, once a group was chosen."""
    username = (await sim.bot())["username"]
    await sim.group(who, group)
    await sim.say(who, f"/start@{username} g-{code}", chat_id=group)


async def press(sim: Sim, who: int, post: Message, text: str, group: int) -> dict[str, Any]:
    """What is said above the chat to who presses a button in a group."""
    answer = await sim.tap(who, post["message_id"], text=text, chat_id=group)
    return dict(answer["answer"])


@ON_BOTH
async def test_a_session_is_posted_there_and_members_reply_from_it(
    bot: RunningBot, memory: Store
) -> None:
    sim, group = bot.sandbox.sim, -2101
    there, chief = await run_by(bot, memory, "de")
    arabic, stranger = await settled(bot, memory, "ar"), await newcomer(bot, "fr")
    outside = await settled(bot, memory, "uk")
    clock = SetClock(wall_clock())
    await member(memory, clock, there.exchange, arabic.person)
    await follows(sim, chief.chat.person, group, await code_of(chief, there))
    _, linked = await said_in(bot, group, 2)
    assert says("de", "group-linked", linked["text"])

    now = await memory.exchanges.by_id(there.exchange.id)
    assert now is not None
    made = await session(memory, clock, now)
    async with memory.transaction():
        await telling.tell_members(memory, clock, SessionAnnounced(made.id, 0), now)
    *_, post = await said_in(bot, group, 3)
    assert says("de", "SessionAnnounced", post["text"])
    yes = chief.chat.words("button-reply-yes")
    assert yes in buttons(post)

    await arabic.chat.expect("SessionAnnounced")
    for _ in range(2):
        answer = await press(sim, arabic.chat.person, post, yes, group)
        assert answer["text"] == arabic.chat.words("toast-replied-yes")
        await arabic.chat.expect("Replied", "replied-yes", "showing-question")
    assert await arabic.times_told("Replied") == 1
    assert {one.value: n for one, n in (await memory.rsvps.numbers(made.id)).items()} == {"yes": 1}
    for who, language, key in (
        (stranger, "fr", "group-press-stranger"),
        (outside.chat, "uk", "group-press-no-member"),
    ):
        answer = await press(sim, who.person, post, yes, group)
        assert answer["show_alert"]
        assert says(language, key, answer["text"])
        assert f"t.me/{(await sim.bot())['username']}" in answer["text"]
    assert await memory.people.by_telegram(stranger.person) is None
    await sim.say(stranger.person, yes, chat_id=group)
    await outside.chat.say("/privacy")
    await outside.chat.expect("privacy")
    assert len(await said_in(bot, group, 3)) == 3, "silent otherwise"


async def test_a_link_serves_nobody_else_and_not_twice(bot: RunningBot, memory: Store) -> None:
    sim = bot.sandbox.sim
    there, chief = await run_by(bot, memory, "es")
    other = await settled(bot, memory, "de")
    code = await code_of(chief, there)
    await follows(sim, other.chat.person, -2102, code)
    _, refused = await said_in(bot, -2102, 2)
    assert says("de", "refusal-group-code", refused["text"])
    for group, key in ((-2103, "group-linked"), (-2104, "refusal-group-code")):
        await follows(sim, chief.chat.person, group, code)
        _, said = await said_in(bot, group, 2)
        assert says("es", key, said["text"])


async def test_who_sends_the_bot_away_or_unlinks_the_group_is_posted_nothing(
    bot: RunningBot, memory: Store
) -> None:
    sim = bot.sandbox.sim
    there, chief = await run_by(bot, memory, "pt")
    await follows(sim, chief.chat.person, -2105, await code_of(chief, there))
    await said_in(bot, -2105, 2)
    await chief.press(f"Rg:{there.exchange.id}")
    await chief.chat.expect("group-stands-linked")
    await chief.chat.tap("button-unlink-group")
    await chief.chat.expect("group-unlink-question")
    await chief.chat.tap("button-unlink-group-sure")
    await chief.chat.expect("group-stands-none")
    assert await memory.exchanges.group_in(-2105) is None

    await follows(sim, chief.chat.person, -2106, await code_of(chief, there))
    await said_in(bot, -2106, 2)
    await sim.group(chief.chat.person, -2106, present=False)
    await chief.press(f"Rg:{there.exchange.id}")
    await chief.chat.expect("group-stands-none")
    now = await groups.group_of(memory, by=chief.person, exchange=there.exchange.id)
    assert now == (there.exchange, None)
