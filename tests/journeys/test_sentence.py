"""One sentence is enough: it fills several answers for confirmation; only gaps are asked for."""

import asyncio

import pytest

from domain.profiles import Answer, Profile
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import newcomer, settled, stand_at
from tests.journeys.walking import agree
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, data_of, read, says

pytestmark = pytest.mark.asyncio(loop_scope="module")

KASSEL = "Wir sind die Stadtwerke Kassel und suchen in Jordanien einen Partner zur Leckortung"
SENTENCES = {
    "de": (KASSEL, "Stadtwerke Kassel", "Kassel", "leak_detection", "JO"),
    "en": (
        "We are Lusaka Water Company and are looking for a partner in Germany for leak detection.",
        "Lusaka Water Company",
        "Lusaka",
        "leak_detection",
        "DE",
    ),
    "fr": (
        "Nous sommes la commune de Kidira et cherchons en Allemagne un partenaire pour la gestion "
        "des déchets.",
        "commune de Kidira",
        "Kidira",
        "waste_collection",
        "DE",
    ),
    "es": (
        "Somos la Municipalidad de Cajamarca, Perú, y buscamos en Alemania un socio para la "
        "detección de fugas de agua",
        "Municipalidad de Cajamarca",
        "Cajamarca",
        "leak_detection",
        "DE",
    ),
    "pt": (
        "Somos a Câmara Municipal de Maputo e procuramos na Alemanha um parceiro para a gestão de "
        "resíduos.",
        "Câmara Municipal de Maputo",
        "Maputo",
        "waste_collection",
        "DE",
    ),
    "uk": (
        "Ми — міська рада Львова і шукаємо в Німеччині партнера для енергоефективності",
        "міська рада Львова",
        "Lviv",
        "energy_efficiency",
        "DE",
    ),
    "ar": (
        "نحن بلدية الرمثا ونبحث في ألمانيا عن شريك لإدارة النفايات",
        "بلدية الرمثا",
        "Ar Ramthā",
        "waste_collection",
        "DE",
    ),
}


async def profile_of(store: Store, chat: Chat) -> Profile:
    person = await store.people.by_telegram(chat.person)
    assert person is not None
    return Profile(person, await store.organisations.of(person.id))


async def review(chat: Chat) -> str:
    """The window of what was understood, as it is read now."""
    return read((await chat.expect("sentence-understood"))["text"])


@pytest.mark.parametrize("language", SENTENCES)
async def test_one_sentence_fills_several_answers(
    bot: RunningBot, memory: Store, language: str
) -> None:
    sentence, name, town, topic, region = SENTENCES[language]
    chat = await newcomer(bot, language)
    await agree(chat)
    await chat.find("sentence-offer")
    await chat.tap("button-sentence")
    await chat.expect("sentence-question")
    await chat.say(sentence)
    assert name in await review(chat)
    assert (await profile_of(memory, chat)).organisation is None, "stored before it was confirmed"

    await chat.tap("button-take-over")
    await chat.find("sentence-taken-over")
    await chat.expect("question-name")
    profile = await profile_of(memory, chat)
    assert profile.organisation is not None
    assert profile.organisation.name == name
    assert profile.organisation.kind is not None
    assert profile.organisation.place is not None
    assert profile.organisation.place.name == town
    assert profile.organisation.seeks == {topic}
    assert profile.organisation.regions == {region}
    assert profile.organisation.offers is None


async def test_only_what_is_missing_is_asked_for(bot: RunningBot, memory: Store) -> None:
    chat = await newcomer(bot, "de")
    await agree(chat)
    await chat.tap("button-sentence")
    await chat.expect("sentence-question")
    await chat.say(KASSEL)
    await review(chat)
    await chat.tap("button-take-over")
    await chat.expect("question-name")
    await chat.say("Anna Vogt")
    for which in ("function", "contact", "shares"):
        await chat.expect(f"question-{which}")
        await chat.tap("button-skip")
    for which in ("sectors", "offers", "languages"):
        await chat.expect(f"question-{which}")
        await chat.tap("button-skip")
    await chat.expect("profile-title", "profile-next-publish")
    assert (await profile_of(memory, chat)).person.name == "Anna Vogt"


async def test_the_questions_own_words_are_still_its_answer(bot: RunningBot, memory: Store) -> None:
    chat = await newcomer(bot, "en")
    await agree(chat)
    await chat.say("Grace Mwila of the beautiful Lusaka region")
    await chat.expect("question-function")
    assert (await profile_of(memory, chat)).person.name == (
        "Grace Mwila of the beautiful Lusaka region"
    )


