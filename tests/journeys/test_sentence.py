"""One sentence is enough: it fills several answers for confirmation; only gaps are asked for."""

import pytest

from domain.profiles import Profile
from storage.store import Store
from tests.journeys.standing import newcomer
from tests.journeys.walking import agree
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, read

pytestmark = pytest.mark.asyncio(loop_scope="module")

KASSEL = "Wir sind die Stadtwerke Kassel und suchen in Jordanien einen Partner zur Leckortung"
SENTENCES = {
    "de": (KASSEL, "Stadtwerke Kassel", "Kassel", "non_revenue_water", "JO"),
    "en": (
        "We are Lusaka Water Company and are looking for a partner in Germany for leak detection.",
        "Lusaka Water Company",
        "Lusaka",
        "non_revenue_water",
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
        "non_revenue_water",
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
