"""Rounds within an exchange, over HTTP: a coordinator who writes German; members who write
Ukrainian, German and French."""

from datetime import UTC, datetime, timedelta

import pytest

from delivery.buttons import Press
from delivery.presses_of_rounds import ShowMyRounds, ShowRounds
from domain.people import Person
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, data_of, read
from tests.support.exchanges import Setting, exchange, member
from tests.support.partners import AMMAN, DRESDEN, LVIV, SetClock, side
from tests.support.sandbox_server import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = 24 * 60 * 60


async def now_in(bot: RunningBot) -> SetClock:
    moment = (await bot.sandbox.sim.clock())["now"]
    return SetClock(datetime.fromtimestamp(moment, UTC))


async def chatting(bot: RunningBot, memory: Store, person: Person) -> Chat:
    """Somebody of the database who chats in the sandbox from now on."""
    sim, language = bot.sandbox.sim, person.language
    chat = Chat(sim, await sim.person("Somebody", language), language)
    await sim.start(chat.person)
    await chat.expect("welcome")
    async with memory.transaction():
        await memory.people.change(person.id, telegram_id=chat.person)
    return chat


async def press(chat: Chat, one: Press) -> None:
    """A button that stands in the window of an exchange."""
    newest = (await chat.from_bot())[-1]
    await chat.sim.tap(chat.person, newest["message_id"], callback_data=one.pack())


async def members(
    bot: RunningBot, memory: Store, languages: tuple[tuple[str, ...], ...]
) -> tuple[Setting, Chat, list[Chat]]:
    """An exchange with its coordinator, and members with organisations that fit each other."""
    clock = await now_in(bot)
    setting = await exchange(memory, clock)
    chats = []
    for number, (spoken, place) in enumerate(zip(languages, (LVIV, DRESDEN, AMMAN), strict=False)):
        wishes = {"offers": {"solar"}, "seeks": {"sludge"}} if number else {}
        there = await side(
            memory, clock, f"Werke {number}", place, language=spoken[0],
            languages=frozenset(spoken), **wishes,
        )  # fmt: skip
        await member(memory, clock, setting.exchange, there.person)
        chats.append(await chatting(bot, memory, there.person))
    return setting, await chatting(bot, memory, setting.coordinator), chats


async def planned(chat: Chat, setting: Setting, size: int) -> Message:
    """From the question how many, to the plan."""
    await press(chat, ShowRounds(setting.exchange.id))
    await chat.expect("rounds-run-none")
    await chat.tap("button-rounds-plan")
    await chat.expect("rounds-plan-size")
    await chat.tap(f"rounds-size-{size}")
    await chat.expect("rounds-plan-every")
    await chat.tap("rounds-every-14")
    window = await chat.expect("rounds-plan-first")
    await chat.tap_text(buttons(window)[0], window)
    window = await chat.expect("rounds-plan-until")
    await chat.tap_text(buttons(window)[1], window)
    return await chat.until(lambda one: chat.words("button-rounds-start") in buttons(one))


async def to_the_beginning(bot: RunningBot, memory: Store, setting: Setting) -> None:
    """It is nine o'clock on the day of the next round."""
    made = await memory.rounds.running_in(setting.exchange.id)
    assert made is not None
    assert made.next_at is not None
    clock = await now_in(bot)
    left = made.next_at - clock() + timedelta(minutes=1)
    await bot.sandbox.sim.advance(left.total_seconds())


