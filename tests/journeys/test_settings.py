"""Settings over HTTP: each changed twice, two languages at once, after a restart, and what they do
to what is said unasked."""

from datetime import UTC, datetime, timedelta

import pytest

from actions import introductions
from domain.introductions import Introduction
from locales.speech import speech
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import Side, newcomer, settled
from tests.journeys.walking import agree
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, read, says
from tests.support.outboxes import rows
from tests.support.workers import eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOUR = 3600


async def open_settings(chat: Chat) -> None:
    await chat.say("/settings")
    await chat.expect("settings-title")


async def type_into(chat: Chat, which: str, words: str, *answers: str) -> None:
    """Open a setting with its button, and write into it."""
    await chat.tap(f"button-setting-{which}")
    await chat.expect(f"settings-{which}-question")
    await chat.say(words)
    await chat.expect(*answers)


async def change_everything(chat: Chat, place: str, quiet: tuple[str, str], day: str) -> None:
    """Every setting but the language, each twice, with a wrong word in between."""
    await open_settings(chat)
    await type_into(chat, "zone", "ъъъ кхм zzz", "misheard-zone")
    await chat.say(place)
    await chat.expect("settings-kept", "settings-zone")
    await type_into(chat, "zone", "UTC+3", "settings-kept", "settings-zone")
    assert "UTC+3" in read((await chat.expect("settings-title"))["text"])
    await type_into(chat, "quiet", "25-99", "misheard-quiet")
    await chat.say(quiet[0])
    await chat.expect("settings-kept", "settings-quiet")
    await type_into(chat, "quiet", quiet[1], "settings-kept", "settings-quiet")
    await type_into(chat, "pause", "1.1.2020", "refusal-pause-past")
    await chat.say("ъъъ")
    await chat.expect("misheard-day")
    await chat.say(day)
    await chat.expect("settings-kept", "settings-pause")
    await chat.tap("button-setting-pause")
    await chat.tap("button-pause-over")
    await chat.expect("settings-resumed", "settings-pause-none")
    await chat.tap("button-setting-told")
    for sign in ("✅", "▫️"):
        await switch_news(chat, sign)
    await chat.tap("button-all-settings")
    await chat.expect("settings-title", "settings-told")


async def switch_news(chat: Chat, then: str) -> None:
    """Be told of new partners, or no longer; the button then bears this sign."""
    news = chat.words("told-fitting")
    window = await chat.expect("settings-told-question")
    await chat.tap_text(next(one for one in buttons(window) if news in one), window)
    await chat.until(lambda one: f"{then} {news}" in buttons(one), then)


@ON_BOTH
async def test_every_setting_twice_in_two_languages_at_once(bot: RunningBot, memory: Store) -> None:
    spanish, arabic = [await settled(bot, memory, language) for language in ("es", "ar")]
    await change_everything(
        spanish.chat, "Lima, Perú", ("22:30 a 6:00", "de 21 a 7 horas"), "31 de diciembre"
    )
    await change_everything(
        arabic.chat, "إربد، الأردن", ("من ١٠ مساءً إلى ٦ صباحًا", "٢١-٧"), "٣١ ديسمبر"
    )
    await bot.kill()
    await bot.start()
    for one in (spanish, arabic):
        await open_settings(one.chat)
        text = read((await one.chat.expect("settings-quiet", "settings-pause-none"))["text"])
        assert "UTC+3" in text
        person = await memory.people.by_id(one.person.id)
        assert person is not None
        assert person.quiet is not None
        assert (person.quiet.start, person.quiet.end) == (21 * 60, 7 * 60)


