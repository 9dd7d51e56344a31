"""The second part of the profile over HTTP: offered after the first, answered by buttons and by
words, in two languages at once, with the bot killed in between."""

import asyncio
import unicodedata
from datetime import date

import pytest

from domain.organisations import Form, Organisation, Size
from domain.profiles import FURTHER
from locales.speech import speech
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
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


UNTIL = {
    "uk": ("30 червня 2020", "30 червня 2030", "ЦСР 6, 13", "Азія"),
    "ar": ("٣٠ حزيران ٢٠٢٠", "٣٠ حزيران ٢٠٣٠", "٦ و ١٣", "آسيا"),
    "de": ("30.06.2020", "30.06.2030", "SDG 6 und 13", "Asien"),
    "fr": ("30 juin 2020", "30 juin 2030", "ODD 6 et 13", "Asie"),
    "es": ("30 de junio de 2020", "30 de junio de 2030", "ODS 6 y 13", "Asia"),
    "pt": ("30/06/2020", "30/06/2030", "6 e 13", "Ásia"),
    "en": ("30 June 2020", "30 June 2030", "SDGs 6, 13", "Asia"),
}
"""A day that has passed and one to come, goals, and a region that is ruled out."""


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
    await tell_goals_regions_and_room(side.chat)
    organisation = await own(memory, side)
    assert organisation.sdgs == {"6", "13"}
    assert organisation.regions_excluded == {"asia"}
    assert organisation.full_until == date(2030, 6, 30)


async def tell_goals_regions_and_room(chat: Chat) -> None:
    past, coming, goals, ruled_out = UNTIL[chat.language]
    for question, words in (("sdgs", goals), ("regions_excluded", ruled_out)):
        await chat.expect(f"question-{question}")
        await chat.say(words)
        window = await chat.expect("please-confirm", f"question-{question}")
        if chat.words("button-done") not in buttons(window):
            await chat.tap_text(buttons(window)[0], window)
        await chat.tap("button-done")
    await chat.expect("question-full_until")
    await chat.say(past)
    await chat.until(lambda one: "2020" in digits(read(one["text"])), "the day has passed")
    await understood(chat, "question-full_until", coming)
    card = await chat.expect("answer-stored", "profile-title", "profile-full")
    assert "2030" in digits(card["text"])


def digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(one, one)) for one in text)


async def test_who_is_full_is_not_suggested_until_then(bot: RunningBot, memory: Store) -> None:
    here, there = await asyncio.gather(settled(bot, memory, "de"), settled(bot, memory, "ar"))
    async with memory.transaction():
        # Nobody else of these journeys has to do with them.
        animals, sports = frozenset({"animal_welfare"}), frozenset({"sports"})
        for one, offers, seeks in ((here, animals, sports), (there, sports, animals)):
            await memory.organisations.change(one.organisation.id, offers=offers, seeks=seeks)
    await there.press("e:full_until")
    await there.told("question-full_until")
    await there.chat.tap_text(speech("ar").plain("full-for-months", 6))
    await there.told("profile-full")
    await here.chat.say("/partners")
    await here.told("partners-none")
    await there.press("e:full_until")
    await there.told("question-full_until")
    await there.chat.tap("full-not")
    await there.chat.expect("answer-stored", "profile-title")
    await here.chat.say("/partners")
    await here.chat.find_text(str(there.organisation.name))


@ON_BOTH
async def test_the_second_part_goes_on_after_a_restart(bot: RunningBot, memory: Store) -> None:
    one, other = await asyncio.gather(settled(bot, memory, "uk"), settled(bot, memory, "ar"))
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
        organisation = await own(memory, side)
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