@ON_BOTH
async def test_from_the_plan_to_what_came_of_it(bot: RunningBot, memory: Store) -> None:
    spoken = (("uk", "de"), ("de", "en"), ("fr",))
    setting, chief, (oksana, jens, marie) = await members(bot, memory, spoken)
    await planned(chief, setting, 2)
    await chief.tap("button-rounds-preview")
    shown = await chief.expect("rounds-preview-everybody")
    assert "Werke 0" in read(shown["text"])
    assert "Marie" not in read(shown["text"])
    await chief.tap("button-rounds-start")
    await chief.expect("rounds-started")
    for one in (oksana, jens, marie):
        await one.expect("RoundInvited")
        await one.tap("button-rounds-yes")
        await one.expect("rounds-said-yes", "rounds-part-yes")
    await to_the_beginning(bot, memory, setting)

    theirs = await oksana.expect("RoundOpened", "round-why")
    assert "Werke 1" in read(theirs["text"])
    assert "@example.org" in theirs["text"]
    assert "wir sind in einer Gruppe" in read(theirs["text"]), "the opening is in German"
    mine = await jens.expect("RoundOpened", "round-why")
    assert "Werke 0" in read(mine["text"])
    left_out = await marie.expect("RoundUnplaced", "round-without-no-language")
    assert "Werke" not in read(left_out["text"])
    made = await chief.expect("RoundMade", "round-without-no-language")
    assert "Werke 2" in read(made["text"])

    await bot.sandbox.sim.advance(6 * DAY)
    await jens.expect("RoundHalfTime")
    await oksana.expect("RoundHalfTime")
    await jens.tap("button-round-met-not-yet")
    await jens.expect("round-met-not-yet")
    forged = data_of(theirs, "ng:")
    newest = (await marie.from_bot())[-1]
    await marie.sim.tap(marie.person, newest["message_id"], callback_data=forged)
    await marie.find("refusal-not-yours")

    await bot.sandbox.sim.advance(6 * DAY)
    await jens.expect("RoundAsked")
    await jens.tap("button-round-met-yes")
    await jens.expect("round-helped-question")
    await jens.tap("button-round-helped-yes")
    await jens.expect("round-helped-thanks")
    await press(chief, ShowRounds(setting.exchange.id))
    numbers = await chief.until(lambda one: "getroffen: 1" in read(one["text"]))
    assert "geholfen hat: 1" in read(numbers["text"])

    await press(marie, ShowMyRounds(setting.exchange.id))
    await marie.expect("rounds-title")
    await marie.tap("button-rounds-pause")
    await marie.expect("rounds-pause-question")
    await marie.say("bientôt")
    await marie.expect("misheard-day")
    await marie.say("aujourd’hui")
    await marie.expect("refusal-rounds-day-over")
    await marie.say("15 mars 2099")
    await marie.expect("rounds-kept", "rounds-part-paused")
    await marie.tap("button-rounds-pause-over")
    await marie.expect("rounds-kept", "rounds-part-yes")


async def test_a_programme_is_paused_and_stopped_and_members_are_told(
    bot: RunningBot, memory: Store
) -> None:
    setting, chief, (layla, jens) = await members(bot, memory, (("ar", "en"), ("de", "en")))
    await planned(chief, setting, 3)
    await chief.tap("button-rounds-start")
    await chief.expect("rounds-started")
    for one in (layla, jens):
        await one.expect("RoundInvited")
    await layla.tap("button-rounds-yes")
    await layla.expect("rounds-said-yes")
    await jens.tap("button-rounds-no")
    await jens.expect("rounds-said-no", "rounds-part-no")
    await chief.tap("button-rounds-hold")
    await chief.expect("rounds-done-pause")
    await layla.expect("RoundsPaused")
    await chief.tap("button-rounds-go-on")
    await chief.expect("rounds-done-resume")
    await chief.tap("button-rounds-stop")
    await chief.expect("rounds-stop-question")
    await chief.tap("button-rounds-stop-sure")
    await chief.expect("rounds-done-stop")
    await layla.expect("RoundsStopped")
    await jens.expect("rounds-said-no")
    assert not [one for one in await jens.from_bot() if "beendet" in one["text"]]


async def test_how_many_is_written_as_well_as_tapped(bot: RunningBot, memory: Store) -> None:
    setting, chief, _ = await members(bot, memory, (("uk", "de"), ("de",)))
    await press(chief, ShowRounds(setting.exchange.id))
    await chief.tap("button-rounds-plan", await chief.expect("rounds-run-none"))
    await chief.expect("rounds-plan-size")
    await chief.say("9er-Gruppen")
    await chief.expect("misheard-shares", "rounds-plan-size")
    await chief.say("3er-Gruppen")
    await chief.expect("rounds-plan-every")
    await chief.tap("rounds-every-14")
    window = await chief.expect("rounds-plan-first")
    await chief.tap_text(buttons(window)[0], window)
    await chief.expect("rounds-plan-until")
    await chief.say("400")
    await chief.expect("misheard-day", "rounds-plan-until")
    await chief.say("4 Runden")
    await chief.until(lambda one: "4 Runden" in read(one["text"]), "a plan of four rounds")
