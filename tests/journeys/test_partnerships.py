"""Existing partnerships and the card as text over HTTP: in two languages at once, with wrong input,
with the bot killed in between."""

import asyncio

import pytest

from actions import partnerships
from domain.partnerships import PartnershipKind, Told
from locales.speech import own_name
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import Side, settled
from tests.support.bot_process import RunningBot
from tests.support.chat import buttons, read

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLIMATE = PartnershipKind.CLIMATE
SAID = {
    "uk": ("Дрезден, кліматичне партнерство з 2022; Масасі", "Дрезден", "Масасі"),
    "ar": ("لفيف، شراكة من أجل المناخ منذ ٢٠٢٢؛ ماساسي", "لفيف", "ماساسي"),
}
WRONG = {
    "2099": "misheard-partnerships",
    "👍": "misheard-partnerships",
    "Lviv 2999": "misheard-partnership-year",
    "/nonsense": "misheard-command",
}


async def tell_wrongly_then_rightly(bot: RunningBot, side: Side) -> None:
    chat = side.chat
    await chat.say("/profile")
    await chat.expect("profile-title", "profile-published")
    await chat.tap("button-change-further")
    await chat.tap("button-partnerships")
    await chat.expect("question-partnerships", "partnerships-none")
    for words, key in WRONG.items():
        if words == "2099":
            key = "misheard-partnership-year"
        await chat.say(words)
        await chat.expect(key, "question-partnerships")
    await chat.say(SAID[chat.language][0])
    await chat.expect("partnerships-read")


async def tell(store: Store, side: Side) -> None:
    chat, (_, first, second) = side.chat, SAID[side.chat.language]
    await chat.tap("button-partnerships-add")
    await chat.expect("partnerships-added", "question-partnerships")
    there = await partnerships.of(store, side.person)
    assert [one.told for one in there] == [Told(first, CLIMATE, 2022), Told(second)]
    window = (await chat.from_bot())[-1]
    remove = next(one for one in buttons(window) if second in one)
    await chat.tap_text(remove, window)
    await chat.expect("partnerships-removed")
    assert [one.told for one in await partnerships.of(store, side.person)] == [there[0].told]
    await chat.tap("button-partnerships-leave")
    card = await chat.expect("profile-title")
    assert first in read(card["text"])


async def share(side: Side) -> None:
    chat, first = side.chat, SAID[side.chat.language][1]
    await chat.tap("button-share")
    shared = await chat.until(
        lambda one: own_name("de") in buttons(one), "the card as text, in other languages too"
    )
    assert first in read(shared["text"])
    assert "example.org" in read(shared["text"]), "the address is shared"
    assert read(chat.words("answer-seeks")) in read(shared["text"])
    await chat.tap_text(own_name("de"), shared)
    await chat.until(
        lambda one: "Sucht: Klärschlamm" in read(one["text"]) and first in read(one["text"])
    )


@ON_BOTH
async def test_told_corrected_removed_and_shared_with_the_bot_killed_in_between(
    bot: RunningBot, memory: Store
) -> None:
    one, other = await asyncio.gather(settled(bot, memory, "uk"), settled(bot, memory, "ar"))
    await asyncio.gather(tell_wrongly_then_rightly(bot, one), tell_wrongly_then_rightly(bot, other))
    await bot.kill()
    await bot.start()
    await asyncio.gather(tell(memory, one), tell(memory, other))
    await asyncio.gather(share(one), share(other))
