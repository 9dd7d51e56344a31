"""An announcement from the first word to its report: a German coordinator, readers in Arabic,
Ukrainian and French at once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from actions import people
from delivery.presses_of_announcements import SendNow, StopIt, WithdrawIt, WriteToMembers
from domain.announcements import Announcement, AnnouncementState
from domain.exchanges import Exchange
from domain.outbox import DeliveryState
from domain.roles import Role
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import newcomer
from tests.support.bot_process import RunningBot
from tests.support.chat import PATIENCE, Chat, buttons, data_of, read
from tests.support.exchanges import CONTACT, exchange, member, session
from tests.support.partners import SetClock
from tests.support.pictures import png
from tests.support.sandbox_server import Message
from tests.support.workers import eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")

READERS = ("ar", "uk", "fr")
TWO_DAYS = 49 * 3600
A_WHILE = 120
"""Seconds after which nothing is left in the hands of a bot that is gone, nor is put off."""


@dataclass(frozen=True, slots=True)
class World:
    """An exchange with two who run it, and its members, all in the sandbox."""

    chief: Chat
    second: Chat
    readers: tuple[Chat, ...]
    exchange: Exchange


async def now_in(bot: RunningBot) -> SetClock:
    moment = (await bot.sandbox.sim.clock())["now"]
    return SetClock(datetime.fromtimestamp(moment, UTC))


async def agreed(bot: RunningBot, memory: Store, clock: SetClock, language: str) -> Chat:
    chat = await newcomer(bot, language)
    await people.consent(memory, clock, telegram_id=chat.person, language=language)
    await chat.say("/help")
    await chat.expect("command-feedback")
    return chat


async def world(bot: RunningBot, memory: Store) -> World:
    clock = await now_in(bot)
    made = (await exchange(memory, clock)).exchange
    chief, second = [await agreed(bot, memory, clock, one) for one in ("de", "es")]
    readers = [await agreed(bot, memory, clock, one) for one in READERS]
    for chat in (chief, second):
        person = await memory.people.by_telegram(chat.person)
        assert person is not None
        async with memory.transaction():
            await memory.roles.grant(person.id, Role.COORDINATOR, by=None, at=clock())
            await memory.exchanges.entrust(made.id, person.id, at=clock())
    for chat in readers:
        person = await memory.people.by_telegram(chat.person)
        assert person is not None
        await member(memory, clock, made, person)
    return World(chief, second, tuple(readers), made)


async def press(chat: Chat, data: str, *, on: dict[str, Any] | None = None) -> dict[str, Any]:
    """Press what carries this data; it need not stand there."""
    message = on or (await chat.from_bot())[-1]
    return await chat.sim.tap(chat.person, message["message_id"], callback_data=data)


async def written(there: World) -> None:
    """In German and Ukrainian, for the members of the exchange."""
    chief = there.chief
    await chief.say("/announce")
    await chief.tap("button-announcement-new", await chief.expect("announcements-none"))
    await chief.expect("announcement-ask-text")
    await chief.say("Treffen am <30.> & danach")
    draft = await chief.expect("announcement-kept")
    await chief.tap("button-announcement-text", draft)
    choice = await chief.expect("announcement-which-language")
    await press(chief, next(d for d in datas(choice) if d.endswith(":uk")), on=choice)
    await chief.expect("announcement-ask-text")
    await chief.say("Зустріч 30-го")
    await chief.tap("button-announcement-audience", await chief.expect("announcement-kept"))
    await chief.tap("button-audience-exchange", await chief.expect("announcement-lacks-audience"))
    await chief.tap_text(
        "Internationale Partnerschaften", await chief.expect("audience-which-exchange")
    )
    aimed = await chief.expect("audience-title", "announcement-reaches")
    assert "Personen, die derzeit dazugehören: 3" in read(aimed["text"])
    await chief.tap("button-announcement-back", aimed)


def datas(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [one["callback_data"] for row in rows for one in row if "callback_data" in one]


async def told(chat: Chat, text: str) -> list[str]:
    """How often somebody was told this."""
    said = [read(one.get("text", "")) for one in await chat.from_bot()]
    return [one for one in said if text in one]


async def newest(memory: Store, there: World) -> Announcement:
    found, _ = await memory.announcements.page(
        0, {there.exchange.id}, every=False, offset=0, limit=1
    )
    return found[0]


async def two_days_later(bot: RunningBot, memory: Store, somebody: Chat) -> None:
    """Set the clock forward, until the bot has noticed: it writes down when somebody was here."""
    await bot.sandbox.sim.advance(TWO_DAYS)
    today = (await now_in(bot))().date()

    async def noticed() -> bool:
        await somebody.say("/help")
        await somebody.expect("command-feedback")
        person = await memory.people.by_telegram(somebody.person)
        return person is not None and person.seen_at is not None and person.seen_at.date() == today

    await eventually(noticed, PATIENCE)


@ON_BOTH
async def test_it_goes_once_to_each_in_their_language_and_is_changed_and_withdrawn(
    bot: RunningBot, memory: Store
) -> None:
    there = await world(bot, memory)
    chief, (arabic, ukrainian, french) = there.chief, there.readers
    await written(there)
    await chief.tap("button-announcement-send", await chief.expect("announcement-state-draft"))
    asked = await chief.expect("announcement-send-title")
    assert "Auf Ukrainisch lesen sie: 1" in read(asked["text"])
    assert "Auf Deutsch lesen sie: 2" in read(asked["text"])
    assert await told(french, "Treffen") == []

    one = await newest(memory, there)
    send = SendNow(one.id, one.version).pack()
    await there.second.say("/announce")
    await there.second.expect("announcements-title")
    for chat in (chief, there.second, chief):
        await press(chat, send, on=asked if chat is chief else None)
    await ukrainian.find_text("Зустріч 30-го")
    await french.find_text("Treffen am <30.> & danach")
    await arabic.find("announcement-in-another")
    await chief.find("announcement-state-sent")
    for chat, words in ((arabic, "Treffen am"), (ukrainian, "Зустріч"), (french, "Treffen am")):
        assert len(await told(chat, words)) == 1
    assert (await newest(memory, there)).number == 3

    window = await chief.expect("announcement-state-sent")
    await press(chief, f"At:{one.id}:uk", on=window)
    await chief.expect("announcement-ask-edit")
    await chief.say("Зустріч 31-го")
    await chief.expect("announcement-edited")
    await ukrainian.find_text("Зустріч 31-го")
    assert await told(ukrainian, "Зустріч 30-го") == []
    assert len(await told(french, "Treffen am")) == 1

    await two_days_later(bot, memory, french)
    await press(chief, WithdrawIt(one.id, 0).pack())
    await chief.tap("button-announcement-withdraw-sure")
    await chief.expect("announcement-state-withdrawn")
    for chat in there.readers:
        await chat.find("AnnouncementWithdrawn")
    assert await told(ukrainian, "Зустріч") == []


async def opened(chat: Chat, there: World) -> Message:
    """The window of the exchange, from the list."""
    await chat.say("/exchanges")
    listed = await chat.expect("exchanges-title")
    await press(chat, f"xe:{there.exchange.id}", on=listed)
    return await chat.until(lambda one: CONTACT.email in read(one["text"]), "its window")


async def test_from_the_window_of_an_exchange_to_all_its_members(
    bot: RunningBot, memory: Store
) -> None:
    """Begun by who runs it, in German and in Spanish; read in Arabic, Ukrainian and French."""
    there = await world(bot, memory)
    for chat, words in ((there.chief, "Bitte Unterlagen lesen"), (there.second, "Hasta pronto")):
        window = await opened(chat, there)
        assert chat.words("button-write-to-members") in buttons(window)
        await chat.tap("button-write-to-members", window)
        await chat.expect("announcement-to-members", "announcement-ask-text")
        await chat.say(words)
        draft = await chat.expect("announcement-kept", "announcement-for", "announcement-reaches")
        await chat.tap("button-announcement-send", draft)
        asked = await chat.expect("announcement-send-title")
        await press(chat, data_of(asked, "AN:"), on=asked)
        for reader in there.readers:
            await reader.find_text(words)
    window = await opened(there.readers[0], there)
    assert there.readers[0].words("button-write-to-members") not in buttons(window)
    await press(there.readers[0], WriteToMembers(there.exchange.id).pack(), on=window)
    await there.readers[0].find("refusal-not-yours")


async def test_a_member_who_presses_a_coordinators_buttons_sends_and_stops_nothing(
    bot: RunningBot, memory: Store
) -> None:
    there = await world(bot, memory)
    chief, (arabic, ukrainian, french) = there.chief, there.readers
    await written(there)
    one = await newest(memory, there)
    await french.say("/announce")
    await french.expect("refusal-not-yours")
    for guess in (SendNow(one.id, one.version), StopIt(one.id, 1), WithdrawIt(one.id, 1)):
        await press(french, guess.pack())
        await french.expect("refusal-not-yours")
    assert (await newest(memory, there)).state is AnnouncementState.DRAFT
    assert await told(ukrainian, "Зустріч") == []
    window = await chief.expect("announcement-state-draft")
    assert chief.words("button-announcement-send") in buttons(window)
    await chief.tap("button-announcement-send", window)
    now = await chief.expect("announcement-send-title")
    await press(chief, data_of(now, "AN:"), on=now)
    await ukrainian.find_text("Зустріч 30-го")
    await press(chief, WithdrawIt(one.id, 1).pack())
    await chief.expect("announcement-state-withdrawn")
    await chief.find("announcement-state-withdrawn")
    assert (await newest(memory, there)).state is AnnouncementState.WITHDRAWN
    await arabic.say("/help")
    await arabic.expect("command-feedback")
    assert await told(arabic, "Treffen") == []


@ON_BOTH
async def test_who_sent_it_sees_how_it_goes_on_after_the_bot_was_killed(
    bot: RunningBot, memory: Store
) -> None:
    there = await world(bot, memory)
    chief, (arabic, ukrainian, french) = there.chief, there.readers
    await bot.sandbox.sim.faults(
        {"method": "sendMessage", "chat_id": french.person, "status": 500, "times": 50}
    )
    await written(there)
    await chief.tap("button-announcement-send", await chief.expect("announcement-state-draft"))
    asked = await chief.expect("announcement-send-title")
    await press(chief, data_of(asked, "AN:"), on=asked)
    await ukrainian.find_text("Зустріч 30-го")
    await arabic.find("announcement-in-another")
    await chief.find("announcement-state-sending")
    one = await newest(memory, there)

    async def none_on_the_line() -> bool:
        report = await memory.announced.report(one)
        sent, queued = report.of(DeliveryState.SENT), report.of(DeliveryState.QUEUED)
        return (sent, queued, len(await memory.announced.watched())) == (2, 1, 1)

    await eventually(none_on_the_line)
    (progress,) = await memory.announced.watched()
    await bot.kill()
    await bot.sandbox.sim.clear_faults()
    await bot.sandbox.sim.advance(A_WHILE)
    await bot.start()
    await french.find_text("Treffen am <30.> & danach")
    over = await chief.find("announcement-state-sent")
    assert over["message_id"] == progress.message
    for chat, words in ((arabic, "Treffen am"), (ukrainian, "Зустріч"), (french, "Treffen am")):
        assert len(await told(chat, words)) == 1


@pytest.mark.parametrize("language", ["de", "uk"])
async def test_a_picture_with_words_beneath_is_both_the_picture_and_the_text(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chief = await coordinator(bot, memory, language)
    await chief.say("/announce")
    await chief.tap("button-announcement-new", await chief.expect("announcements-none"))
    await chief.expect("announcement-ask-text")
    await shown(chief, "Vodokanal <3 & mehr")
    draft = await chief.expect("announcement-kept", "announcement-beside-file")
    await chief.tap("button-announcement-preview", draft)
    beneath = await chief.expect("announcement-preview")
    (picture,) = [one for one in await chief.from_bot() if "photo" in one]
    assert picture["caption"].endswith("\n\nVodokanal <3 & mehr")
    await chief.tap("button-announcement-back", beneath)
    again = await chief.expect("announcement-state-draft", "announcement-beside-file")
    await chief.tap("button-announcement-file", again)
    await chief.expect("announcement-ask-file")
    await shown(chief, "Ganz anders")
    await chief.expect("announcement-caption-left", "announcement-beside-file")


async def shown(chat: Chat, caption: str) -> None:
    """Send a picture with words beneath it."""
    await chat.sim.upload(chat.person, png(), "a.png", "image/png", field="photo", caption=caption)


async def coordinator(bot: RunningBot, memory: Store, language: str) -> Chat:
    """Somebody who may announce."""
    clock = await now_in(bot)
    chat = await agreed(bot, memory, clock, language)
    person = await memory.people.by_telegram(chat.person)
    assert person is not None
    async with memory.transaction():
        await memory.roles.grant(person.id, Role.COORDINATOR, by=None, at=clock())
    return chat


async def test_for_whom_it_is_is_written_where_it_is_asked_and_the_session_is_named(
    bot: RunningBot, memory: Store
) -> None:
    there, clock = await world(bot, memory), await now_in(bot)
    await session(memory, clock, there.exchange)
    chief = there.chief
    await chief.say("/announce")
    await chief.tap("button-announcement-new", await chief.expect("announcements-none"))
    await chief.expect("announcement-ask-text")
    await chief.say("Bis bald")
    await chief.tap("button-announcement-audience", await chief.expect("announcement-kept"))
    await chief.expect("audience-title")
    await chief.say("Mitglieder von Internationale Partnerschaften")
    await chief.tap("button-audience-take", await chief.expect("audience-understood"))
    aimed = await chief.expect("audience-title", "announcement-reaches")
    await chief.tap("button-announcement-back", aimed)
    await chief.tap("button-announcement-replies", await chief.expect("announcement-state-draft"))
    asked = await chief.expect("announcement-which-session")
    await chief.tap_text(next(one for one in buttons(asked) if "Wasserverluste" in one), asked)
    draft = await chief.expect("announcement-kept", "announcement-beside-replies")
    assert "Wasserverluste senken" in read(draft["text"])
