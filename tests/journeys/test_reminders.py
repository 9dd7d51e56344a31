"""Members are reminded of a session, over HTTP: each in their language and zone, once, at the
distances that they have chosen, and after an outage of the nearest."""

import asyncio
from datetime import datetime, timedelta

import pytest

from actions import reminders, settings
from domain.exchanges import DAY, HOUR
from domain.sessions import Session
from locales import moments
from locales.speech import speech
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import Side, settled
from tests.journeys.test_organisations import now_in
from tests.support.bot_process import RunningBot
from tests.support.chat import buttons, read
from tests.support.exchanges import Setting, exchange, member, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZONES = {"de": "Europe/Berlin", "uk": "Europe/Kyiv"}
BEGINS = {
    ("de", 7 * DAY): "Das Treffen beginnt in 7 Tagen.",
    ("de", DAY): "Das Treffen beginnt morgen.",
    ("de", HOUR): "Das Treffen beginnt in einer Stunde.",
    ("uk", 7 * DAY): "Зустріч почнеться через 7 днів.",
    ("uk", DAY): "Зустріч почнеться завтра.",
    ("uk", HOUR): "Зустріч почнеться через 1 годину.",
}


async def meeting(bot: RunningBot, memory: Store) -> tuple[Setting, Session, list[Side]]:
    """A session in nine days, and two members who live elsewhere and speak otherwise."""
    clock = await now_in(bot)
    there = await exchange(memory, clock)
    members = []
    for language, zone in ZONES.items():
        one = await settled(bot, memory, language)
        await settings.live_in(memory, clock, by=one.person, zone=zone)
        await member(memory, clock, there.exchange, one.person)
        members.append(one)
    begins = (clock() + timedelta(days=9)).replace(second=0, microsecond=0)
    made = await session(memory, clock, there.exchange, starts_at=begins)
    async with memory.transaction():
        await reminders.follow(memory, clock, made)
    return there, made, members


async def until(bot: RunningBot, moment: datetime) -> None:
    """Let the sandbox's clock show a moment."""
    await bot.sandbox.sim.advance((moment - (await now_in(bot))()).total_seconds())


async def due(memory: Store, made: Session, minutes: int) -> datetime:
    (found,) = [one.due_at for one in await memory.reminders.all_of(made.id)
                if one.minutes == minutes]  # fmt: skip
    return found


@ON_BOTH
async def test_two_members_are_reminded_in_their_languages_and_zones(
    bot: RunningBot, memory: Store
) -> None:
    there, made, members = await meeting(bot, memory)
    for number, minutes in enumerate((7 * DAY, DAY, HOUR), 1):
        await until(bot, await due(memory, made, minutes))
        for one in members:
            language = one.chat.language
            said = await one.chat.find_text(BEGINS[language, minutes])
            text, zone = read(said["text"]), ZONES[language]
            say = speech(language)
            assert read(moments.moment(say, made.starts_at, zone)) in text
            assert buttons(said) == [
                one.chat.words(f"button-reply-{reply}") for reply in ("yes", "maybe", "no")
            ]
            assert await one.times_told("SessionReminder") == number
    german, ukrainian = members
    # The Ukrainian member chooses one more, in a window of their own; the German one does not.
    await ukrainian.press(f"Ym:{there.exchange.id}")
    await ukrainian.chat.find("reminders-as-exchange")
    window = await ukrainian.chat.find("reminders-mine")
    before = speech("uk").plain("reminder-before-minutes", 15)
    assert read(before) == "за 15 хвилин"
    await ukrainian.chat.tap_text(f"▫️ {before}", window)
    window = await ukrainian.chat.find("reminders-own")
    assert "за 15 хвилин" in read(window["text"])
    await until(bot, made.starts_at - timedelta(minutes=15))
    await ukrainian.chat.find_text("Зустріч почнеться через 15 хвилин.")
    assert await ukrainian.times_told("SessionReminder") == 4
    assert await german.times_told("SessionReminder") == 3


async def test_after_days_without_a_bot_each_is_told_of_the_nearest(
    bot: RunningBot, memory: Store
) -> None:
    _, made, members = await meeting(bot, memory)
    await bot.kill()
    await until(bot, made.starts_at - timedelta(hours=20))
    await bot.start()
    for one in members:
        await one.told("SessionReminder")
    await until(bot, await due(memory, made, HOUR))
    for one in members:
        await one.chat.find_text(BEGINS[one.chat.language, HOUR])
    await asyncio.gather(*(one.chat.say("/help") for one in members))
    for one in members:
        await one.chat.expect("help")
        assert await one.times_told("SessionReminder") == 2, "of the day before, and of the hour"
