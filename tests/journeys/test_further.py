"""The second part of the profile over HTTP: offered after the first, answered by buttons and by
words, in two languages at once, with the bot killed in between."""

import asyncio
from pathlib import Path

import pytest

from domain.organisations import Form, Organisation, Size
from domain.profiles import FURTHER
from storage.store import Store
from tests.journeys.patient import bot_on
from tests.journeys.standing import Side, ask_further, settled
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, read

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAID = {
    "uk": {"forms": "кліматичне партнерство, взаємні візити", "size": "85 тис.", "active": "так"},
    "ar": {"forms": "شراكة من أجل المناخ، زيارات متبادلة", "size": "٨٥ ألف", "active": "نعم"},
    "de": {"forms": "Klimapartnerschaft und Besuche", "size": "85.000 Einwohner", "active": "ja"},
    "fr": {"forms": "partenariat climatique et visites", "size": "85 000", "active": "oui"},
    "es": {"forms": "alianza por el clima y visitas", "size": "85 mil", "active": "sí"},
    "pt": {"forms": "parceria climática e visitas", "size": "85.000", "active": "sim"},
    "en": {"forms": "climate partnership, visits", "size": "85,000 people", "active": "yes"},
}


async def own(store: Store, side: Side) -> Organisation:
    found = await store.organisations.of(side.person.id)
    assert found is not None
    return found


async def understood(chat: Chat, question: str, words: str) -> None:
    """Say it in words, and tap the first button: what was understood."""
    await chat.expect(question)
    await chat.say(words)
    window = await chat.expect("please-confirm", question)
    await chat.tap_text(buttons(window)[0], window)


async def tell_forms_size_and_activity(chat: Chat) -> None:
    said = SAID[chat.language]
    await chat.expect("question-forms")
    await chat.say(said["forms"])
    window = await chat.expect("please-confirm", "question-forms")
    await chat.tap("button-done", window)
    await understood(chat, "question-size", said["size"])
    await understood(chat, "question-active", said["active"])


@pytest.mark.parametrize("language", SAID)
async def test_the_second_part_is_answered_in_words_of_each_language(
    bot: RunningBot, memory: Store, language: str
) -> None:
    side = await settled(bot, memory, language)
    await ask_further(side.chat)
    await tell_forms_size_and_activity(side.chat)
    organisation = await own(memory, side)
    assert organisation.forms == {Form.CLIMATE, Form.VISITS}
    assert organisation.size is Size.MEDIUM
    assert organisation.active is True


async def test_the_second_part_goes_on_after_a_restart(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    async with bot_on(database_url, tmp_path) as bot:
        one, other = await asyncio.gather(settled(bot, store, "uk"), settled(bot, store, "ar"))
        await asyncio.gather(ask_further(one.chat), ask_further(other.chat))
        for side in (one, other):
            await side.chat.tap("filter-form-mentor")
            chosen = f"✅ {side.chat.words('filter-form-mentor')}"
            await side.chat.until(lambda said, chosen=chosen: chosen in buttons(said))
        await bot.kill()
        await bot.start()
        for side in (one, other):
            await side.chat.tap("button-done")
            await side.chat.expect("question-size")
            await side.chat.tap("size-small")
            await side.chat.expect("question-active")
            await side.chat.tap("active-no")
            organisation = await own(store, side)
            assert organisation.forms == {Form.MENTOR}
            assert (organisation.size, organisation.active) == (Size.SMALL, False)


async def test_skipped_is_not_stated_and_offered_again(bot: RunningBot, memory: Store) -> None:
    side = await settled(bot, memory, "es")
    chat = side.chat
    await ask_further(chat)
    for which in FURTHER:
        await chat.expect(f"question-{which}")
        await chat.tap("button-skip")
    card = await chat.expect("profile-title", "profile-published")
    assert read(card["text"]).count(chat.words("not-stated")) >= len(FURTHER)
    organisation = await own(memory, side)
    assert {getattr(organisation, which.value) for which in FURTHER} == {None}
    await ask_further(chat)
    await chat.tap("button-cancel")
    await chat.expect("cancelled")