@ON_BOTH
async def test_an_introduction_in_the_place_of_a_name_survives_a_restart(
    bot: RunningBot, memory: Store
) -> None:
    """Two people, two languages, at once; nothing is stored until each confirms."""
    here, there = [await stand_at(bot, memory, one, Answer.NAME) for one in ("de", "ar")]
    await asyncio.gather(here.say(KASSEL), there.say(SENTENCES["ar"][0]))
    for chat in (here, there):
        await chat.expect("sentence-taken-for-one", "sentence-understood")
        assert (await profile_of(memory, chat)).person.name is None

    await bot.kill()
    await bot.start()
    window = await here.expect("sentence-understood")
    unwanted = data_of(window, "yd:")
    await here.sim.tap(here.person, window["message_id"], callback_data=unwanted)
    await here.until(lambda one: "yk:" in str(one.get("reply_markup")), "an item left out")
    # Tapped twice: what was left out stays so.
    await here.sim.tap(here.person, window["message_id"], callback_data=unwanted)
    await here.tap("button-take-over")
    await here.expect("question-name")
    profile = await profile_of(memory, here)
    assert profile.organisation is not None
    assert profile.organisation.name is None
    assert profile.organisation.seeks == {"leak_detection"}
    await there.tap("button-sentence-is-name")
    await there.expect("question-function")
    assert (await profile_of(memory, there)).person.name == SENTENCES["ar"][0]
    assert (await profile_of(memory, there)).organisation is None


async def test_another_sentence_adds_and_corrects_and_wrong_input_keeps_the_draft(
    bot: RunningBot, memory: Store
) -> None:
    chat = await newcomer(bot, "de")
    await agree(chat)
    await chat.tap("button-sentence")
    await chat.expect("sentence-question")
    await chat.say("👍🎉")
    await chat.expect("sentence-not-understood", "sentence-question")
    await chat.say("<b>guten Morgen</b>")
    await chat.expect("sentence-not-understood")
    await chat.say(KASSEL + " und in Afrika")
    await chat.until(lambda one: "Afrika" in read(one["text"]), "Africa")
    await chat.say("Doch nicht in Afrika. Wir bieten Fernwärme.")
    window = await chat.expect("sentence-left-out")
    assert "Fernwärme" in read(window["text"])
    await chat.say("Solarenergie")
    window = await chat.expect("sentence-which-way")
    offered = data_of(window, "ys:")
    await chat.sim.tap(chat.person, window["message_id"], callback_data=offered)
    await chat.until(
        lambda one: not says("de", "sentence-which-way", one["text"]), "the topic settled"
    )
    await chat.say("/cancel")
    await chat.expect("aside-left", "question-name")
    assert (await profile_of(memory, chat)).organisation is None
    stale = await chat.sim.tap(chat.person, window["message_id"], callback_data=offered)
    assert stale["answer"]["text"] == chat.words("stale-toast")


async def test_several_places_of_one_name_are_asked_for(bot: RunningBot, memory: Store) -> None:
    chat = await newcomer(bot, "es")
    await agree(chat)
    await chat.say("Somos la Municipalidad de Cajamarca y buscamos un socio en reciclaje")
    window = await chat.expect("sentence-which-place")
    assert len([one for one in buttons(window) if "Cajamarca" in one]) >= 2
    meant = next(one for one in buttons(window) if one.startswith("Cajamarca"))
    await chat.tap_text(meant, window)
    await chat.until(
        lambda one: not says("es", "sentence-which-place", one["text"]), "the place chosen"
    )
    await chat.tap("button-take-over")
    await chat.expect("question-name")
    organisation = (await profile_of(memory, chat)).organisation
    assert organisation is not None
    assert organisation.place is not None
    assert organisation.place.name == "Cajamarca"


async def test_what_is_stated_is_replaced_only_where_that_was_shown(
    bot: RunningBot, memory: Store
) -> None:
    side = await settled(bot, memory, "uk")
    chat, old = side.chat, side.organisation.name
    assert old is not None
    await chat.say("/profile")
    await chat.expect("profile-title")
    await chat.tap("button-sentence")
    await chat.expect("sentence-question")
    await chat.say("Ми Львівська міська рада, шукаємо досвід у туризмі")
    window = await chat.expect("sentence-understood")
    assert old in read(window["text"])
    await chat.tap("button-take-over")
    await chat.find("sentence-taken-over")
    organisation = (await profile_of(memory, chat)).organisation
    assert organisation is not None
    assert organisation.name == "Львівська міська рада"
    assert organisation.seeks == {"sludge", "tourism"}, "what was stated is kept"
    assert organisation.offers == {"non_revenue_water"}


async def test_an_organisation_that_is_here_already_is_offered(
    bot: RunningBot, memory: Store
) -> None:
    first, second = await newcomer(bot, "fr"), await newcomer(bot, "de")
    name = "Stadtwerke Görlitz"
    for chat, sentence in (
        (first, f"Nous sommes {name} et nous cherchons un partenaire pour le tourisme"),
        (second, f"Wir sind die {name} und bieten Fernwärme"),
    ):
        await agree(chat)
        await chat.say(sentence)
        await chat.expect("sentence-understood")
        await chat.tap("button-take-over")
        if chat is first:
            await chat.expect("question-name")
            await chat.say("/profile")
            await chat.tap("button-publish")
            await chat.expect("profile-now-published")
    question = await second.expect("join-question")
    assert name in read(question["text"])
    await second.tap("button-none-of-these")
    await second.expect("question-name")