async def test_the_window_is_one_and_edited_in_place(bot: RunningBot, memory: Store) -> None:
    here = (await settled(bot, memory, "pt")).chat
    await open_settings(here)
    number = len(await here.messages())
    for which, key in (("quiet", "button-quiet-none"), ("pause", "button-pause-week"),
                       ("pause", "button-pause-over"), ("language", "")):  # fmt: skip
        await here.tap(f"button-setting-{which}")
        if key:
            await here.tap(key)
            await here.expect("settings-title")
    await here.expect("language-question")
    await here.tap_text("Українська")
    here.language = "uk"
    await here.expect("language-changed", "settings-title")
    assert len(await here.messages()) == number
    # An older window says what is true now, and its buttons do what they say.
    older = (await here.from_bot())[-1]
    await here.say("/settings")
    await here.until(lambda one: one["message_id"] != older["message_id"], "a new window")
    await here.tap("button-setting-quiet", (await here.from_bot())[-1])
    await here.expect("settings-quiet-question")
    await here.tap_text(buttons((await here.from_bot())[-1])[0], (await here.from_bot())[-1])
    await here.expect("settings-kept")
    await here.tap("button-setting-told", older)
    await here.find("settings-told-question")


async def test_a_question_of_the_profile_goes_on_waiting(bot: RunningBot) -> None:
    chat = await newcomer(bot, "fr")
    await agree(chat)
    await chat.say("Awa Diop")
    await chat.expect("question-function")
    await chat.say("/settings")
    await chat.expect("settings-title", "settings-zone-unknown")
    await chat.tap("button-setting-zone")
    await chat.find("settings-zone-question")
    await chat.say("Dakar")
    await chat.expect("aside-left", "question-function")
    await chat.tap("button-setting-pause", await chat.find("settings-kept"))
    await chat.find("settings-pause-question")
    await chat.say("/cancel")
    await chat.expect("aside-left", "question-function")
    await chat.say("Secrétaire municipale")
    await chat.expect("question-contact")


async def clock_of(bot: RunningBot):
    moment = (await bot.sandbox.sim.clock())["now"]
    now = datetime.fromtimestamp(moment, UTC)
    return lambda: now


async def ask(bot: RunningBot, memory: Store, asking: Side, asked: Side) -> Introduction:
    return await introductions.ask(
        memory, await clock_of(bot), by=asking.person, organisation=asked.organisation.id
    )


async def held(memory: Store, side: Side, reason: str) -> None:
    """Until what is for somebody has been put off."""

    async def holds() -> bool:
        waiting = [one for one in await rows(memory) if one.recipient == side.person.id]
        return [(one.state, one.reason) for one in waiting] == [("queued", reason)]

    await eventually(holds)


async def test_what_comes_in_quiet_hours_comes_after_them(bot: RunningBot, memory: Store) -> None:
    here, there = [await settled(bot, memory, language) for language in ("uk", "es")]
    now = (await clock_of(bot))()
    start, end = ((now + timedelta(hours=by)).hour for by in (-1, 2))
    await open_settings(here.chat)
    await type_into(here.chat, "zone", "UTC", "settings-kept")
    await type_into(here.chat, "quiet", f"{start}-{end}", "settings-kept")
    await ask(bot, memory, there, here)
    await held(memory, here, "quiet-hours")
    assert await here.times_told("IntroductionAsked") == 0
    # What they ask for themselves is answered at any hour.
    await here.chat.say("/help")
    await here.chat.expect("help")
    await bot.kill()
    await bot.start()
    await bot.sandbox.sim.advance(3 * HOUR)
    await here.told("IntroductionAsked")
    assert await here.times_told("IntroductionAsked") == 1


async def test_who_ends_a_pause_is_told_at_once(bot: RunningBot, memory: Store) -> None:
    here, there = [await settled(bot, memory, language) for language in ("ar", "de")]
    await open_settings(here.chat)
    await here.chat.tap("button-setting-pause")
    await here.chat.tap("button-pause-week")
    await here.chat.expect("settings-kept", "settings-pause")
    await ask(bot, memory, there, here)
    await held(memory, here, "paused")
    await here.chat.tap("button-setting-pause")
    await here.chat.tap("button-pause-over")
    await here.chat.find("settings-resumed")
    await here.told("IntroductionAsked")
    assert says("ar", "IntroductionAsked", (await here.chat.from_bot())[-1]["text"])


async def unreachable(memory: Store, side: Side) -> None:
    """Until it is known that somebody has blocked the bot."""

    async def holds() -> bool:
        person = await memory.people.by_id(side.person.id)
        return person is not None and not person.reachable

    await eventually(holds)


async def missed(memory: Store, side: Side) -> None:
    """Until what was for somebody has been settled without being sent."""

    async def holds() -> bool:
        for_them = [one for one in await rows(memory) if one.recipient == side.person.id]
        return [(one.state, one.reason) for one in for_them] == [("skipped", "unreachable")]

    await eventually(holds)


def waits(side: Side) -> str:
    """The sentence that one request waits, as it is read."""
    return read(str(speech(side.chat.language)("waiting-requests", 1)))


async def test_who_comes_back_is_told_once_what_waits(bot: RunningBot, memory: Store) -> None:
    starts, writes = [await settled(bot, memory, language) for language in ("uk", "ar")]
    other = await settled(bot, memory, "en")
    sim = bot.sandbox.sim
    for one in (starts, writes):
        await sim.block(one.chat.person)
        await unreachable(memory, one)
        await ask(bot, memory, other, one)
        await missed(memory, one)
        await sim.unblock(one.chat.person)
    # With Telegram's own button for it, which says /start; and without.
    await starts.chat.say("/start")
    for one in (starts, writes):
        assert waits(one) in await one.told("WelcomeBack")
    await starts.chat.say("/help")
    await starts.chat.expect("help")
    settled_welcomes = [
        (one.state, one.reason)
        for one in await rows(memory)
        if one.kind == "WelcomeBack" and one.recipient == starts.person.id
    ]
    assert settled_welcomes == [("skipped", "said-already")]
    for one in (starts, writes):
        assert await one.times_told("WelcomeBack") == 1
        assert await one.times_told("IntroductionAsked") == 0
    await writes.chat.tap("button-all-introductions", await writes.chat.find("WelcomeBack"))
    await writes.chat.until(lambda one: "qs:" in str(one.get("reply_markup")), "the request")


async def test_who_was_away_for_long_gets_an_answer_and_a_welcome(
    bot: RunningBot, memory: Store
) -> None:
    here = await settled(bot, memory, "pt")
    now = (await clock_of(bot))()
    async with memory.transaction():
        await memory.people.change(here.person.id, seen_at=now - timedelta(days=70))
    await here.chat.say("/help")
    await here.told("help")
    await here.told("WelcomeBack")
    await here.chat.say("/help")
    await here.chat.expect("help")
    assert await here.times_told("WelcomeBack") == 1


@pytest.mark.parametrize(("written", "language"), [("English", "en"), ("auf Deutsch", "de"),
                                                   ("Українською, будь ласка", "uk")])  # fmt: skip
async def test_a_language_is_written_as_well_as_tapped(
    bot: RunningBot, memory: Store, written: str, language: str
) -> None:
    chat = (await settled(bot, memory, "es")).chat
    await chat.say("/language")
    await chat.expect("language-question")
    await chat.say(written)
    chat.language = language
    await chat.expect("language-changed")


async def test_a_language_is_written_while_a_question_waits_and_is_its_answer_later(
    bot: RunningBot, memory: Store
) -> None:
    chat = (await settled(bot, memory, "de")).chat
    await chat.say("/exchanges")
    await chat.tap("button-search-exchanges")
    await chat.expect("exchange-search-question")
    await chat.say("/language")
    await chat.expect("language-question")
    await chat.say("English")
    chat.language = "en"
    await chat.find("language-changed")
    await chat.expect("exchange-search-question")
    await chat.say("Deutsch")
    await chat.until(lambda one: "Deutsch" in read(one["text"]), "what was searched for")
    chat.language = "en"
    await chat.say("/settings")
    await chat.expect("settings-title")


async def test_a_stranger_writes_the_language_they_speak(bot: RunningBot) -> None:
    sim = bot.sandbox.sim
    chat = Chat(sim, await sim.person("Neu", "de"), "de")
    await chat.say("/start")
    await chat.expect("welcome")
    await chat.say("English")
    chat.language = "en"
    await chat.expect("welcome")
